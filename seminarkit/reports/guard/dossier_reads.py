"""Record which dossiers a report has read, and compare them with the dossier it was given.

The record is an output of the cell that read, so it comes back from any kernel or machine. The kit
then moves it to the notebook's metadata.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

MIME = "application/vnd.seminarkit.dossier.v1+json"
_FIELDS = ("subject", "audience", "sha256", "file")


@dataclass(frozen=True)
class DossierRead:
    """A dossier that was read or given; ``file`` is its name in messages."""

    subject: str
    audience: str
    sha256: str
    file: str

    @property
    def words(self) -> str:
        """The dossier's file, subject and audience, for messages."""
        whom = "everybody" if self.audience == "public" else f"'{self.audience}'"
        return f"{self.file} (on {self.subject or 'an unnamed subject'}, for {whom})"


def read_of(data: Mapping[str, object], sha256: str, file: Path) -> DossierRead:
    """Return the subject, audience and file of a dossier, from its content."""
    country = data.get("country")
    code = country.get("code") if isinstance(country, Mapping) else None
    subject = code if data.get("subject") == "country" and code else data.get("subject")
    name = "/".join(file.parts[-3:])
    return DossierRead(str(subject or ""), str(data.get("audience") or ""), sha256, name)


def record_read(read: DossierRead) -> None:
    """Record a read as an output of the running cell, if there is one."""
    kernel = in_kernel()
    if kernel:
        from IPython.display import publish_display_data

        publish_display_data({MIME: asdict(read), "text/plain": f"Read: {read.words}"})


def in_kernel() -> bool:
    """Say whether the kit is called from a notebook's cell, and not from another program."""
    import sys

    interactive = sys.modules.get("IPython")
    shell = interactive.get_ipython() if interactive else None
    return getattr(shell, "kernel", None) is not None


def collect_reads(book: Any) -> list[DossierRead]:
    """Move the records of reads from the outputs to the notebook's metadata, and return them.

    Records of an earlier run are removed.
    """
    reads = _reads(_records(book))
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [out for out in cell["outputs"] if MIME not in out.get("data", {})]
    metadata = book["metadata"].pop("seminarkit", None)
    other = (
        {key: metadata[key] for key in metadata if key != "read"}
        if isinstance(metadata, Mapping)
        else {}
    )
    if reads:
        other["read"] = [asdict(read) for read in reads]
    if other:
        book["metadata"]["seminarkit"] = other
    return reads


# JSON from a kernel; executed_file catches errors of its shape
def reads_in(book: Mapping[str, Any]) -> list[DossierRead]:
    """Return the dossiers that an executed notebook has recorded as read, without duplicates."""
    metadata = book["metadata"].get("seminarkit", {})
    records = list(metadata.get("read", [])) if isinstance(metadata, Mapping) else []
    return _reads([*records, *_records(book)])


# as above
def _records(book: Mapping[str, Any]) -> list[Any]:
    """Return the records of reads in a notebook's outputs."""
    cells = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
    outputs = [output for cell in cells for output in cell.get("outputs", ())]
    return [output["data"][MIME] for output in outputs if MIME in output.get("data", {})]


def _reads(records: Sequence[Any]) -> list[DossierRead]:
    reads = [
        DossierRead(**{name: str(record.get(name, "")) for name in _FIELDS}) for record in records
    ]
    return list(dict.fromkeys(reads))


@dataclass(frozen=True)
class Executed:
    """The records in an executed notebook: the dossiers it read, and the hash of its page.

    ``page`` is '' in notebooks of earlier versions, which do not record a page.
    """

    reads: list[DossierRead]
    page: str = ""

    def is_its_page(self, page: Path) -> bool:
        """Say whether a page was made from this notebook; true if no page is recorded."""
        return not self.page or (page.is_file() and self.page == _hash(page.read_bytes()))


def executed_file(path: Path) -> Executed:
    """Return the records in an executed notebook file; empty if it cannot be read."""
    try:
        book = json.loads(path.read_bytes())
        metadata = book["metadata"].get("seminarkit", {})
        page = metadata.get("page") if isinstance(metadata, Mapping) else None
        return Executed(reads_in(book), str(page or ""))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Executed([])


def note_page(book: Any, page: str) -> None:
    """Record the hash of its page in a notebook's metadata."""
    book["metadata"].setdefault("seminarkit", {})["page"] = _hash(page.encode("utf-8"))


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def deviation(given: DossierRead, reads: Sequence[DossierRead]) -> str:
    """Return a sentence if a report has not read the dossier that it was given, or ''."""
    others = [read for read in reads if read != given and read.sha256 != given.sha256]
    if others:
        return (
            f"It was given {given.words} and read {others[0].words}. A line below "
            "the cell tagged 'parameters' gives the dossier another value: remove that line."
        )
    if not reads:
        return (
            f"It was given {given.words} and read no dossier. A report begins with: "
            "read_dossier(dossier)"
        )
    return ""
