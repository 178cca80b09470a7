"""What is missing or odd in the notes of groups, in sentences that say how to mend it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from seminarkit.analyse.statements import Notes
from seminarkit.discuss.summaries import Sheet, without_group
from seminarkit.seminar.clock import day_words
from seminarkit.seminar.model import Seminar
from seminarkit.seminar.sessions import Session

_PUBLIC = (
    "The public listens to this session, and these notes are not public: name no country and no "
    "person. What is taken over (seminar statement ID --take) has slides of its own for the public."
)
_NOBODY = "Nobody was asked to take notes there: seminar groups --rapporteur PERSON=GROUP --keep"


def attention(
    seminar: Seminar, found: Notes, spoken_in: Session | None, sessions: Collection[str]
) -> list[str]:
    """Return a sentence for everything that whoever speaks should know of these sessions' notes."""
    public = spoken_in is not None and spoken_in.access == "public"
    return [*([_PUBLIC] if public else []), *_attention(seminar, found, sessions)]


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


def _attention(seminar: Seminar, found: Notes, sessions: Collection[str]) -> Iterator[str]:
    groups = [each for each in found.groups if each.session.id in sessions]
    for each in groups:
        if each.state == "missing":
            by = f"Ask {noted_by(seminar, each.group.id, each.asked)}." if each.asked else _NOBODY
            when = f"{day_words(each.session.date)}, {each.session.start:%H:%M}"
            yield f"No notes have come from the group “{each.group.title}” ({when}). {by}"
    for each in groups:
        if len(each.sheets) > 1:
            names = " and ".join(sheet_by(seminar, sheet) for sheet in each.sheets)
            yield (
                f"The group “{each.group.title}” has notes from {names}. Both are kept; what they "
                "say twice stands twice until somebody joins it."
            )
    here = [sheet for sheet in found.sheets if sheet.session in sessions]
    for sheet in here:
        if not sheet.complete:
            yield f"The notes of “{sheet.title}” by {sheet_by(seminar, sheet)} are still a draft."
        if sheet.seen == "not_yet":
            yield f"The notes of “{sheet.title}” are not yet seen by the chair."
        if sheet.seen == "changes":
            yield f"The chair of “{sheet.title}” has seen the notes and wants changes."
    for sheet in without_group(seminar, here):
        yield (
            f"Notes by {sheet_by(seminar, sheet)} are on “{sheet.title}” ({sheet.group}), a group "
            "that there is not any more. They are kept and shown."
        )
    for sheet in here:
        for statement in sheet.statements:
            for code in statement.unknown:
                yield (
                    f"“{code}” in the notes of “{sheet.title}” is no country, question or outcome "
                    "of this seminar; ask who noted it what is meant."
                )
    if found.lost:
        yield (
            f"Decisions on {', '.join(found.lost)} hold no more, since those statements were "
            "reworded or taken out. Look at the new words and decide again."
        )
