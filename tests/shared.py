"""What tests of several rooms use: the repository's root, and a complete country report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def complete_report(**changed: Any) -> dict[str, Any]:
    """Return a complete country report, some answers changed."""
    return {
        "examples": [
            {
                "example_title": "Data analysis for teachers",
                "example_provider": "public",
                "example_credits": 6,
                "example_link": "https://www.example.org/data",
            }
        ],
        "institutions_share": "few",
        "institutions": "Two public universities offer them.",
        "legislation": "The law does not name them.",
        "evaluated": "By the faculty.",
        "accredited": "Not by themselves.",
        "recognised": "Case by case.",
        "has_definition": "absent",
        "has_law": "in_preparation",
        "has_level": "absent",
        "has_quality": "in_place",
        "has_recognition": "unknown",
        "opportunity": "Re-training of teachers.",
        "obstacle": "No level in the framework.",
        "publish": "yes",
        **changed,
    }
