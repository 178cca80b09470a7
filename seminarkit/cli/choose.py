"""``seminar choose``."""

from __future__ import annotations

import click

from seminarkit.cli.conflict_lines import conflict_lines, maker_words
from seminarkit.cli.options import dry_run_option, with_folder
from seminarkit.core.seminar.clock import now
from seminarkit.core.seminar.decision_history import logged
from seminarkit.core.seminar.decision_words import decision_words
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.undo_decision import choice, line_of, valid_decision_words
from seminarkit.core.seminar.valid_decisions import conflicts, decided_next
from seminarkit.core.store.lock import writing
from seminarkit.core.store.read_store import seen_by
from seminarkit.topics.intake.indexing import reapply_choice


@click.command()
@click.argument("decision", metavar="[ID]", required=False)
@dry_run_option
@with_folder
def command(folder: SeminarFolder, decision: str | None, dry_run: bool) -> None:
    """Choose one of two decisions that people made independently.

    On two copies of a seminar, two people may decide differently on the same question, group or
    delegation. Both decisions are shown, with who made them and when. For public wording, seats
    and nominations, neither decision counts until you choose. In all other cases the later one
    counts. Without an ID, all decisions that wait for a choice are listed. You can also choose by
    making a new decision on the same subject with its own command.

    \b
    Example:
      seminar choose
      seminar choose 3f9a02
    """
    if decision is None:
        lines = list(conflict_lines(folder))
        click.echo("\n".join(lines) or "There is nothing to choose: no decisions are in conflict.")
        return
    with writing(folder.lock):
        everything = folder.decisions.everything()
        before = logged(everything)
        chosen = line_of(everything, decision)
        meant = choice(everything, chosen, seen_by(folder), now())
        if not dry_run:
            folder.decisions.add([meant])
            reapply_choice(folder)
    after = decided_next(before, meant) if dry_run else folder.decisions.lines()
    would = "Would be chosen" if dry_run else "Chosen"
    click.echo(f"{would}: {decision_words(chosen.decision)} ({maker_words(folder, chosen)}).")
    for conflict in (side for sides in conflicts(before) for side in sides):
        on_it = conflict.decision.decides_on == chosen.decision.decides_on
        if on_it and conflict.entry.id != chosen.entry.id:
            who = maker_words(folder, conflict)
            click.echo(f"Not chosen: {decision_words(conflict.decision)} ({who}).")
    click.echo(valid_decision_words(after, chosen))
    if not dry_run:
        click.echo("Next: seminar next")
