"""What a report notebook reads: its dossier, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seminarkit.errors import SeminarError, did_you_mean

Answer = dict[str, Any]


@dataclass(frozen=True)
class Dossier:
    """A dossier with the few questions that every report asks of it."""

    data: dict[str, Any]

    def __getitem__(self, key: str) -> Any:
        return self.data[key]

    def get(self, key: str, default: Any = None) -> Any:
        """Return a part that only some dossiers have."""
        return self.data.get(key, default)

    @property
    def public(self) -> bool:
        """Whether this dossier is for everybody."""
        return bool(self.data["audience"] == "public")

    def entries(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield (form, entry) for every filled form, in the order of the tasks."""
        for form, entries in self.data["forms"].items():
            for entry in entries:
                yield form, entry

    def writers(self, name: str) -> int:
        """Return how many people filled in the form that asks a question, as far as it is known."""
        forms = self.data["forms"].values()
        return max(
            (
                len({each["by"] for each in e})
                for e in forms
                if any(a["name"] == name for each in e for a in each["answers"])
            ),
            default=0,
        )

    def answers(self, name: str) -> list[tuple[str, Answer]]:
        """Return every answer to one question, with who gave it: (by, answer) pairs.

        A question's name is that of one form only. Where a person fills that form in on several
        subjects, the answers on all of them are here; the entries tell them apart.
        """
        return [
            (entry["by"], answer)
            for _, entry in self.entries()
            for answer in entry["answers"]
            if answer["name"] == name
        ]

    def rows(self, name: str) -> list[tuple[list[str], list[Answer]]]:
        """Return a repeated question's rows as (signers, row); what several wrote stands once."""
        merged: list[tuple[list[str], list[Answer]]] = []
        for by, answer in self.answers(name):
            for row in answer["rows"]:
                signers = next((signers for signers, other in merged if other == row), None)
                if signers is None:
                    merged.append(([by], row))
                elif by not in signers:
                    signers.append(by)
        return merged


def read_dossier(path: str) -> Dossier:
    """Read a dossier. A relative path begins at the seminar's folder, wherever the notebook lies.

    Raises SeminarError when there is none, naming the nearest that exist.
    """
    file = Path(path)
    if not file.is_absolute() and not file.is_file():
        from seminarkit.seminar.folder import SeminarFolder  # what a batch need not load

        file = SeminarFolder.find().root / file
    if not file.is_file():
        hint = did_you_mean(file.name, [each.name for each in file.parent.glob("*.json")])
        raise SeminarError(
            f"There is no dossier {path}.{hint} Dossiers are made by: seminar report"
        )
    return Dossier(json.loads(file.read_text(encoding="utf-8")))
