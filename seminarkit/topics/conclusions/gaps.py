"""What is missing or odd in the notes of groups, each with the command that mends it.

Pages show the words alone: commands are for organisers, in a terminal.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from seminarkit.core.seminar.clock import day_words
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.same_words import same_words
from seminarkit.core.seminar.sessions import Session
from seminarkit.topics.conclusions.all_notes import Notes
from seminarkit.topics.conclusions.rewritten_notes import Rewritten
from seminarkit.topics.conclusions.statements import GroupNotes, Sheet, without_group


class Gap(NamedTuple):
    """What is missing or odd, in a sentence or two, and the step that mends it, '' for none."""

    words: str
    step: str = ""


_PUBLIC = Gap(
    "The public listens to this session, and these notes are not public. Do not name a country or "
    "a person. What you choose for the public has its own slides.",
    "To choose: seminar statement ID --take",
)
_ASK = "To ask somebody: seminar groups --rapporteur PERSON=GROUP --keep"


def attention(
    seminar: Seminar, found: Notes, spoken_in: Session | None, sessions: Collection[str]
) -> list[Gap]:
    """Return a sentence for everything that whoever speaks should know of these sessions' notes."""
    public = spoken_in is not None and spoken_in.access == "public"
    return [*([_PUBLIC] if public else []), *_attention(seminar, found, sessions)]


def urgent(seminar: Seminar, found: Notes, sessions: Collection[str]) -> list[Gap]:
    """Return a sentence for everything that somebody has to decide before anybody speaks.

    These are shown in red: decisions on words that are others now, notes by somebody who was not
    asked for them, and notes that their chair wants changed.
    """
    groups = [each for each in found.groups if each.session.id in sessions]
    return [
        *(_changed(seminar, each) for each in found.changed if _is_in(seminar, each, sessions)),
        *(Gap(_several(seminar, each)) for each in groups if _by_another(each)),
        *(
            Gap(f"The chair of “{sheet.title}” has seen the notes and wants changes.")
            for sheet in found.sheets
            if sheet.session in sessions and sheet.seen == "changes"
        ),
    ]


def changed_words(seminar: Seminar, changed: Rewritten) -> str:
    """Return what was decided about words that are gone, the words of now, and the step to take."""
    return " ".join(_changed(seminar, changed))


def _changed(seminar: Seminar, changed: Rewritten) -> Gap:
    old, now, decided = changed.old, changed.now, list(_decided(changed))
    options = (("--apart", changed.together), ("--leave", changed.public))
    drop = " ".join(
        ["seminar statement", changed.id, *(option for option, is_on in options if is_on)]
    )
    if old is None:
        words = f"The words of {changed.id} are in no notes, and not known any more."
        return Gap(" ".join([words, *decided]), f"Drop it: {drop}")
    group = seminar.group(old.group)
    title = group[1].title if group else old.group
    before = [f"“{title}” has changed a sentence. Old words: “{old.text}”.", *decided]
    if now is None:
        words = " ".join([*before, "It is gone, and nothing near to it came."])
        return Gap(words, f"Drop it: {drop}")
    step = f"If they still say so: seminar statement {now.id} --was {changed.id}; if not: {drop}"
    return Gap(" ".join([*before, f"New words: “{now.text}”."]), step)


def _decided(changed: Rewritten) -> Iterator[str]:
    if changed.together:
        many = changed.together > 1
        others = f"{changed.together} others, which stay together" if many else "1 other"
        yield f"They say the same as {others}."
    if changed.public:
        own = changed.old is not None and same_words(changed.public, changed.old.text)
        yield f"They are public{'' if own else f' as “{changed.public}”'} until you decide."


def _is_in(seminar: Seminar, changed: Rewritten, sessions: Collection[str]) -> bool:
    group = seminar.group(changed.old.group) if changed.old else None
    return group is None or group[0].id in sessions


def _by_another(each: GroupNotes) -> bool:
    return any(sheet.person != each.asked for sheet in each.sheets)


def _several(seminar: Seminar, each: GroupNotes) -> str:
    """Return who noted a group instead of, or beside, who was asked for it."""
    names = [
        sheet_by(seminar, sheet) + ("" if sheet.complete else " (a draft)") for sheet in each.sheets
    ]
    if len(names) == 1:
        asked = noted_by(seminar, each.group.id, each.asked) if each.asked else "nobody"
        return (
            f"The notes of “{each.group.title}” are from {names[0]}; {asked} was asked for them. "
            "Ask whether they are the group's."
        )
    return (
        f"The group “{each.group.title}” has notes from {' and '.join(names)}. Both are kept. What "
        "both say is shown twice until somebody joins it."
    )


def noted_by(seminar: Seminar, group: str, person: str) -> str:
    """Return who notes a group: of a delegation by name, for core participants only; else by role.

    The names of chairs stand in the programme and with the groups.
    """
    if person in seminar.people:
        found = seminar.group(group)
        discusses = found is not None and found[1].discussant == person
        return "the discussant" if discusses else "the chair"
    participant = seminar.participant(person)
    return participant.name if participant else "a former core participant"


def sheet_by(seminar: Seminar, sheet: Sheet) -> str:
    """Return who noted a sheet; see ``noted_by``."""
    return noted_by(seminar, sheet.group, sheet.person)


def _attention(seminar: Seminar, found: Notes, sessions: Collection[str]) -> Iterator[Gap]:
    groups = [each for each in found.groups if each.session.id in sessions]
    for each in groups:
        if each.state == "missing":
            when = f"{day_words(each.session.date)}, {each.session.start:%H:%M}"
            words = f"No notes have come from the group “{each.group.title}” ({when})."
            if each.asked:
                yield Gap(f"{words} Ask {noted_by(seminar, each.group.id, each.asked)}.")
            else:
                yield Gap(f"{words} Nobody was asked to take notes there.", _ASK)
    here = [sheet for sheet in found.sheets if sheet.session in sessions]
    for sheet in here:
        if not sheet.complete:
            by = sheet_by(seminar, sheet)
            yield Gap(f"The notes of “{sheet.title}” by {by} are still a draft.")
        if sheet.seen == "not_yet":
            yield Gap(f"The notes of “{sheet.title}” are not yet seen by the chair.")
    for sheet in without_group(seminar, here):
        yield Gap(
            f"Notes by {sheet_by(seminar, sheet)} are on “{sheet.title}” ({sheet.group}), a group "
            "that there is not any more. They are kept and shown."
        )
    for sheet in here:
        for statement in sheet.statements:
            for code in statement.unknown:
                yield Gap(
                    f"“{code}” in the notes of “{sheet.title}” is no country, question or outcome "
                    "of this seminar; ask who noted it what is meant."
                )
