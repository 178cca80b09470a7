"""Questions for the discussion: those posted ahead in forms, and those asked in a chat."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from seminarkit.core.forms.shapes import rows_of
from seminarkit.core.store.submission import Submission
from seminarkit.topics.questions.chat.message_kinds import remarks
from seminarkit.topics.questions.chat.zoom_chat import Line

FORM = "questions"


@dataclass(frozen=True)
class Question:
    """One question, or a line of a chat that may be one.

    ``id`` stays the same however often things are taken in: ``GE-2-q1`` is the first row of the
    form of GE-2; a chat's is made of its session and words, and never of a name, as an id with a
    name in it would let anybody prove a guess. ``former`` are the ids that earlier versions gave
    it: decisions may name them, and nothing shows them. ``about`` is a case study or session,
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
    former: tuple[str, ...] = field(default=(), repr=False)

    @property
    def from_chat(self) -> bool:
        """Whether it was asked in a chat."""
        return not self.person


def posted_ahead(submissions: Sequence[Submission]) -> list[Question]:
    """Return the questions that people wrote into the form for them, in the order of its rows."""
    return [
        Question(
            id=f"{each.person}-q{number}",
            text=str(row["question"]),
            about=str(row.get("about") or ""),
            country=each.country,
            person=each.person,
            why=str(row.get("why") or ""),
            draft=not each.complete,
        )
        for each in submissions
        if each.form == FORM
        for number, row in enumerate(rows_of(each.answers.get(FORM)), start=1)
        if str(row.get("question") or "").strip()
    ]


def asked_in_chat(session: str, lines: Sequence[Line]) -> list[Question]:
    """Return every line that was said to everyone in a session, questions and remarks alike."""
    return list(_asked(session, lines))


def _asked(session: str, lines: Sequence[Line]) -> Iterator[Question]:
    times: Counter[str] = Counter()  # how many people have used the same words
    for remark in remarks(lines):
        words = remark.line.text
        if remark.text:
            yield Question(
                id=f"{session}-{_mark(session, words, str(times[words]))}",
                text=remark.text,
                about=session,
                name=remark.line.name,
                time=remark.line.time,
                asks=remark.asks,
                reactions=len(remark.reactions),
                replies=tuple(remark.replies),
                former=_former(session, remark.line),
            )
        times[words] += 1


def _former(session: str, line: Line) -> tuple[str, ...]:
    """Return the ids of earlier versions; some of them took a new line inside of it for nothing."""
    texts = dict.fromkeys((line.text, line.text.replace("\n", "")))
    return tuple(f"{session}-{_mark(session, line.name, text)}" for text in texts)


def _mark(*parts: str) -> str:
    """Return five letters and digits that are the same whenever and by whom a chat was saved."""
    data = "\0".join(parts).encode("utf-8", "replace")
    return "c" + base64.b32encode(hashlib.sha256(data).digest()).decode("ascii")[:5].lower()
