"""Undo a decision, or choose one of several decisions that are in conflict."""

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
    conflicts,
    in_force,
    independent_decisions,
    later_decisions,
    valid_lines,
)
from seminarkit.core.seminar.version_decisions import Seen, VersionChosen
from seminarkit.core.shown_names import shown_name


def line_of(everything: Everything, text: str) -> Logged:
    """Return the decision whose id begins with ``text``. Raise SeminarError if there is none."""
    ids = {entry.id: (entry, decision) for entry, decision in everything}
    entry, decision = ids[find_id(text, ids)]
    if decision:
        return Logged(decision, entry)
    if entry.redacted:
        raise SeminarError(
            "That decision was about a person whose data were removed. Its content was removed too."
        )
    kind = shown_name(str(entry.values.get("kind")))
    raise SeminarError(
        f"This version of the kit does not know what '{kind}' decides, so it cannot be undone "
        "here. Use the newer version that wrote it."
    )


def undone(everything: Everything, chosen: Logged, at: str) -> Undone:
    """Return a decision that undoes ``chosen``. Raise SeminarError if this is impossible."""
    lines, decision = logged(everything), chosen.decision
    names = short_ids([entry.id for entry, _ in everything])
    if isinstance(decision, PersonForgotten):
        raise SeminarError(
            "The removal of a person's data cannot be undone: the files are no longer here. "
            "Add the person to seminar.yml under another id, and ask for the files again."
        )
    valid = in_force(lines)
    if not any(line.entry.id == chosen.entry.id for line in valid):
        revoking = [line for line in valid if chosen.entry.id in line.decision.revokes]
        how = "".join(f" To restore it: seminar undo {names[line.entry.id]}" for line in revoking)
        raise SeminarError(
            f"{names[chosen.entry.id]} was already undone ({decision_words(decision)}).{how}"
        )
    if later := later_decisions(lines, chosen)[::-1]:
        words = "; ".join(
            f"{names[line.entry.id]} {decision_words(line.decision)}" for line in later
        )
        order = ", then ".join(f"seminar undo {names[line.entry.id]}" for line in (*later, chosen))
        raise SeminarError(
            f"{names[chosen.entry.id]} cannot be undone on its own, because later decisions build "
            f"on it: {words}. Undo them in this order: {order}"
        )
    return Undone(chosen.entry.id, decision.kind, list(decision.decides_on), at=at)


def choice(everything: Everything, chosen: Logged, seen: Seen, at: str) -> Decision:
    """Return a decision that settles a conflict in favour of ``chosen``.

    ``seen`` contains the files received so far. Raises SeminarError if there is no conflict.
    """
    lines, decision = logged(everything), chosen.decision
    sides = {line.entry.id for conflict in conflicts(lines) for line in conflict}
    if chosen.entry.id not in sides:
        names = short_ids([entry.id for entry, _ in everything])
        hint = f" These are in conflict: {', '.join(names[id_] for id_ in sides)}." if sides else ""
        raise SeminarError(
            f"{names[chosen.entry.id]} ({decision_words(decision)}) is not in conflict with any "
            f"other decision: there is nothing to choose.{hint}"
        )
    if isinstance(decision, VersionChosen):  # it also counts over later arrivals of the other copy
        return replace(decision, seen=seen, at=at, by="", id="")
    instead = [line.entry.id for line in independent_decisions(lines, chosen)]
    return Chosen(chosen.entry.id, decision.kind, instead, list(decision.decides_on), at=at)


def valid_decision_words(lines: Sequence[Logged], of: Logged) -> str:
    """Return a sentence on the valid decision for the subject of ``of``."""
    counted, subject = valid_lines(lines), of.decision.decides_on
    if not subject:
        by_id = {line.entry.id: line for line in lines}
        while isinstance(of.decision, Undone) and of.decision.of in by_id:
            of = by_id[of.decision.of]
        counts = any(line.entry.id == of.entry.id for line in counted)
        return f"{'It counts' if counts else 'It does not count'}: {decision_words(of.decision)}."
    if any(sides[0].decision.decides_on == subject for sides in conflicts(lines)):
        return "The decisions on this subject are in conflict:"
    same_subject = [line for line in counted if line.decision.decides_on == subject]
    if not same_subject:
        return "No decision on this subject is valid now."
    return f"Now decided: {decision_words(same_subject[-1].decision)}."
