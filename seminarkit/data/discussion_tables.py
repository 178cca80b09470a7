"""DataFrames on the discussion: questions, statements of groups, and decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from seminarkit.core.errors import UsageError, did_you_mean
from seminarkit.core.seminar.decision_words import decision_words
from seminarkit.data.frames import Column
from seminarkit.data.lookup_errors import NotCollected
from seminarkit.data.make_table import table
from seminarkit.data.source import Source

_MARKS = ("open", "chosen", "parked", "answered")


def questions(source: Source, session: str | None, state: str | None) -> Any:
    """Return one row per question from a form or a chat."""
    if state not in (None, *_MARKS):
        raise UsageError(f"state={state!r} is not known. Write one of: {', '.join(_MARKS)}.")
    dossier = source.questions()
    every = [*_of_core(dossier), *_of_public(dossier)]
    _must_be_known(
        "session",
        session,
        [row["id"] for row in _sessions(source)] + [row["session"] for row in every],
    )
    rows = [
        row for row in every if session in (None, row["session"]) and state in (None, row["state"])
    ]
    columns = [
        Column("id", named=True),
        Column("country", named=True),
        Column("person", named=True),
        Column("by", named=True),
        Column("session"),
        Column("about", named=True),
        Column("themes", "list", named=True),
        Column("text"),
        Column("why", named=True),
        Column("state", "category", _MARKS),
        Column("from_chat", "boolean"),
        Column("near", "list", named=True),
    ]
    return table(source, "questions", columns, rows)


# JSON of a dossier, also of earlier versions
def _of_core(dossier: Mapping[str, Any]) -> Iterator[dict[str, object]]:
    for matter in dossier.get("matters", {}).values():
        for question in matter["questions"]:
            yield {
                "id": question["id"],
                "country": question.get("code") or None,
                "person": question.get("person") or None,
                "by": question["by"],
                "session": next(iter(question["sessions"]), None),
                "about": question["about"] or None,
                "themes": matter["themes"],
                "text": question["text"],
                "why": question["why"] or None,
                "state": matter["mark"],
                "from_chat": bool(question["time"]),
                "near": dossier["near"].get(question["id"], []),
            }


# as above
def _of_public(dossier: Mapping[str, Any]) -> Iterator[dict[str, object]]:
    """Yield the questions from public chats that everybody may see."""
    for session in dossier.get("sessions", ()):
        for question in session.get("asked", ()):
            yield {
                "session": session["id"],
                "text": question["text"],
                "state": "answered" if question["answered"] else "open",
                "from_chat": True,
            }


def statements(source: Source, day: str | None) -> Any:
    """Return one row per statement of a group."""
    every = source.statements()
    _must_be_known(
        "day",
        day,
        [str(row["start"])[:10] for row in _sessions(source)] + [row.get("day") for row in every],
    )
    rows = [row for row in every if day in (None, row.get("day"))]
    columns = [
        *(Column(name, named=True) for name in ("id", "day", "group")),
        Column("kind", "category", tuple(dict.fromkeys(str(row["kind"]) for row in rows))),
        Column("text"),
        Column("references", "list", named=True),
        Column("outcomes", "list", named=True),
        Column("same_as", named=True),
        Column("public", "boolean"),
        Column("draft", "boolean", named=True),
    ]
    return table(source, "statements", columns, rows)


def _sessions(source: Source) -> Sequence[Mapping[str, object]]:
    with suppress(NotCollected):
        return source.sessions()
    return ()


def _must_be_known(what: str, value: str | None, known: Iterable[object]) -> None:
    """Raise UsageError for a session or day that the seminar does not have."""
    names = sorted({str(name) for name in known if name})
    if value is not None and value not in names:
        raise UsageError(f"{what}={value!r} is not known.{did_you_mean(value, names)}")


def decisions(source: Source) -> Any:
    """Return one row per decision of the organisers."""
    made = source.decisions()
    columns = [
        Column("at", "moment"),
        Column("by"),
        Column("kind", "category", tuple(sorted({item.kind for item in made}))),
        Column("about", "list"),
        Column("words"),
        Column("id"),
    ]
    rows = [
        {
            "at": item.at,
            "by": item.by or None,
            "kind": item.kind,
            "about": list(item.decides_on[1:]),
            "words": decision_words(item),
            "id": item.id or None,
        }
        for item in made
    ]
    return table(source, "decisions", columns, rows)
