"""Who takes notes in a group: nominated from its own people, then confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from seminarkit.core.errors import UsageError
from seminarkit.core.seminar.sessions import DiscussionGroup
from seminarkit.topics.groups.planning import Plan


def with_rapporteurs(planned: Plan, nominated: dict[str, str], confirmed: Sequence[str]) -> Plan:
    """Return the plan with who takes notes in which group, and who of them said yes.

    ``nominated`` are groups by person; they sit there already. Raises UsageError where two are
    named for one group, or somebody says yes who was not asked.
    """
    said_yes = {person.strip().upper() for person in confirmed}
    of_group = {group: person for person, group in nominated.items()}
    if len(of_group) < len(nominated):
        raise UsageError("Two rapporteurs are named for one group; name one.")
    groups = {
        session: [_noted(group, of_group.get(group.id), said_yes) for group in held]
        for session, held in planned.seating.groups.items()
    }
    notes = {group.rapporteur for held in groups.values() for group in held}
    if strangers := said_yes - notes:
        raise UsageError(
            f"{', '.join(sorted(strangers))} takes notes in no group; see --rapporteur"
        )
    return replace(planned, seating=replace(planned.seating, groups=groups))


def _noted(group: DiscussionGroup, nominated: str | None, said_yes: set[str]) -> DiscussionGroup:
    person = nominated or group.rapporteur
    yes = person in said_yes or (group.confirmed and person == group.rapporteur)
    return group.model_copy(update={"rapporteur": person, "confirmed": yes})
