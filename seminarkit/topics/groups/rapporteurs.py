"""Rapporteurs of discussion groups: nominated among their people, then confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from seminarkit.core.errors import UsageError
from seminarkit.core.seminar.sessions import DiscussionGroup
from seminarkit.topics.groups.planning import Plan


def with_rapporteurs(planned: Plan, nominated: dict[str, str], confirmed: Sequence[str]) -> Plan:
    """Return the plan with the rapporteur of each group, and whether they confirmed.

    ``nominated`` maps people to the group in which they already sit. Raises UsageError if two
    people are nominated for one group, or someone confirms who was not nominated.
    """
    confirmed_ids = {person.strip().upper() for person in confirmed}
    of_group = {group: person for person, group in nominated.items()}
    if len(of_group) < len(nominated):
        raise UsageError("You named two rapporteurs for one group. Name only one.")
    groups = {
        session: [
            _with_rapporteur(group, of_group.get(group.id), confirmed_ids)
            for group in session_groups
        ]
        for session, session_groups in planned.seating.groups.items()
    }
    rapporteurs = {
        group.rapporteur for session_groups in groups.values() for group in session_groups
    }
    if strangers := confirmed_ids - rapporteurs:
        raise UsageError(
            f"Not the rapporteur of any group: {', '.join(sorted(strangers))}. See --rapporteur."
        )
    return replace(planned, seating=replace(planned.seating, groups=groups))


def _with_rapporteur(
    group: DiscussionGroup, nominated: str | None, confirmed_ids: set[str]
) -> DiscussionGroup:
    person = nominated or group.rapporteur
    is_confirmed = person in confirmed_ids or (group.confirmed and person == group.rapporteur)
    return group.model_copy(update={"rapporteur": person, "confirmed": is_confirmed})
