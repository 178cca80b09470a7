"""Questions for the discussion: those posted ahead in forms, and those asked in a chat."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from seminarkit.discuss.chat import Line
from seminarkit.discuss.remarks import remarks
from seminarkit.store.index import Submission

FORM = "questions"


@dataclass(frozen=True)
class Question:
    """One question, or a line of a chat that may be one.

    ``id`` stays the same however often things are taken in: ``GE-2-q1`` is the first row of the
    form of GE-2; a chat's is made of its session and words. ``about`` is a case study or session,
    empty where nothing was chosen. Of a chat ``name`` is the name that was shown, ``asks`` says
    why the line counts as a question, and is empty for a remark.
    """

    id: str
    text: str
    about: str
    country: str = ""
    person: str = ""
    name: str = ""
    why: str = ""
    time: str = ""
    asks: str = "posted ahead"
    draft: bool = False
    reactions: int = 0
    replies: tuple[Line, ...] = ()

    @property
    def from_chat(self) -> bool:
        """Whether it was asked in a chat."""
        return not self.person


def posted_ahead(submissions: Sequence[Submission]) -> list[Question]:
    """Return the questions that people wrote into the form for them, in the order of its rows."""
    return [
        Question(
            id=f"{each.person}-q{number}",
            text=row["question"].strip(),
            about=row.get("about") or "",
            country=each.country,
            person=each.person,
            why=(row.get("why") or "").strip(),
            draft=not each.complete,
        )
        for each in submissions
        if each.form == FORM
        for number, row in enumerate(each.answers.get(FORM) or [], start=1)
        if (row.get("question") or "").strip()
    ]


def asked_in_chat(session: str, lines: Sequence[Line]) -> list[Question]:
    """Return every line that was said to everyone in a session, questions and remarks alike."""
    return list(_asked(session, lines))


def _asked(session: str, lines: Sequence[Line]) -> Iterator[Question]:
    for each in remarks(lines):
        if each.text:
            yield Question(
                id=f"{session}-{_mark(session, each.line)}",
                text=each.text,
                about=session,
                name=each.line.name,
                time=each.line.time,
                asks=each.asks,
                reactions=len(each.reactions),
                replies=tuple(each.replies),
            )


def _mark(session: str, line: Line) -> str:
    """Return five letters and digits that are the same whenever and by whom a chat was saved."""
    data = "\0".join((session, line.name, line.text)).encode("utf-8", "replace")
    return "c" + base64.b32encode(hashlib.sha256(data).digest()).decode("ascii")[:5].lower()
