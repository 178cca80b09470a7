"""What was decided about statements whose words are in no notes any more, until it is again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.question_decisions import (
    StatementReworded,
    StatementsJoined,
    StatementTaken,
)
from seminarkit.topics.conclusions.points import joined_sets, taken
from seminarkit.topics.conclusions.reworded_statements import new_words
from seminarkit.topics.conclusions.statement_ids import Former, Statement


@dataclass(frozen=True)
class Rewritten:
    """A statement that was decided on, and is in no notes any more in these words.

    ``old`` is None where its words are not known any more. ``together`` counts what else says the
    same, ``public`` are the words in which it was taken over, and ``now`` is what the
    same writer says instead, None where that is not plain.
    """

    id: str
    old: Statement | None
    together: int
    public: str
    now: Statement | None


def rewritten(
    statements: Sequence[Statement], decisions: Iterable[Decision], former: Mapping[str, Former]
) -> list[Rewritten]:
    """Return what was decided about words that are gone, and that nobody has settled since."""
    log = list(decisions)
    present = {each.id for each in statements}
    sets, public, settled = joined_sets(present, log), taken(log), _settled(log)
    named = [
        code
        for each in log
        if isinstance(each, StatementsJoined | StatementReworded)
        for code in (each.statement, each.other)
    ]
    changes = []
    for gone in dict.fromkeys([*named, *public]):
        others = sets.get(gone, {gone}) - {gone} - settled
        together = len(others & present) or len(others)
        if gone in present or gone in settled or not (together or gone in public):
            continue
        was = former.get(gone)
        words = public[gone].words if gone in public else ""
        changes.append(Rewritten(gone, was.statement if was else None, together, words, None))
    now = new_words([each.id for each in changes], statements, former)
    return [replace(each, now=now.get(each.id)) for each in changes]


def _settled(log: Iterable[Decision]) -> set[str]:
    """Return the words of which somebody said in which others they live on, and nothing since.

    A group may go back to its old words, and what is decided about them then holds as any other.
    """
    settled: set[str] = set()
    for each in log:
        if isinstance(each, StatementReworded):
            settled = (settled | {each.other}) - {each.statement}
        elif isinstance(each, StatementsJoined):
            settled -= {each.statement, each.other}
        elif isinstance(each, StatementTaken):
            settled.discard(each.statement)
    return settled
