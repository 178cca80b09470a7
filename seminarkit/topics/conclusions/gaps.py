"""Finds what is missing or inconsistent in the groups' notes, with the command that settles it.

Pages show only the sentence: commands are for organisers, in a terminal.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from seminarkit.core.seminar.clock import day_words
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.same_words import same_words
from seminarkit.core.seminar.sessions import Session
from seminarkit.topics.conclusions.all_notes import Notes
from seminarkit.topics.conclusions.rewritten_notes import OrphanedStatement
from seminarkit.topics.conclusions.statements import GroupNotes, NotesSheet, orphaned_sheets


class Gap(NamedTuple):
    """Something missing or inconsistent, in words, and the command that settles it, or ''."""

    words: str
    step: str = ""


_PUBLIC = Gap(
    "The public listens to this session, and these notes are not public. Do not name a country or "
    "a person. What you choose for the public has its own slides.",
    "To choose: seminar statement ID --take",
)
_ASK = "To ask somebody: seminar groups --rapporteur PERSON=GROUP --keep"


def attention(
    seminar: Seminar, all_notes: Notes, spoken_in: Session | None, sessions: Collection[str]
) -> list[Gap]:
    """Return all gaps in the notes of some sessions, for the presenter of the summary."""
    public = spoken_in is not None and spoken_in.access == "public"
    return [*([_PUBLIC] if public else []), *_attention(seminar, all_notes, sessions)]


def urgent(seminar: Seminar, all_notes: Notes, sessions: Collection[str]) -> list[Gap]:
    """Return the gaps that somebody has to decide on before the session; pages show them in red.

    They are decisions on a wording that has changed, notes by somebody other than the assigned note
    taker, and notes to which the chair wants changes.
    """
    groups = [group for group in all_notes.groups if group.session.id in sessions]
    return [
        *(
            _changed_gap(seminar, orphan)
            for orphan in all_notes.changed
            if _concerns(seminar, orphan, sessions)
        ),
        *(Gap(_unexpected_authors(seminar, group)) for group in groups if _has_other_author(group)),
        *(
            Gap(f"The chair of “{sheet.title}” has seen the notes and wants changes.")
            for sheet in all_notes.sheets
            if sheet.session in sessions and sheet.seen == "changes"
        ),
    ]


def changed_words(seminar: Seminar, changed: OrphanedStatement) -> str:
    """Return old and new wording of a statement, the decision on it, and the next step."""
    return " ".join(_changed_gap(seminar, changed))


def _changed_gap(seminar: Seminar, changed: OrphanedStatement) -> Gap:
    former, current, decisions = changed.old, changed.now, list(_decision_sentences(changed))
    options = (("--apart", changed.together), ("--leave", changed.public))
    drop = " ".join(
        ["seminar statement", changed.id, *(option for option, is_on in options if is_on)]
    )
    if former is None:
        words = f"Statement {changed.id} is no longer in any notes, and its words are lost."
        return Gap(" ".join([words, *decisions]), f"Drop it: {drop}")
    group = seminar.group(former.group)
    title = group[1].title if group else former.group
    before = [f"“{title}” has changed a sentence. Old words: “{former.text}”.", *decisions]
    if current is None:
        words = " ".join([*before, "It is gone, and no new sentence is similar to it."])
        return Gap(words, f"Drop it: {drop}")
    step = (
        f"If they still say this: seminar statement {current.id} --was {changed.id}; if not: {drop}"
    )
    return Gap(" ".join([*before, f"New words: “{current.text}”."]), step)


def _decision_sentences(changed: OrphanedStatement) -> Iterator[str]:
    if changed.together:
        many = changed.together > 1
        others = f"{changed.together} others, which stay joined" if many else "1 other"
        yield f"It was joined with {others}."
    if changed.public:
        own = changed.old is not None and same_words(changed.public, changed.old.text)
        yield f"It is public{'' if own else f' as “{changed.public}”'} until you decide."


def _concerns(seminar: Seminar, changed: OrphanedStatement, sessions: Collection[str]) -> bool:
    group = seminar.group(changed.old.group) if changed.old else None
    return group is None or group[0].id in sessions


def _has_other_author(notes: GroupNotes) -> bool:
    return any(sheet.person != notes.asked for sheet in notes.sheets)


def _unexpected_authors(seminar: Seminar, notes: GroupNotes) -> str:
    """Return a sentence about notes by somebody other than, or besides, the assigned note taker."""
    names = [
        sheet_by(seminar, sheet) + ("" if sheet.complete else " (a draft)")
        for sheet in notes.sheets
    ]
    if len(names) == 1:
        asked = noted_by(seminar, notes.group.id, notes.asked) if notes.asked else "nobody"
        return (
            f"The notes of “{notes.group.title}” are by {names[0]}, but {asked} was asked to write "
            "them. Ask whether these are the notes of the group."
        )
    return (
        f"The group “{notes.group.title}” has notes from {' and '.join(names)}. All are kept. "
        "A point that several of them have is shown several times until somebody joins it."
    )


def noted_by(seminar: Seminar, group: str, person: str) -> str:
    """Return the note taker: "the chair" or "the discussant", else the core participant's name.

    Names of core participants are for core participants only. Chairs need no name here: the
    programme and the group pages have it.
    """
    if person in seminar.people:
        place = seminar.group(group)
        discusses = place is not None and place[1].discussant == person
        return "the discussant" if discusses else "the chair"
    participant = seminar.participant(person)
    return participant.name if participant else "a former core participant"


def sheet_by(seminar: Seminar, sheet: NotesSheet) -> str:
    """Return the note taker of a sheet, as ``noted_by`` does."""
    return noted_by(seminar, sheet.group, sheet.person)


def _attention(seminar: Seminar, all_notes: Notes, sessions: Collection[str]) -> Iterator[Gap]:
    groups = [group for group in all_notes.groups if group.session.id in sessions]
    for group in groups:
        if group.state == "missing":
            when = f"{day_words(group.session.date)}, {group.session.start:%H:%M}"
            words = f"The group “{group.group.title}” ({when}) has not sent any notes yet."
            if group.asked:
                yield Gap(f"{words} Ask {noted_by(seminar, group.group.id, group.asked)}.")
            else:
                yield Gap(f"{words} Nobody was asked to take notes there.", _ASK)
    session_sheets = [sheet for sheet in all_notes.sheets if sheet.session in sessions]
    for sheet in session_sheets:
        if not sheet.complete:
            by = sheet_by(seminar, sheet)
            yield Gap(f"The notes of “{sheet.title}” by {by} are still a draft.")
        if sheet.seen == "not_yet":
            yield Gap(f"The chair has not yet seen the notes of “{sheet.title}”.")
    for sheet in orphaned_sheets(seminar, session_sheets):
        yield Gap(
            f"Notes by {sheet_by(seminar, sheet)} are from the group “{sheet.title}” "
            f"({sheet.group}), which does not exist any more. They are kept and shown."
        )
    for sheet in session_sheets:
        for statement in sheet.statements:
            for code in statement.unknown:
                yield Gap(
                    f"“{code}” in the notes of “{sheet.title}” is not a country, question or "
                    "outcome of this seminar. Ask the note taker what it means."
                )
