"""Groups of a round that mean the same to everybody: two on one case, for instance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from seminarkit.core.seminar.roles import LEADS
from seminarkit.core.seminar.sessions import DiscussionGroup
from seminarkit.topics.groups.seating.rules import Round


def kinds_of(each: Round) -> list[list[DiscussionGroup]]:
    """Return the groups of a round, those together that mean the same to everybody."""
    kinds: dict[object, list[DiscussionGroup]] = defaultdict(list)
    for group in each.groups:
        by_hand = group.id in each.placed.values() or group.id in each.answers
        what = (
            group.id
            if by_hand or not group.case
            else (group.case, *each.made_for.get(group.id, ()))
        )
        kinds[what].append(group)
    return list(kinds.values())


def merged(each: Round, kinds: Sequence[Sequence[DiscussionGroup]]) -> Round:
    """Return a round in which the first group of each kind stands for all of them."""
    nobody: dict[str, None] = dict.fromkeys(LEADS)
    groups = [some[0].model_copy(update=nobody if len(some) > 1 else {}) for some in kinds]
    return replace(each, groups=tuple(groups), stands_for={some[0].id: len(some) for some in kinds})
