"""One report and the record of its last good run, which lies beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from seminarkit.core.disk.files import to_json, write_whole
from seminarkit.reports.inputs_hash import MadeOf, dossier_parts, file_hash


@dataclass(frozen=True)
class Report:
    """One report to make: which notebook, on whom, for whom, from which dossier, to which file."""

    notebook: Path
    subject: str
    audience: str
    dossier: Path
    output: Path
    template: Path | None = None  # nbconvert's, for its page; None makes none
    values: tuple[tuple[str, str], ...] = ()  # of parameters, where the notebook declares them

    @property
    def page(self) -> Path:
        """What is shown of it, as HTML without a frame."""
        return self.output.with_suffix(".html")

    @property
    def record(self) -> Path:
        """The run record beside the output."""
        return self.output.with_suffix(".json")

    @property
    def name(self) -> str:
        """The report as people speak of it: 'GE (public)'."""
        return f"{self.subject} ({self.audience})"


def read_record(report: Report) -> dict[str, object] | None:
    """Return what is known of a report's last good run, or None."""
    try:
        record = json.loads(report.record.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return record if isinstance(record, dict) else None


def is_current(report: Report, now: MadeOf, record: Mapping[str, object]) -> bool:
    """Say whether a report would come out as it is: what it is made of now, and its record."""
    try:
        made = (record["output"], record["page"])
        return bool(record["made_of"] == now and made == _made(report))
    except (OSError, KeyError):
        return False


def _made(report: Report) -> tuple[str, str]:
    """Return the hashes of a report and of its page."""
    return file_hash(report.output), file_hash(report.page) if report.template else ""


def write_record(report: Report, made_of: MadeOf, seconds: float) -> None:
    """Write down what a report was made of, and what came out."""
    output, page = _made(report)
    record = {
        "subject": report.subject,
        "audience": report.audience,
        "notebook": report.notebook.name,
        "made_of": dict(made_of),
        "dossier_parts": dossier_parts(report.dossier),
        "output": output,
        "page": page,
        "finished_at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "seconds": round(seconds, 2),
    }
    write_whole(report.record, to_json(record))
