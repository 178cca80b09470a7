"""Says in a sentence which rule a seating breaks, and what to loosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.roles import LEADS
from seminarkit.core.seminar.sessions import DiscussionGroup
from seminarkit.topics.groups.seating.rules import Broken, Seating

_ABOUT = {"profile": "of the profile", "region": "of the region"}


def reasons(seminar: Seminar, seating: Seating) -> list[str]:
    """Return a sentence for each rule that could not be kept, the dearest first.

    Sizes are told once a session, as they are mended once a session.
    """
    groups = {
        (session, group.id): group for session, held in seating.groups.items() for group in held
    }
    said = []
    for broken in seating.broken:
        group = groups[broken.session, broken.group]
        if broken.rule == "equal size":
            continue  # told by the size that is wanted
        if broken.rule == "size":
            said.append(_size(broken, seating.groups[broken.session]))
        else:
            said.append(_reason(seminar, broken, group))
    return list(dict.fromkeys(said))


def chairs_met_again(seminar: Seminar, seating: Seating) -> list[str]:
    """Return a sentence for each chair whom people meet again in a session of another kind.

    No rule sets these people apart: that is for the rounds of one kind.
    """
    kinds = {session.id: session.kind for session in seminar.sessions}
    met = [
        (person, group.chair, session)
        for session, held in seating.groups.items()
        for group in held
        if group.chair
        for person in group.people
    ]
    sentences = []
    for session in seating.groups:
        earlier = {
            (person, chair)
            for person, chair, at in met
            if kinds[at] != kinds[session]
            and list(seating.groups).index(at) < list(seating.groups).index(session)
        }
        again: dict[str, list[str]] = {}
        for person, chair, at in met:
            if at == session and (person, chair) in earlier:
                again.setdefault(chair, []).append(person)
        sentences += [
            f"{session}: {', '.join(sorted(people))} {'meets' if len(people) == 1 else 'meet'} "
            f"{seminar.people[chair].name} as chair again, after a session of another kind; no "
            "rule is broken."
            for chair, people in again.items()
        ]
    return sentences


def _size(broken: Broken, groups: Sequence[DiscussionGroup]) -> str:
    low, high = broken.wanted
    sizes = sorted({len(group.people) for group in groups})
    total = sum(len(group.people) for group in groups)
    few = total < len(groups) * low
    make = f"{sizes[0]} to {sizes[-1]}" if len(sizes) > 1 else f"{sizes[0]}"
    change = "fewer groups" if few else "more groups"
    return (
        f"{broken.session}: {_count(total, 'person', 'people')} in "
        f"{_count(len(groups), 'group')} make {make} in each, "
        f"{low} to {high} are wanted. To mend it, hold {change}, or write another size under "
        f"`seats` of {broken.session} in seminar.yml."
    )


def _reason(seminar: Seminar, broken: Broken, group: DiscussionGroup) -> str:
    low, high = broken.wanted
    where = f"{broken.session}, {group.title}"
    people = _names(seminar, broken.people)
    if broken.rule == "delegation":
        country = seminar.in_text(broken.about)
        together = f"{where}: {broken.found} people of {country} sit together ({people})."
        pins = seminar.pins.get(broken.session, {})
        if by_hand := [person for person in broken.people if person in pins]:
            put = f"Put there by hand: {', '.join(by_hand)}"
            return f"{together} {put}. To undo it: seminar groups --free PERSON"
        return (
            f"{together} Without that, another rule would be broken; an organiser may move one: "
            "seminar groups --move"
        )
    if broken.rule == "case":
        return f"{where}: {people} hears this case a second time."
    if broken.rule in LEADS:
        name = seminar.people[broken.about].name
        return f"{where}: {people} meets {name} as {broken.rule} a second time."
    about = _region(seminar, broken.about) if broken.rule == "region" else broken.about
    share = f"{low}" if low == high else f"{low} or {high}"
    found = f"{broken.found} {_ABOUT[broken.rule]} “{about}”"
    return f"{where}: {found}, {share} would be an equal share."


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _region(seminar: Seminar, region: str) -> str:
    return next((each.name for each in seminar.regions if each.id == region), region)


def _names(seminar: Seminar, people: tuple[str, ...]) -> str:
    found: Mapping[str, str] = {
        p.id: f"{p.name}, {p.id}" for id in people if (p := seminar.participant(id))
    }
    return "; ".join(found.values())
