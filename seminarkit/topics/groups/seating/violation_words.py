"""Sentences on the rules that a seating violates, and what would help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.roles import LEADS
from seminarkit.core.seminar.sessions import DiscussionGroup
from seminarkit.topics.groups.seating.rules import Seating, Violation

_ABOUT = {"profile": "of the profile", "region": "of the region"}


def reasons(seminar: Seminar, seating: Seating) -> list[str]:
    """Return a sentence for each violation, the most expensive first.

    Sizes are reported once per session, since they are changed once per session.
    """
    groups = {
        (session, group.id): group
        for session, session_groups in seating.groups.items()
        for group in session_groups
    }
    sentences = []
    for violation in seating.violations:
        group = groups[violation.session, violation.group]
        if violation.rule == "equal size":
            continue  # reported with the size
        if violation.rule == "size":
            sentences.append(_size(violation, seating.groups[violation.session]))
        else:
            sentences.append(_reason(seminar, violation, group))
    return list(dict.fromkeys(sentences))


def chairs_met_again(seminar: Seminar, seating: Seating) -> list[str]:
    """Return a sentence for each chair whom people meet again in a session of another kind.

    No rule prevents this: repeats are avoided among rounds of one kind only.
    """
    kinds = {session.id: session.kind for session in seminar.sessions}
    met = [
        (person, group.chair, session)
        for session, session_groups in seating.groups.items()
        for group in session_groups
        if group.chair
        for person in group.people
    ]
    sentences = []
    for session in seating.groups:
        earlier = {
            (person, chair)
            for person, chair, other in met
            if kinds[other] != kinds[session]
            and list(seating.groups).index(other) < list(seating.groups).index(session)
        }
        people_by_chair: dict[str, list[str]] = {}
        for person, chair, other in met:
            if other == session and (person, chair) in earlier:
                people_by_chair.setdefault(chair, []).append(person)
        sentences += [
            f"{session}: {', '.join(sorted(people))} {'meets' if len(people) == 1 else 'meet'} "
            f"{seminar.people[chair].name} as chair again, after a session of another kind; no "
            "rule is broken."
            for chair, people in people_by_chair.items()
        ]
    return sentences


def _size(violation: Violation, groups: Sequence[DiscussionGroup]) -> str:
    low, high = violation.allowed
    sizes = sorted({len(group.people) for group in groups})
    total = sum(len(group.people) for group in groups)
    few = total < len(groups) * low
    make = f"{sizes[0]} to {sizes[-1]}" if len(sizes) > 1 else f"{sizes[0]}"
    change = "fewer groups" if few else "more groups"
    return (
        f"{violation.session}: {_count(total, 'person', 'people')} in "
        f"{_count(len(groups), 'group')} make {make} in each, "
        f"but {low} to {high} are wanted. To correct this, plan {change}, or write another size "
        f"under `seats` of {violation.session} in seminar.yml."
    )


def _reason(seminar: Seminar, violation: Violation, group: DiscussionGroup) -> str:
    low, high = violation.allowed
    where = f"{violation.session}, {group.title}"
    people = _names(seminar, violation.people)
    if violation.rule == "delegation":
        country = seminar.in_text(violation.about)
        together = f"{where}: {violation.actual} people of {country} sit together ({people})."
        pins = seminar.pins.get(violation.session, {})
        if by_hand := [person for person in violation.people if person in pins]:
            put = f"An organiser put these people there: {', '.join(by_hand)}"
            return f"{together} {put}. To undo it: seminar groups --free PERSON"
        return (
            f"{together} Otherwise, another rule would be broken. An organiser may move one of "
            "them: seminar groups --move"
        )
    if violation.rule == "case":
        hear = "hears" if len(violation.people) == 1 else "hear"
        return f"{where}: {people} {hear} this case a second time."
    if violation.rule in LEADS:
        name = seminar.people[violation.about].name
        meet = "meets" if len(violation.people) == 1 else "meet"
        return f"{where}: {people} {meet} {name} as {violation.rule} a second time."
    about = _region(seminar, violation.about) if violation.rule == "region" else violation.about
    share = f"{low}" if low == high else f"{low} or {high}"
    share_of_group = f"{violation.actual} {_ABOUT[violation.rule]} “{about}”"
    return f"{where}: {share_of_group}, but {share} would be an equal share."


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _region(seminar: Seminar, region: str) -> str:
    return next((candidate.name for candidate in seminar.regions if candidate.id == region), region)


def _names(seminar: Seminar, people: tuple[str, ...]) -> str:
    by_id: Mapping[str, str] = {
        p.id: f"{p.name}, {p.id}" for id in people if (p := seminar.participant(id))
    }
    return "; ".join(by_id.values())
