"""Statements and their ids: an id covers wording, heading and group, as do the decisions on it."""

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

DIFFER = "disagreed"  # the heading for differing opinions
_ABOUT = "_about"  # suffix of the field with a statement's codes
_ONLY_CODES = "(no sentence, only codes)"


@dataclass(frozen=True)
class Statement:
    """One sentence of a group's notes.

    ``id`` is a hash of wording, heading and group. A changed wording is a new statement, so that no
    decision applies to a wording that nobody decided on. The author is not part of the hash,
    because anybody could then check a guess at who wrote it. ``former`` are the ids by which
    earlier versions of the kit knew the statement, at least one of them hashed with the author.
    Decisions may name them; they are never shown.
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
class FormerStatement:
    """A statement in any version of the notes.

    ``base`` is its id as noted by the first author of the group. ``versions`` maps each author to
    the ids of all statements, in order, in that author's last version that contained it.
    """

    statement: Statement
    base: str
    versions: Mapping[str, tuple[str, ...]]


def statements_of(
    form: CompiledForm, submission: Submission, session: str, codes: Codes
) -> Iterator[Statement]:
    """Yield the statements of one submission in order; identical rows count once."""
    answers = submission.answers
    texts: dict[str, list[tuple[str, object]]] = {}
    for field in relevant_fields(form["fields"], answers):
        if not is_repeat(field) or field.get("private"):
            continue
        for row in rows_of(answers.get(field["name"])):
            statement = _statement(field, row, submission, session, codes)
            if statement is None:
                continue
            rows = texts.setdefault(statement.id, [])
            content = (statement.text, statement.references)
            if content not in rows:
                rows.append(content)
                yield statement if len(rows) == 1 else _with_row_number(statement, len(rows))


def with_author_number(statement: Statement, number: int) -> Statement:
    """Return a statement with its own id for the ``number``-th further author in the group."""
    if not number:
        return statement
    new_id = _hash_id(statement.kind, statement.id, str(number))
    former_id = _hash_id(statement.kind, statement.text, statement.group, str(number))
    return replace(statement, id=new_id, former=(former_id, *statement.former[1:]))


def _with_row_number(statement: Statement, row: int) -> Statement:
    """Return a statement with its own id for a row that differs only in punctuation or codes."""
    return replace(statement, id=_hash_id(statement.kind, statement.id, f"row {row}"))


def _statement(
    field: RepeatField,
    row: Mapping[str, object],
    submission: Submission,
    session: str,
    codes: Codes,
) -> Statement | None:
    """Return a row as a statement; a row with codes alone gets a placeholder as its text."""
    if is_blank(row):
        return None
    kind, group, person = field["name"], submission.subject, submission.person
    text = " ".join(str(row.get(f"{kind}_text") or "").split())
    references, unknown = codes.read(str(row.get(kind + _ABOUT) or ""))
    text = text or _ONLY_CODES
    return Statement(
        id=_hash_id(kind, wording(text), group),
        former=(_hash_id(kind, text, group), _hash_id(kind, text, group, person)),
        kind=kind,
        text=text,
        group=group,
        session=session,
        person=person,
        references=references,
        unknown=unknown,
    )


def _hash_id(kind: str, *parts: str) -> str:
    """Return an id: the first letter of the heading, and six base32 characters of the hash."""
    data = "\0".join((kind, *parts)).encode("utf-8", "replace")
    letters = base64.b32encode(hashlib.sha256(data).digest()).decode("ascii")
    return f"{kind[0]}-{letters[:6].lower()}"
