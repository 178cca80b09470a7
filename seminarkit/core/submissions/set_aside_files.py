"""Files that were set aside: open until received again, or settled by an organiser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from seminarkit.core.seminar.delegation_decisions import FileGivenUp, FileSettled
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.shown_names import shown_name
from seminarkit.core.store.read_store import outcomes

# a browser saves a second "report.docx" as "report (1).docx"
_COPY = re.compile(r" ?\(\d{1,3}\)(?=(\.[A-Za-z0-9]{1,8})?$)")


@dataclass(frozen=True)
class SetAside:
    """A file, or a part of one, that was stored but not read; ``text`` says why, with the cure.

    ``is_lost`` if its bytes are missing from this copy of the seminar.
    """

    name: str
    part: str
    text: str
    sha256: str
    is_lost: bool = False

    @property
    def place(self) -> str:
        """The name of the file, with that of the part."""
        return f"{self.name} › {self.part}" if self.part else self.name


def set_aside(folder: SeminarFolder) -> list[SetAside]:
    """Return the files that are still set aside, in the order of arrival.

    A file is settled when a later file of the same name was read, or by an organiser (``seminar
    collect --settled``, ``--without`` for a lost file).
    """
    settled = {e.sha256 for e in folder.decisions if isinstance(e, FileSettled | FileGivenUp)}
    waiting: dict[tuple[str, str], SetAside] = {}
    for arrival, outcome in outcomes(folder.database):
        key = (file_name(arrival.name), outcome.part)
        waiting.pop(key, None)
        if outcome.kind in ("aside", "lost") and arrival.sha256 not in settled:
            waiting[key] = SetAside(
                arrival.name, outcome.part, outcome.text, arrival.sha256, outcome.kind == "lost"
            )
    return list(waiting.values())


def file_name(name: str) -> str:
    """Return a file's name without folders and without a browser's copy number."""
    return _COPY.sub("", name.rpartition("/")[2]).casefold()


def waiting_sentence(folder: SeminarFolder) -> list[str]:
    """Return a sentence on the number of files set aside, for pages of other audiences."""
    number = len(set_aside(folder))
    if not number:
        return []
    files = "1 received file is" if number == 1 else f"{number} received files are"
    return [f"{files} set aside and not included here yet. The organisers can see which."]


def set_aside_steps(folder: SeminarFolder) -> Iterator[tuple[str, str]]:
    """Yield the organiser's next steps for files set aside, each with its command."""
    everything = set_aside(folder)
    if lost := [shown_name(file.place) for file in everything if file.is_lost]:
        names = ", ".join(lost[:3]) + (f" and {len(lost) - 3} more" if len(lost) > 3 else "")
        files = "1 received file is" if len(lost) == 1 else f"{len(lost)} received files are"
        yield (
            f"{files} lost: {names}. Another copy of the seminar may have "
            f"{'it' if len(lost) == 1 else 'them'}",
            "seminar merge PATH",
        )
    if waiting := [file for file in everything if not file.is_lost]:
        names = ", ".join(shown_name(file.place) for file in waiting[:3])
        names += f" and {len(waiting) - 3} more" if len(waiting) > 3 else ""
        files = "1 file is" if len(waiting) == 1 else f"{len(waiting)} files are"
        yield f"{files} set aside: {names}", "seminar collect"
