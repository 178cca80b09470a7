"""``seminar nominate``."""

from __future__ import annotations

from collections.abc import Sequence

import click

from seminarkit.cli.decide_locked import deciding
from seminarkit.cli.nomination_lines import details, losing_after, nomination_json, obstacles
from seminarkit.cli.options import dry_run_option, json_option, plural, print_json, with_folder
from seminarkit.core.errors import SeminarError, UsageError
from seminarkit.core.seminar.clock import now
from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.delegation_decisions import Nominated, NominationUndone
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.recipients import nobody_words
from seminarkit.core.store.read_store import submissions
from seminarkit.topics.progress.nominations import Nomination
from seminarkit.topics.progress.nominees import Answers
from seminarkit.topics.progress.parallel_nominations import nominations_of


@click.command()
@click.argument("countries", nargs=-1, metavar="[COUNTRY]...")
@click.option(
    "--anyway",
    is_flag=True,
    help="Take a nomination even if it breaks the rule, removes somebody who has sent something, "
    "or was made without the one in force.",
)
@click.option(
    "--same",
    multiple=True,
    metavar="NEW=KNOWN",
    help="This new person is a person already known: GE-4=GE-2.",
)
@click.option(
    "--new",
    multiple=True,
    metavar="ID",
    help="This person resembles somebody known, but is a different person.",
)
@click.option("--undo", is_flag=True, help="Go back to the delegation before the last nomination.")
@dry_run_option
@json_option
@with_folder
def command(
    folder: SeminarFolder,
    countries: tuple[str, ...],
    anyway: bool,
    same: tuple[str, ...],
    new: tuple[str, ...],
    undo: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Show the nominations received, or take those of some countries.

    Each nomination is checked against the rule: the number of people, the NEO among them, nobody
    twice, nobody in two delegations. A person who is named again keeps their id, even with a title
    before the name. Where a name or an address is similar, you are asked. Without --anyway, nobody
    who has sent something is removed. A report of the delegation still counts after its writer
    leaves. --undo takes a nomination back.

    \b
    Example:
      seminar nominate            who was named, and what that would change
      seminar nominate GE Moldova
      seminar nominate GE --same GE-4=GE-2
      seminar nominate GE --undo
    """
    codes = [folder.country(text) for text in countries]
    if undo:
        _undo(folder, codes, dry_run, anyway)
        return
    # locked, so that exactly the nominations shown are taken
    with deciding(folder, dry_run or not codes) as present:
        chosen = _chosen(present, codes, _answers(same, new))
        seminar = present.seminar
        stopped = [why for item in chosen for why in obstacles(seminar, item, anyway=anyway)]
        changed = [item for item in chosen if item.has_news]
        if codes and not (dry_run or stopped):
            present.decisions.add(_decision(item) for item in changed)
    if as_json:
        print_json([nomination_json(item) for item in chosen])
    else:
        for nomination in chosen:
            for line in details(seminar, nomination):
                click.echo(line)
    if not codes:
        if not as_json:
            click.echo("To take one: seminar nominate COUNTRY")
            for code in seminar.countries:
                if unreached := nobody_words(seminar, code):
                    click.echo(unreached)
        return
    if stopped and not dry_run:
        raise SeminarError("\n".join(["No nomination was taken.", *stopped]))
    if as_json:
        return
    if stopped:
        click.echo("\n".join(["No nomination would be taken.", *stopped]))
        return
    words = "would be taken" if dry_run else "taken"
    click.echo(
        f"{plural(len(changed), 'nomination')} {words}. Next: seminar prepare, then send the packs."
    )


def _chosen(folder: SeminarFolder, codes: Sequence[str], answers: Answers) -> list[Nomination]:
    received = submissions(folder.database)
    waiting = nominations_of(folder, received, answers)
    by_country = {nomination.country: nomination for nomination in waiting}
    for code in codes:
        if code not in by_country:
            name = folder.seminar.in_text(code)
            raise UsageError(f"No nomination of {name} has been received. First: seminar collect")
    chosen = [by_country[code] for code in codes] if codes else waiting
    wrong = [words for nomination in chosen for words in nomination.wrong]
    wrong += [
        words
        for words in (*answers.same, *answers.new)
        if words[:2] not in {nomination.country for nomination in chosen}
    ]
    if wrong:
        raise UsageError(
            f"{', '.join(wrong)}: there is no row with this id, or the person named with it "
            "is not free. See the ids: seminar nominate"
        )
    return chosen


def _answers(same: Sequence[str], new: Sequence[str]) -> Answers:
    pairs = {}
    for text in same:
        row, sign, known = text.upper().partition("=")
        if not sign:
            raise UsageError(f"'{text}' is not written like GE-4=GE-2.")
        pairs[row.strip()] = known.strip()
    return Answers(pairs, frozenset(item.strip().upper() for item in new))


def _undo(folder: SeminarFolder, codes: Sequence[str], dry_run: bool, anyway: bool) -> None:
    if not codes:
        raise UsageError("Say for which country: seminar nominate GE --undo")
    with deciding(folder, dry_run) as present:
        undone = _taken_back(present, codes)
        stopped = list(losing_after(present, codes, [*present.decisions, *undone]))
        if stopped and not anyway and not dry_run:
            raise SeminarError("\n".join(["No nomination was taken back.", *stopped]))
        if not dry_run:
            present.decisions.add(undone)
    if dry_run:
        click.echo(
            "\n".join([*stopped, f"{plural(len(undone), 'nomination')} would be taken back."])
        )
        return
    again = SeminarFolder(folder.root).seminar
    for code in codes:
        people = ", ".join(f"{p.id} {p.name}" for p in again.delegations.get(code, []))
        click.echo(f"{again.at_start(code)} has its earlier delegation: {people or 'nobody'}.")
    click.echo("Next: seminar prepare, then send the packs.")


def _taken_back(folder: SeminarFolder, codes: Sequence[str]) -> list[Decision]:
    """Return the decisions that undo the last nomination of each country."""
    taken: dict[str, list[Nominated]] = {}
    for decision in folder.decisions:
        if isinstance(decision, Nominated):
            taken.setdefault(decision.country, []).append(decision)
        elif isinstance(decision, NominationUndone) and taken.get(decision.country):
            taken[decision.country].pop()
    for code in codes:
        if not taken.get(code):
            name = folder.seminar.in_text(code)
            raise UsageError(f"No nomination of {name} was taken: there is nothing to take back.")
    return [NominationUndone(code, taken[code][-1].receipt, at=now()) for code in codes]


def _decision(nomination: Nomination) -> Nominated:
    people = [person.model_dump(exclude_none=True) for person in nomination.people]
    return Nominated(nomination.country, people, nomination.receipt, at=now())
