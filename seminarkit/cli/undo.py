"""``seminar undo``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from seminarkit.cli.conflict_lines import conflict_lines, maker_words
from seminarkit.cli.nomination_lines import losing_after
from seminarkit.cli.options import dry_run_option, plural, with_folder
from seminarkit.core.errors import SeminarError
from seminarkit.core.seminar.clock import now
from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.decision_history import logged, short_ids
from seminarkit.core.seminar.decision_words import decision_words
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.undo_decision import line_of, undone, valid_decision_words
from seminarkit.core.seminar.valid_decisions import Logged, decided_next, in_force, valid_lines
from seminarkit.core.store.lock import writing
from seminarkit.topics.intake.indexing import reapply_choice

_ONE_BY_ONE = 5  # decisions of the same moment that are named


@click.command()
@click.argument("decision", metavar="ID")
@click.option("--anyway", is_flag=True, help="Even if somebody leaves who has sent something.")
@dry_run_option
@with_folder
def command(folder: SeminarFolder, decision: str, anyway: bool, dry_run: bool) -> None:
    """Take a decision back: everything is as it was before it.

    ID is the id in 'seminar log', or the first characters of it. Nothing is removed from the log:
    it gets a new line with when the decision was undone and by whom. You can undo that too. If
    later decisions on the same subject build on this one, it is not undone, and you see which to
    undo first. Mails that were sent, and people who were forgotten, do not come back.

    \b
    Example:
      seminar undo 3f9a02 --dry-run
      seminar undo 3f9a02
    """
    with writing(folder.lock):
        everything = folder.decisions.everything()
        before = logged(everything)
        chosen = line_of(everything, decision)
        taken_back = undone(everything, chosen, now())
        lost = [] if anyway else list(_losing(folder, before, taken_back))
        if lost and not dry_run:
            raise SeminarError("\n".join(["Nothing was undone.", *lost]))
        if not dry_run:
            folder.decisions.add([taken_back])
            reapply_choice(folder)
    after = decided_next(before, taken_back) if dry_run else folder.decisions.lines()
    words = f"{decision_words(chosen.decision)} ({maker_words(folder, chosen)})"
    click.echo(f"{'Would be undone' if dry_run else 'Undone'}: {words}.")
    click.echo("\n".join([*lost, valid_decision_words(after, chosen)]))
    if dry_run:
        return
    on_it = [e for e in after if e.decision.decides_on == chosen.decision.decides_on]
    for line in conflict_lines(folder, {item.entry.id for item in on_it}):
        click.echo(line)
    for line in _made_with(chosen, after):
        click.echo(line)
    click.echo("Next: seminar next")


def _losing(folder: SeminarFolder, before: Sequence[Logged], taken_back: Decision) -> Iterator[str]:
    """Yield a warning per person with submissions who would leave a delegation."""
    topic, *country = taken_back.decides_on or ("",)
    if topic == "delegation":
        after = [line.decision for line in valid_lines(decided_next(before, taken_back))]
        yield from losing_after(folder, country, after)


def _made_with(chosen: Logged, after: Sequence[Logged]) -> Iterator[str]:
    """Yield the other decisions of the same moment, such as a move and the resulting plan."""
    names = short_ids([item.entry.id for item in after])
    others = [
        decision
        for decision in in_force(after)
        if decision.entry.writer == chosen.entry.writer
        and decision.decision.at == chosen.decision.at
        and decision.entry.id != chosen.entry.id
    ]
    if len(others) > _ONE_BY_ONE:
        count = plural(len(others), "other decision")
        yield f"{count} made at the same moment still count. See: seminar log"
        return
    for other in others:
        yield (
            f"Decided at the same moment, and still counts: {decision_words(other.decision)}. "
            f"To undo it too: seminar undo {names[other.entry.id]}"
        )
