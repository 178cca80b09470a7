"""Which files were set aside and wait: until they came again, or were settled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from seminarkit.core.seminar.delegation_decisions import FileGivenUp, FileSettled
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.shown_names import shown_name
from seminarkit.core.store.read_store import outcomes

# "report (1).docx" is what a browser calls a second "report.docx"
_COPY = re.compile(r" ?\(\d{1,3}\)(?=(\.[A-Za-z0-9]{1,8})?$)")


@dataclass(frozen=True)
class SetAside:
    """A file, or a part of one, that was kept and not taken in: why, and what mends it.

    Of one that ``is_lost`` the bytes are not here any more, or not yet.
    """

    name: str
    part: str
    text: str
    sha256: str
    is_lost: bool = False

    @property
    def place(self) -> str:
        """The file's name, with that of the part in it."""
        return f"{self.name} › {self.part}" if self.part else self.name


def set_aside(folder: SeminarFolder) -> list[SetAside]:
    """Return what waits, in the order it came.

    A file waits no more when one of the same name was taken in after it, or when an organiser
    said that nothing is to be done (``seminar collect --settled``, ``--without`` for a lost one).
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
    """Return a file's name without its folders and the number of a copy, to know it again."""
    return _COPY.sub("", name.rpartition("/")[2]).casefold()


def waiting_sentence(folder: SeminarFolder) -> list[str]:
    """Return how many files wait, for pages that others read: without a name or a command."""
    number = len(set_aside(folder))
    if not number:
        return []
    files = "1 received file is" if number == 1 else f"{number} received files are"
    return [f"{files} set aside and not included here yet. The organisers can see which."]


def set_aside_steps(folder: SeminarFolder) -> Iterator[tuple[str, str]]:
    """Yield what waits as an organiser's next step, with its command."""
    everything = set_aside(folder)
    if lost := [shown_name(each.place) for each in everything if each.is_lost]:
        names = ", ".join(lost[:3]) + (f" and {len(lost) - 3} more" if len(lost) > 3 else "")
        files = "1 received file is" if len(lost) == 1 else f"{len(lost)} received files are"
        yield (
            f"{files} lost: {names}. Another copy of the seminar may have "
            f"{'it' if len(lost) == 1 else 'them'}",
            "seminar merge PATH",
        )
    if waiting := [each for each in everything if not each.is_lost]:
        names = ", ".join(shown_name(each.place) for each in waiting[:3])
        names += f" and {len(waiting) - 3} more" if len(waiting) > 3 else ""
        files = "1 file is" if len(waiting) == 1 else f"{len(waiting)} files are"
        yield f"{files} set aside: {names}", "seminar collect"
