"""What the board is made of: a row per country, a cell per task, an entry per person."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from seminarkit.core.submissions.sign_off import SignOff, SignState

State = Literal["complete", "draft", "missing"]


@dataclass(frozen=True)
class Entry:
    """One person's state in one task, and in one of its subjects where it has some.

    ``left``: they belong to the delegation no more. ``begun`` where a draft of changes waits beside
    what is complete.
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
        """How far a draft is, where the board's readers may know: 'draft 4 of 6', else 'draft'."""
        return f"draft {self.answered} of {self.total}" if self.total else "draft"


@dataclass(frozen=True)
class Cell:
    """One task of one country: ``done`` of ``expected`` are complete.

    What somebody sent who left is in ``former`` where each person does it for themselves, and
    counts no more; what is done for the delegation is in ``entries``, and goes on counting.
    """

    form: str
    expected: int
    entries: tuple[Entry, ...]
    signed: SignState = ""
    former: tuple[Entry, ...] = ()

    @property
    def done(self) -> int:
        """How many of the expected ones are complete."""
        return min(self.expected, sum(e.state == "complete" for e in self.entries))

    @property
    def state(self) -> State:
        """Complete when nothing more is owed; a draft when anything has come."""
        if self.expected and self.done == self.expected:
            return "complete"
        return "missing" if all(e.state == "missing" for e in self.entries) else "draft"

    @property
    def late(self) -> int:
        """How many came after the deadline."""
        return sum(e.late for e in self.entries)

    @property
    def words(self) -> str:
        """The cell as a person reads it: 'complete, signed', '2 of 3, draft 4 of 6', 'missing'."""
        final = {
            "signed": ["signed"],
            "changed": ["changed since signed"],
            "refused": ["refused by the NEO"],
            "corrected": ["changed since refused"],
            "unclear": ["an older version signed"],
        }
        return ", ".join([self.progress_words, *final.get(self.signed, [])])

    @property
    def progress_words(self) -> str:
        """The cell without what the NEO says of it."""
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
class Row:
    """One country: who is nominated, and its tasks in the order of seminar.yml.

    ``grouped`` is how many of its people sit in a discussion group; None while none is decided.
    """

    country: str
    name: str
    nominated: int
    expected: int
    rule_met: bool
    cells: tuple[Cell, ...]
    sign_off: SignOff = field(default=SignOff())
    grouped: int | None = None

    @property
    def group_words(self) -> str:
        """How many of the nominated sit in a group: '2 of 3', or a dash."""
        return "–" if self.grouped is None else f"{self.grouped} of {self.nominated}"

    @property
    def owes(self) -> list[str]:
        """The forms of the tasks that are not complete."""
        return [cell.form for cell in self.cells if cell.state != "complete"]
