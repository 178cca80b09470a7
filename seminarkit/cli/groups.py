"""``seminar groups``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from seminarkit.cli.keep_plan import about_groups, ask, keep_decisions
from seminarkit.cli.options import dry_run_option, json_option, print_json, with_folder
from seminarkit.cli.plan_lines import group_json, plan_json, show_session
from seminarkit.cli.plan_requests import (
    Requests,
    group_sessions_asked,
    people_asked,
    seats_asked,
)
from seminarkit.core.seminar.clock import now
from seminarkit.core.seminar.delegation_decisions import Seated
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.seminar_today import applied
from seminarkit.core.seminar.sessions import DiscussionGroup
from seminarkit.core.store.read_store import submissions

if TYPE_CHECKING:
    from seminarkit.topics.groups.planning import Plan


@click.command()
@click.option("--session", "sessions", multiple=True, metavar="ID", help="Only this session.")
@click.option(
    "--move",
    "moves",
    multiple=True,
    metavar="PERSON=GROUP",
    help="Put a person into a group; no later plan moves them.",
)
@click.option(
    "--free", multiple=True, metavar="PERSON", help="Let later plans move this person again."
)
@click.option("--absent", multiple=True, metavar="PERSON", help="This person is not coming.")
@click.option("--present", multiple=True, metavar="PERSON", help="This person is coming after all.")
@click.option(
    "--rapporteur",
    "rapporteurs",
    multiple=True,
    metavar="PERSON=GROUP",
    help="Who takes notes in a group.",
)
@click.option("--confirmed", multiple=True, metavar="PERSON", help="This rapporteur said yes.")
@click.option("--afresh", is_flag=True, help="Forget who sits where, except for people you moved.")
@click.option("--keep", is_flag=True, help="Decide on this plan, for everybody to see.")
@click.option("--yes", is_flag=True, help="Keep the plan without asking first.")
@click.option("--people", "with_people", is_flag=True, help="List everybody's name in each group.")
@click.option("--seconds", default=60.0, show_default=True, help="Time to look for the best plan.")
@dry_run_option
@json_option
@with_folder
def command(
    folder: SeminarFolder,
    sessions: tuple[str, ...],
    moves: tuple[str, ...],
    free: tuple[str, ...],
    absent: tuple[str, ...],
    present: tuple[str, ...],
    rapporteurs: tuple[str, ...],
    confirmed: tuple[str, ...],
    afresh: bool,
    keep: bool,
    yes: bool,
    with_people: bool,
    seconds: float,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Plan the discussion groups: who sits where, and who leads.

    Groups have the size that seminar.yml asks for. People from one country are in different groups,
    and profiles and regions are mixed. Nobody meets a case, a chair or a discussant twice within
    the rounds of one kind, such as those on case studies. Of such plans, one that fits the wishes
    best is taken: 3 points for a first wish, 2 for another wish, 1 for a group made for the
    person's profile. A rule that cannot be kept is named, with what you could relax.

    Nothing is decided before --keep. After that, a new plan leaves people where they are. It takes
    out people who left and puts in new people, and as few as possible move. People whom you moved
    stay there until --free. Naming a rapporteur, or saying that somebody is absent, moves nobody.

    \b
    Example:
      seminar groups                           show what the plan would be
      seminar groups --keep                    decide it; then: seminar prepare, seminar publish
      seminar groups --session d1-groups-2     only the second round; the first stays as it is
      seminar groups --move GE-2=d1-groups-1-dcu --keep
      seminar groups --rapporteur UA-2=d2-group-1 --keep     later: --confirmed UA-2 --keep
      seminar groups --absent AM-2 --session d2-groups --keep
    """
    from seminarkit.topics.groups.planning import plan
    from seminarkit.topics.groups.rapporteurs import with_rapporteurs
    from seminarkit.topics.groups.seating.violation_words import chairs_met_again

    before, at = about_groups(folder.decisions), now()
    asked = Requests(
        group_sessions_asked(folder, sessions),
        seats_asked(folder, moves),
        seats_asked(folder, rapporteurs),
        people_asked(folder, confirmed),
        people_asked(folder, free),
        people_asked(folder, absent),
        people_asked(folder, present),
        afresh,
    )
    first = asked.before_planning(folder.seminar, at)
    # from the beginning: who comes after all sits where they sat before they were absent
    seminar = applied(folder.written, [*folder.decisions, *first])
    to_plan = asked.planned(seminar)
    planned = plan(
        seminar,
        submissions(folder.database),
        {case.id: case.institution for case in folder.cases.values()},
        to_plan,
        asked.placed,
        seconds,
        afresh=afresh,
    )
    asked.check(seminar, planned.seating.groups)
    planned = with_rapporteurs(planned, dict(asked.rapporteurs), asked.confirmed)
    seated = _seated(seminar, planned, at)
    moved = asked.moved(seminar, planned.seating.groups, at)
    after = applied(seminar, [*moved, *seated])
    if as_json:
        print_json(plan_json(after, planned, _attention(after, planned)))
    else:
        shown = {*to_plan, *(person.session for person in seated)} or {s.id for s in asked.sessions}
        for session in asked.sessions:
            if session.id in shown and session.id in planned.seating.groups:
                show_session(after, session, planned, with_people)
        for sentence in _attention(after, planned):
            click.echo(f"Attention: {sentence}")
        for sentence in chairs_met_again(after, planned.seating):
            click.echo(f"Note: {sentence}")
        click.echo(_how_good(seminar, asked, to_plan, planned))
    if keep and not dry_run:
        ask(_doubts(asked, planned, seminar, sessions_named=bool(sessions)), yes)
        keep_decisions(folder, before, [*first, *moved, *seated])
    if not as_json:
        words = (
            "Kept. Next: seminar prepare, seminar publish, and seminar sheets for the day itself."
        )
        click.echo(words if keep and not dry_run else "Nothing is decided yet: add --keep")


def _seated(seminar: Seminar, planned: Plan, at: str) -> list[Seated]:
    """Return a decision per session whose groups differ from those decided."""
    return [
        Seated(session, [group_json(group) for group in groups], at=at)
        for session, groups in planned.seating.groups.items()
        if _in_order(groups) != _in_order(seminar.seating.get(session, []))
        and (groups or session in seminar.seating)
    ]


def _in_order(groups: Sequence[DiscussionGroup]) -> list[DiscussionGroup]:
    return [group.model_copy(update={"people": sorted(group.people)}) for group in groups]


def _attention(after: Seminar, planned: Plan) -> list[str]:
    from seminarkit.topics.groups.differences import differences
    from seminarkit.topics.groups.seating.violation_words import reasons

    return [*reasons(after, planned.seating), *differences(after)]


def _how_good(seminar: Seminar, asked: Requests, to_plan: Sequence[str], planned: Plan) -> str:
    from seminarkit.topics.groups.seating.proof_words import proof

    if not to_plan:
        return "Nobody was moved."
    decided = not asked.afresh and any(seminar.seating.get(session) for session in to_plan)
    by_hand = bool(asked.placed) or any(
        seminar.pins.get(session) or any(group.rapporteur for group in seminar.seating[session])
        for session in to_plan
        if session in seminar.seating and (asked.afresh or planned.seating.moved[session])
    )
    return proof(planned.seating, decided=decided, named=by_hand)


def _doubts(asked: Requests, planned: Plan, seminar: Seminar, *, sessions_named: bool) -> list[str]:
    """Return what an organiser has to agree to before a plan is kept.

    ``sessions_named``: the organiser named the sessions to plan, and so expects moves.
    """
    from seminarkit.topics.groups.seating.proof_words import ACCEPTED

    seating = planned.seating
    doubts = []
    others = [p for people in seating.moved.values() for p in people if p not in asked.moves]
    if asked.moves and others and not asked.afresh:
        verb = "moves" if len(others) == 1 else "move"
        doubts.append(f"To keep the rules, {', '.join(others)} {verb} too.")
    if not (asked.moves or sessions_named or asked.afresh):
        doubts += [
            f"{', '.join(people)} would be moved in {session}, which is already decided. To plan "
            "only another session, name it: --session."
            for session, people in seating.moved.items()
            if people and seminar.seating.get(session)
        ]
    if seating.gap > ACCEPTED:
        doubts.append(
            f"Another plan might be better by up to {seating.gap:.1%}. To look longer: "
            "--seconds 300."
        )
    return doubts
