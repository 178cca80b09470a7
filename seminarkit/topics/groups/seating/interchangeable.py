"""Interchangeable groups of a round, such as two groups on one case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from seminarkit.core.seminar.roles import LEADS
from seminarkit.core.seminar.sessions import DiscussionGroup
from seminarkit.topics.groups.seating.rules import Round


def interchangeable_groups(round_: Round) -> list[list[DiscussionGroup]]:
    """Return the groups of a round, interchangeable ones together."""
    kinds: dict[object, list[DiscussionGroup]] = defaultdict(list)
    for group in round_.groups:
        is_distinct = group.id in round_.fixed_groups.values() or group.id in round_.wished_as
        key = (
            group.id
            if is_distinct or not group.case
            else (group.case, *round_.made_for.get(group.id, ()))
        )
        kinds[key].append(group)
    return list(kinds.values())


def merged_round(round_: Round, kinds: Sequence[Sequence[DiscussionGroup]]) -> Round:
    """Return a round in which the first group of each kind represents all groups of it."""
    no_leads: dict[str, None] = dict.fromkeys(LEADS)
    groups = [
        interchangeable[0].model_copy(update=no_leads if len(interchangeable) > 1 else {})
        for interchangeable in kinds
    ]
    return replace(
        round_,
        groups=tuple(groups),
        multiplicity={interchangeable[0].id: len(interchangeable) for interchangeable in kinds},
    )
