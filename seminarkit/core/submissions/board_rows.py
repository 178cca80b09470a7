"""The parts of the board: one row per country, one cell per task, one entry per person."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from seminarkit.core.submissions.sign_off import SignOff, SignState

State = Literal["complete", "draft", "missing"]


@dataclass(frozen=True)
class TaskEntry:
    """One person's state in one task, and in one of its subjects if it has some.

    ``left`` if the person has left the delegation; ``begun`` if there is a draft of changes beside
    the complete version.
    """

    person: str
    name: str
    subject: str
    state: State
    answered: int = 0
    total: int = 0
    receipt: str = ""
    saved_at: str = ""
    late: bool = False
    left: bool = False
    begun: bool = False

    @property
    def draft_words(self) -> str:
        """The progress of a draft if the board's readers may know: 'draft 4 of 6', else 'draft'."""
        return f"draft {self.answered} of {self.total}" if self.total else "draft"


@dataclass(frozen=True)
class BoardCell:
    """One task of one country: ``done`` of ``expected`` are complete.

    Entries of former members are in ``former`` for tasks per person, and do not count. For tasks
    of the delegation they are in ``entries``, and still count.
    """

    form: str
    expected: int
    entries: tuple[TaskEntry, ...]
    signed: SignState = ""
    former: tuple[TaskEntry, ...] = ()

    @property
    def done(self) -> int:
        """The number of complete entries, at most ``expected``."""
        return min(self.expected, sum(e.state == "complete" for e in self.entries))

    @property
    def state(self) -> State:
        """Complete when all expected entries are; a draft when any was received."""
        if self.expected and self.done == self.expected:
            return "complete"
        return "missing" if all(e.state == "missing" for e in self.entries) else "draft"

    @property
    def late(self) -> int:
        """The number of entries after the deadline."""
        return sum(e.late for e in self.entries)

    @property
    def words(self) -> str:
        """The text of the cell: 'complete, signed', '2 of 3, draft 4 of 6', 'missing'."""
        sign_off_words = {
            "signed": ["signed"],
            "changed": ["changed since signed"],
            "refused": ["refused by the NEO"],
            "corrected": ["changed since refused"],
            "unclear": ["an older version signed"],
        }
        return ", ".join([self.progress_words, *sign_off_words.get(self.signed, [])])

    @property
    def progress_words(self) -> str:
        """The text of the cell without the sign-off."""
        drafts = [e.draft_words for e in self.entries if e.state == "draft"]
        if self.expected == 1:
            parts = ["complete"] if self.done else drafts
        elif self.done or drafts:
            parts = [f"{self.done} of {self.expected}", *drafts]
        else:
            parts = []
        begun = ["changes begun"] if any(e.begun for e in self.entries) else []
        late = [f"{self.late} late" if self.expected > 1 else "late"] if self.late else []
        return ", ".join(parts + begun + late) or "missing"


@dataclass(frozen=True)
class BoardRow:
    """One country: its nominations, and its tasks in the order of seminar.yml.

    ``grouped`` is the number of its people with a seat in a discussion group; None until groups
    are decided.
    """

    country: str
    name: str
    nominated: int
    expected: int
    rule_met: bool
    cells: tuple[BoardCell, ...]
    sign_off: SignOff = field(default=SignOff())
    grouped: int | None = None

    @property
    def group_words(self) -> str:
        """The people with a seat in a discussion group: '2 of 3', or a dash."""
        return "–" if self.grouped is None else f"{self.grouped} of {self.nominated}"

    @property
    def owes(self) -> list[str]:
        """The forms of the tasks that are not complete."""
        return [cell.form for cell in self.cells if cell.state != "complete"]
