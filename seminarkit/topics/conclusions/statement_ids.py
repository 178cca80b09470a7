"""Statements of notes, and their ids: a decision on one is about its words, heading and group."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from seminarkit.core.forms.answers import is_blank, relevant_fields
from seminarkit.core.forms.shapes import CompiledForm, RepeatField, is_repeat, rows_of
from seminarkit.core.seminar.same_words import wording
from seminarkit.core.store.submission import Submission
from seminarkit.topics.conclusions.statement_codes import Codes, Reference

DIFFER = "disagreed"  # the heading under which opinions that differ stand
_ABOUT = "_about"  # ends the name of the field that holds a statement's codes
_ONLY_CODES = "(no sentence, only codes)"


@dataclass(frozen=True)
class Statement:
    """One sentence of a group's notes.

    ``id`` is made of its words, its heading and its group: other words are another statement, so
    that no decision on one ever holds for words that nobody decided on. Who noted it is no part of
    it, as that would let anybody prove a guess; ``former`` are the ids of earlier versions of the
    kit, of which it was one. Decisions may name them, and nothing shows them.
    """

    id: str
    kind: str
    text: str
    group: str
    session: str
    person: str
    references: tuple[Reference, ...] = ()
    unknown: tuple[str, ...] = ()
    former: tuple[str, ...] = dataclasses.field(default=(), repr=False)


@dataclass(frozen=True)
class Former:
    """A statement of earlier versions of notes.

    ``base`` is its id as noted by the first of its group. ``versions`` holds for each person who
    noted it the ids, in their order, of all that stood in the last version that had it.
    """

    statement: Statement
    base: str
    versions: Mapping[str, tuple[str, ...]]


def statements_of(
    form: CompiledForm, submission: Submission, session: str, codes: Codes
) -> Iterator[Statement]:
    """Yield the statements of notes in their order; the same row twice is one statement."""
    answers = submission.answers
    texts: dict[str, list[tuple[str, object]]] = {}
    for field in relevant_fields(form["fields"], answers):
        if not is_repeat(field) or field.get("private"):
            continue
        for row in rows_of(answers.get(field["name"])):
            made = _statement(field, row, submission, session, codes)
            if made is None:
                continue
            rows = texts.setdefault(made.id, [])
            same = (made.text, made.references)
            if same not in rows:
                rows.append(same)
                yield made if len(rows) == 1 else _again(made, len(rows))


def numbered(statement: Statement, number: int) -> Statement:
    """Return a statement as noted by one more person of its group, with an id of its own."""
    if not number:
        return statement
    own = _mark(statement.kind, statement.id, str(number))
    before = _mark(statement.kind, statement.text, statement.group, str(number))
    return replace(statement, id=own, former=(before, *statement.former[1:]))


def _again(statement: Statement, row: int) -> Statement:
    """Return a row with the words of another, but other punctuation or codes, as one by itself."""
    return replace(statement, id=_mark(statement.kind, statement.id, f"row {row}"))


def _statement(
    field: RepeatField,
    row: Mapping[str, object],
    submission: Submission,
    session: str,
    codes: Codes,
) -> Statement | None:
    """Return a row as a statement; one of codes alone is kept too, in words that say so."""
    if is_blank(row):
        return None
    kind, group, person = field["name"], submission.subject, submission.person
    text = " ".join(str(row.get(f"{kind}_text") or "").split())
    references, unknown = codes.read(str(row.get(kind + _ABOUT) or ""))
    text = text or _ONLY_CODES
    return Statement(
        id=_mark(kind, wording(text), group),
        former=(_mark(kind, text, group), _mark(kind, text, group, person)),
        kind=kind,
        text=text,
        group=group,
        session=session,
        person=person,
        references=references,
        unknown=unknown,
    )


def _mark(kind: str, *parts: str) -> str:
    """Return the id: the heading's first letter, and six letters and digits of what it is."""
    data = "\0".join((kind, *parts)).encode("utf-8", "replace")
    letters = base64.b32encode(hashlib.sha256(data).digest()).decode("ascii")
    return f"{kind[0]}-{letters[:6].lower()}"
