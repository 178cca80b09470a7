"""Questions for the discussion, posted ahead in forms or asked in a chat."""

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

    ``id`` is stable: ``GE-2-q1`` is the first row of the form of GE-2; that of a chat question is a
    hash of session and words. It never contains a name, since anybody could then verify a guessed
    name by its hash. ``former`` are the ids of earlier versions of the kit, which decisions may use
    and nothing shows. ``about`` is a case study or session, or empty. For a chat, ``name`` is the
    displayed name, and ``asks`` the sign by which the line counts as a question, empty for a
    remark.
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
    """Return the questions posted in the form for questions, in the order of its rows."""
    return [
        Question(
            id=f"{submission.person}-q{number}",
            text=str(row["question"]),
            about=str(row.get("about") or ""),
            country=submission.country,
            person=submission.person,
            why=str(row.get("why") or ""),
            draft=not submission.complete,
        )
        for submission in submissions
        if submission.form == FORM
        for number, row in enumerate(rows_of(submission.answers.get(FORM)), start=1)
        if str(row.get("question") or "").strip()
    ]


def asked_in_chat(session: str, lines: Sequence[Line]) -> list[Question]:
    """Return every line to everyone in a session's chat, questions and remarks alike."""
    return list(_chat_questions(session, lines))


def _chat_questions(session: str, lines: Sequence[Line]) -> Iterator[Question]:
    times: Counter[str] = Counter()  # earlier lines with the same words
    for remark in remarks(lines):
        words = remark.line.text
        if remark.text:
            yield Question(
                id=f"{session}-{_hash_of(session, words, str(times[words]))}",
                text=remark.text,
                about=session,
                name=remark.line.name,
                time=remark.line.time,
                asks=remark.asks,
                reactions=len(remark.reactions),
                replies=tuple(remark.replies),
                former=_former_ids(session, remark.line),
            )
        times[words] += 1


def _former_ids(session: str, line: Line) -> tuple[str, ...]:
    """Return the ids by earlier versions of the kit, some of which dropped line breaks."""
    texts = dict.fromkeys((line.text, line.text.replace("\n", "")))
    return tuple(f"{session}-{_hash_of(session, line.name, text)}" for text in texts)


def _hash_of(*parts: str) -> str:
    """Return "c" and five letters or digits of a hash, the same for every copy of a chat."""
    data = "\0".join(parts).encode("utf-8", "replace")
    return "c" + base64.b32encode(hashlib.sha256(data).digest()).decode("ascii")[:5].lower()
