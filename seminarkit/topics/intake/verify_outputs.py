"""Check reports and pages against the hashes recorded when they were made."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from seminarkit.core.forms.shapes import object_of
from seminarkit.core.seminar.folder import SeminarFolder


def check_outputs(folder: SeminarFolder) -> tuple[int, list[str], list[str]]:
    """Return the number of outputs, the damaged ones and the outdated ones."""
    damage, stale, count = [], [], 0
    for record in sorted(folder.reports.glob("*/*.json")):
        count += 1
        name = f"{record.stem} ({record.parent.name})"
        metadata = _json(record)
        endings = {"output": ".ipynb", "page": ".html"}
        recorded = {key: ending for key, ending in endings.items() if key in metadata}
        if not metadata or any(
            metadata[key] != _hash(record.with_suffix(ending)) for key, ending in recorded.items()
        ):
            damage.append(
                f"The report {name} is no longer as it was made. Run it again: seminar report"
            )
        elif recorded != endings:
            stale.append(
                f"The report {name} was run by an earlier version of the kit, which recorded less "
                "about it. What it recorded is unchanged. Run it again: seminar report"
            )
        elif object_of(metadata.get("made_of")).get("dossier") != _hash(
            folder.dossiers / record.parent.name / f"{record.stem}.json"
        ):
            stale.append(
                f"The report {name} is older than its dossier. Run it again: seminar report"
            )
    for path, entry in _json(folder.pages).items():
        count += 1
        if object_of(entry).get("sha256") != _hash(folder.pages.parent / path):
            damage.append(
                f"The page {path} is no longer as it was made. Make it again: seminar publish"
            )
    return count, damage, stale


def _json(path: Path) -> dict[str, object]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return object_of(value)


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
