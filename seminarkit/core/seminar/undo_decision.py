"""Takes a decision back, or chooses one of several that stand against each other: as decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from seminarkit.core.errors import SeminarError
from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.decision_history import Everything, find_id, logged, short_ids
from seminarkit.core.seminar.decision_words import decision_words
from seminarkit.core.seminar.delegation_decisions import Chosen, PersonForgotten, Undone
from seminarkit.core.seminar.valid_decisions import (
    Logged,
    beside,
    conflicts,
    counting,
    in_force,
    later_on,
)
from seminarkit.core.seminar.version_decisions import Seen, VersionChosen
from seminarkit.core.shown_names import shown_name


def line_of(everything: Everything, text: str) -> Logged:
    """Return the decision whose id begins with a text; raises SeminarError where there is none."""
    ids = {entry.id: (entry, decision) for entry, decision in everything}
    entry, decision = ids[find_id(text, ids)]
    if decision:
        return Logged(decision, entry)
    if entry.redacted:
        raise SeminarError("That line was of somebody who was forgotten: nothing of it is left.")
    kind = shown_name(str(entry.values.get("kind")))
    raise SeminarError(
        f"This version of the kit does not know what '{kind}' decides, so it cannot be taken back "
        "here. Use the version that decided it."
    )


def undone(everything: Everything, chosen: Logged, at: str) -> Undone:
    """Return the decision that takes one back; raises SeminarError where that cannot be.

    ``at`` is the moment of now (UTC, ISO 8601).
    """
    lines, decision = logged(everything), chosen.decision
    names = short_ids([entry.id for entry, _ in everything])
    if isinstance(decision, PersonForgotten):
        raise SeminarError(
            "Who was forgotten cannot be brought back: what they had sent is not here any more. "
            "Write them into seminar.yml under another id, and ask them to send it again."
        )
    force = in_force(lines)
    if not any(each.entry.id == chosen.entry.id for each in force):
        takers = [e for e in force if chosen.entry.id in e.decision.takes_back]
        how = "".join(f" To have it again: seminar undo {names[e.entry.id]}" for e in takers)
        raise SeminarError(
            f"{names[chosen.entry.id]} is taken back already ({decision_words(decision)}).{how}"
        )
    if later := later_on(lines, chosen)[::-1]:
        told = "; ".join(f"{names[e.entry.id]} {decision_words(e.decision)}" for e in later)
        order = ", then ".join(f"seminar undo {names[e.entry.id]}" for e in (*later, chosen))
        raise SeminarError(
            f"{names[chosen.entry.id]} cannot be undone by itself, since later decisions build on "
            f"it: {told}. In this order: {order}"
        )
    return Undone(chosen.entry.id, decision.kind, list(decision.decides_on), at=at)


def choice(everything: Everything, chosen: Logged, seen: Seen, at: str) -> Decision:
    """Return the decision that ends a conflict for one of its sides; raises SeminarError.

    ``seen`` says which files have arrived: a version of a form counts over all of these.
    """
    lines, decision = logged(everything), chosen.decision
    sides = {each.entry.id for some in conflicts(lines) for each in some}
    if chosen.entry.id not in sides:
        names = short_ids([entry.id for entry, _ in everything])
        these = f" In conflict are: {', '.join(names[each] for each in sides)}." if sides else ""
        raise SeminarError(
            f"Nothing stands against {names[chosen.entry.id]} ({decision_words(decision)}): there "
            f"is nothing to choose.{these}"
        )
    if isinstance(decision, VersionChosen):  # it counts over what came since to the other copy
        return replace(decision, seen=seen, at=at, by="", id="")
    instead = [each.entry.id for each in beside(lines, chosen)]
    return Chosen(chosen.entry.id, decision.kind, instead, list(decision.decides_on), at=at)


def holds_now(lines: Sequence[Logged], of: Logged) -> str:
    """Return in words what holds of the subject of a decision, or of what it took back."""
    counted, subject = counting(lines), of.decision.decides_on
    if not subject:
        by_id = {each.entry.id: each for each in lines}
        while isinstance(of.decision, Undone) and of.decision.of in by_id:
            of = by_id[of.decision.of]
        counts = any(each.entry.id == of.entry.id for each in counted)
        return f"{'It counts' if counts else 'It does not count'}: {decision_words(of.decision)}."
    if any(sides[0].decision.decides_on == subject for sides in conflicts(lines)):
        return "Decisions on it stand against each other:"
    on_it = [each for each in counted if each.decision.decides_on == subject]
    if not on_it:
        return "Nothing is decided on that now: it is as if it had never been."
    return f"What holds now: {decision_words(on_it[-1].decision)}."
