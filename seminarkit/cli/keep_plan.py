"""Stores a plan of groups, unless somebody else decided meanwhile."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import datetime

import click

from seminarkit.core.errors import SeminarError
from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.delegation_decisions import Nominated, NominationUndone, Seated
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.seat_decisions import Absent, Freed, Moved, Present
from seminarkit.core.store.lock import writing


def about_groups(decisions: Iterable[Decision]) -> list[Decision]:
    """Return the decisions that a plan of groups depends on, in order."""
    return [decision for decision in decisions if _words(decision)]


def keep_decisions(
    folder: SeminarFolder, before: Sequence[Decision], new: Sequence[Decision]
) -> None:
    """Write new decisions into the log, unless others came after ``before`` was read.

    Planning takes many seconds, in which the server of forms must not wait: so it is done before
    the lock is held. Nothing is planned again here, since what is kept is what was shown, and what
    somebody perhaps said yes to.
    """
    with writing(folder.lock):
        # by content and not by number: a sync may insert some in between
        present = about_groups(folder.decisions)
        others = [item for item in present if item not in before]
        if gone := [item for item in before if item not in present]:
            raise SeminarError(
                f"A decision was undone ({', '.join(map(_words, gone))}) after this run had read "
                "the groups. Nothing from this run was kept. Look again: seminar groups"
            )
        if others:
            words = ", ".join(dict.fromkeys(_words(other) for other in others))
            when = datetime.fromisoformat(others[-1].at).astimezone(folder.seminar.zone)
            raise SeminarError(
                f"Another plan was kept at {when:%H:%M} ({words}) after this run had read the "
                "groups. Nothing from this run was kept. Look again: seminar groups"
            )
        folder.decisions.add(new)


def ask(doubts: Sequence[str], yes: bool) -> None:
    """Ask whether to keep a plan in spite of doubts; raises SeminarError where nobody can say yes.

    ``yes`` is the answer given beforehand.
    """
    if not doubts or yes:
        return
    if sys.stdin.isatty():
        for doubt in doubts:
            click.echo(doubt)
        click.confirm("Keep the plan anyway?", abort=True)
        return
    raise SeminarError(
        f"{' '.join(doubts)} Nothing was kept. To keep the plan anyway: --keep --yes"
    )


def _words(decision: Decision) -> str:
    if isinstance(decision, Moved):
        return f"{decision.person} moved"
    if isinstance(decision, Freed):
        return f"{decision.person} set free"
    if isinstance(decision, Absent):
        return f"{decision.person} absent"
    if isinstance(decision, Present):
        return f"{decision.person} present"
    if isinstance(decision, Seated):
        return f"{decision.session} planned"
    if isinstance(decision, NominationUndone):
        return f"the nomination of {decision.country} taken back"
    return f"{decision.country} nominated" if isinstance(decision, Nominated) else ""
