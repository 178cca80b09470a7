"""What a report has read, written down by the reader itself, and held against what it was given.

It travels as an output of the cell that read, so that it comes back from whichever kernel or
machine ran the notebook; the kit's own run moves it into the notebook's metadata.
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
class Read:
    """A dossier as it was read or handed over. ``file`` is its name, for people."""

    subject: str
    audience: str
    sha256: str
    file: str

    @property
    def words(self) -> str:
        """What was read, as people say it."""
        whom = "everybody" if self.audience == "public" else f"'{self.audience}'"
        return f"{self.file} (on {self.subject or 'nothing named'}, for {whom})"


def read_of(data: Mapping[str, object], sha256: str, file: Path) -> Read:
    """Return what a dossier is, by what is written in it."""
    country = data.get("country")
    code = country.get("code") if isinstance(country, Mapping) else None
    subject = code if data.get("subject") == "country" and code else data.get("subject")
    name = "/".join(file.parts[-3:])
    return Read(str(subject or ""), str(data.get("audience") or ""), sha256, name)


def show(read: Read) -> None:
    """Write down in the notebook that is running, if one is, what was read."""
    kernel = in_kernel()
    if kernel:
        from IPython.display import publish_display_data

        publish_display_data({MIME: asdict(read), "text/plain": f"Read: {read.words}"})


def in_kernel() -> bool:
    """Say whether a notebook's cell is running: not a program that calls the kit."""
    import sys

    interactive = sys.modules.get("IPython")
    shell = interactive.get_ipython() if interactive else None
    return getattr(shell, "kernel", None) is not None


def settle(book: Any) -> list[Read]:
    """Move what a run has written down from the outputs to the notebook's metadata; return it.

    What an earlier run has left there, in a notebook that was saved with its results, goes.
    """
    reads = _reads(_shown(book))
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [out for out in cell["outputs"] if MIME not in out.get("data", {})]
    noted = book["metadata"].pop("seminarkit", None)
    own = {key: noted[key] for key in noted if key != "read"} if isinstance(noted, Mapping) else {}
    if reads:
        own["read"] = [asdict(each) for each in reads]
    if own:
        book["metadata"]["seminarkit"] = own
    return reads


# JSON that a kernel wrote; what does not fit is caught in executed_file
def reads_in(book: Mapping[str, Any]) -> list[Read]:
    """Return what an executed notebook says that it read, each once."""
    noted = book["metadata"].get("seminarkit", {})
    written = list(noted.get("read", [])) if isinstance(noted, Mapping) else []
    return _reads([*written, *_shown(book)])


# as above
def _shown(book: Mapping[str, Any]) -> list[Any]:
    """Return what the outputs of a notebook say that was read."""
    cells = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
    outputs = [out for cell in cells for out in cell.get("outputs", ())]
    return [out["data"][MIME] for out in outputs if MIME in out.get("data", {})]


def _reads(written: Sequence[Any]) -> list[Read]:
    made = [Read(**{name: str(each.get(name, "")) for name in _FIELDS}) for each in written]
    return list(dict.fromkeys(made))


@dataclass(frozen=True)
class Executed:
    """What an executed notebook says of itself: what it read, and the hash of its page.

    One of an earlier version names no page, and ``page`` is ''.
    """

    reads: list[Read]
    page: str = ""

    def is_its_page(self, page: Path) -> bool:
        """Return whether a page is the one that was made of it; any, where it names none."""
        return not self.page or (page.is_file() and self.page == _hash(page.read_bytes()))


def executed_file(path: Path) -> Executed:
    """Return what an executed notebook on the disk says of itself; nothing if it is none."""
    try:
        book = json.loads(path.read_bytes())
        noted = book["metadata"].get("seminarkit", {})
        page = noted.get("page") if isinstance(noted, Mapping) else None
        return Executed(reads_in(book), str(page or ""))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Executed([])


def note_page(book: Any, page: str) -> None:
    """Write into a notebook which page was made of it, by the hash of its bytes."""
    book["metadata"].setdefault("seminarkit", {})["page"] = _hash(page.encode("utf-8"))


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def wrong(given: Read, reads: Sequence[Read]) -> str:
    """Return in a sentence how a report departed from the dossier it was given, or ''."""
    others = [each for each in reads if each != given and each.sha256 != given.sha256]
    if others:
        return (
            f"It was given {given.words} and read {others[0].words}. A line of the notebook gives "
            "the dossier a value of its own: take it out, below the cell tagged 'parameters'."
        )
    if not reads:
        return (
            f"It was given {given.words} and read no dossier. A report begins with: "
            "read_dossier(dossier)"
        )
    return ""
