"""What was decided about statements whose words are in no notes any more, until it is again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from seminarkit.discuss.points import joined_sets, taken
from seminarkit.discuss.statements import Former, Statement
from seminarkit.seminar.decision import Decision
from seminarkit.seminar.discussed import StatementReworded, StatementsJoined
from seminarkit.seminar.wording import wording

_NEAR = 0.5  # how alike a sentence under another heading must be, to be the old one


@dataclass(frozen=True)
class Rewritten:
    """A statement that was decided on, and is in no notes any more in these words.

    ``old`` is None where its words are not known any more. ``together`` counts what else says the
    same, ``public`` are the words in which it was taken over, and ``now`` is what its group says
    that is nearest to it, None where nothing is.
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
    sets, public = joined_sets(present, log), taken(log)
    settled = {each.other for each in log if isinstance(each, StatementReworded)}
    named = [
        code
        for each in log
        if isinstance(each, StatementsJoined | StatementReworded)
        for code in (each.statement, each.other)
    ]
    found = []
    for gone in dict.fromkeys([*named, *public]):
        others = sets.get(gone, {gone}) - {gone} - settled
        together = len(others & present) or len(others)
        if gone in present or gone in settled or not (together or gone in public):
            continue
        was = former.get(gone)
        now = _nearest(was, statements) if was else None
        old = was.statement if was else None
        found.append(Rewritten(gone, old, together, public.get(gone, ""), now))
    return found


def _nearest(old: Former, statements: Sequence[Statement]) -> Statement | None:
    """Return what the same group says now that is nearest; never what stood beside it before."""
    words, kind = wording(old.statement.text), old.statement.kind
    best: tuple[tuple[bool, float], Statement] | None = None
    for each in statements:
        if each.group != old.statement.group or each.id in old.beside:
            continue
        likeness = SequenceMatcher(None, words, wording(each.text), autojunk=False).ratio()
        rank = (each.kind == kind, likeness)
        if (each.kind == kind or likeness >= _NEAR) and (best is None or rank > best[0]):
            best = (rank, each)
    return best[1] if best else None
