"""A report, and the record of its last good run, which is stored beside its output."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from seminarkit.core.disk.files import to_json, write_whole
from seminarkit.reports.inputs_hash import ReportInputs, dossier_parts, file_hash


@dataclass(frozen=True)
class Report:
    """A report to make: notebook, subject, audience, dossier and output file."""

    notebook: Path
    subject: str
    audience: str
    dossier: Path
    output: Path
    template: Path | None = None  # nbconvert template; None makes no page
    values: tuple[tuple[str, str], ...] = ()  # parameters, set if the notebook declares them

    @property
    def page(self) -> Path:
        """The page content of the report, as HTML without a frame."""
        return self.output.with_suffix(".html")

    @property
    def record(self) -> Path:
        """The run record beside the output."""
        return self.output.with_suffix(".json")

    @property
    def name(self) -> str:
        """The name that messages use: 'GE (public)'."""
        return f"{self.subject} ({self.audience})"


def read_record(report: Report) -> dict[str, object] | None:
    """Return the record of a report's last good run, or None."""
    try:
        record = json.loads(report.record.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return record if isinstance(record, dict) else None


def is_current(report: Report, now: ReportInputs, record: Mapping[str, object]) -> bool:
    """Say whether a report's inputs and outputs are still those in its record."""
    try:
        hashes = (record["output"], record["page"])
        return bool(record["made_of"] == now and hashes == _output_hashes(report))
    except (OSError, KeyError):
        return False


def _output_hashes(report: Report) -> tuple[str, str]:
    """Return the hashes of a report and of its page."""
    return file_hash(report.output), file_hash(report.page) if report.template else ""


def write_record(report: Report, made_of: ReportInputs, seconds: float) -> None:
    """Record the inputs of a report, and the hashes of its output and page."""
    output, page = _output_hashes(report)
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
