"""``seminar groups``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from seminarkit.cli.common import dry_run_option, json_option, print_json, with_folder
from seminarkit.errors import UsageError, did_you_mean
from seminarkit.seminar.clock import now
from seminarkit.seminar.decisions import Seated
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.seminar.sessions import DiscussionGroup, Session
from seminarkit.store.lock import writing
from seminarkit.store.reading import submissions

if TYPE_CHECKING:
    from seminarkit.discuss.planning import Plan


@click.command()
@click.option("--session", "sessions", multiple=True, metavar="ID", help="Only this session.")
@click.option("--move", "moves", multiple=True, metavar="PERSON=GROUP", help="Put somebody there.")
@click.option(
    "--rapporteur", "rapporteurs", multiple=True, metavar="PERSON=GROUP", help="Who takes notes."
)
@click.option("--confirmed", multiple=True, metavar="PERSON", help="This rapporteur said yes.")
@click.option("--keep", is_flag=True, help="Decide it so: tell the groups to everybody.")
@click.option("--people", "with_people", is_flag=True, help="Name everybody in each group.")
@click.option("--seconds", default=10.0, show_default=True, help="Time to look for the best.")
@dry_run_option
@json_option
@with_folder
def command(
    folder: SeminarFolder,
    sessions: tuple[str, ...],
    moves: tuple[str, ...],
    rapporteurs: tuple[str, ...],
    confirmed: tuple[str, ...],
    keep: bool,
    with_people: bool,
    seconds: float,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Plan the discussion groups: who sits where, and who leads.

    Groups have the size that seminar.yml asks for. People of one country are set apart, profiles
    and regions mixed, and in the rounds on case studies nobody meets a case, a chair or a
    discussant twice. Of such plans, one that fits the wishes best is taken: 3 points for a first
    wish, 2 for another, 1 for a group made for one's profile. What cannot be kept is named, with
    what to loosen.

    Nothing is decided before --keep. After that a new plan leaves people where they sit: who left
    is taken out, who is new is put in, and as few as possible move.

    \b
    Example:
      seminar groups                           what it would be
      seminar groups --keep                    decide it; then: seminar prepare, seminar publish
      seminar groups --session d1-groups-2     only the second round; the first stays as it is
      seminar groups --move GE-2=d1-groups-1-dcu --keep
      seminar groups --rapporteur UA-2=d2-group-1 --keep     later: --confirmed UA-2 --keep
    """
    from seminarkit.discuss.planning import plan
    from seminarkit.discuss.rapporteurs import with_rapporteurs

    chosen = _sessions(folder, sessions)
    placed = _moves(folder, [*moves, *rapporteurs])
    planned = plan(
        folder.seminar,
        submissions(folder.database),
        {case.id: case.institution for case in folder.cases.values()},
        [session.id for session in chosen],
        placed,
        seconds,
    )
    _check_moves(placed, planned)
    planned = with_rapporteurs(planned, dict(_move(folder, r) for r in rapporteurs), confirmed)
    if as_json:
        print_json(_as_json(folder, planned))
    else:
        _show(folder, chosen, planned, with_people, named=bool(placed))
    if keep and not dry_run:
        at = now()
        with writing(folder.lock):
            folder.decisions.add(
                Seated(session.id, [_group(g) for g in groups], at=at)
                for session in chosen
                if (groups := planned.seating.groups.get(session.id)) is not None
                and groups != folder.seminar.seating.get(session.id)
            )
    if not as_json:
        said = (
            "Kept. Next: seminar prepare, seminar publish, and seminar sheets for the day itself."
        )
        click.echo(said if keep and not dry_run else "Nothing is decided yet: add --keep")


def _sessions(folder: SeminarFolder, asked: Sequence[str]) -> list[Session]:
    from seminarkit.discuss.groups import group_sessions

    known = {session.id: session for session in group_sessions(folder.seminar)}
    if not known:
        raise UsageError(
            "No session has `seats`, so there are no groups to plan. Write under the session in "
            "seminar.yml, for example: seats: {size: [15, 20]}"
        )
    for each in asked:
        if each not in known:
            hint = did_you_mean(each, known)
            raise UsageError(f"'{each}' is no session with groups.{hint} There are: {_list(known)}")
    return [known[each] for each in asked] or list(known.values())


def _moves(folder: SeminarFolder, texts: Sequence[str]) -> dict[str, str]:
    placed: dict[str, str] = {}
    for person, group in (_move(folder, text) for text in texts):
        if placed.setdefault(person, group) != group:
            raise UsageError(
                f"{person} is put into two groups, {placed[person]} and {group}; for two sessions, "
                "move and keep one after the other."
            )
    return placed


def _move(folder: SeminarFolder, text: str) -> tuple[str, str]:
    person, sign, group = text.partition("=")
    person = person.strip().upper()
    if not sign:
        raise UsageError(f"'{text}' names no group; write it as GE-2=d1-groups-1-dcu.")
    if folder.seminar.participant(person) is None:
        people = [p.id for each in folder.seminar.delegations.values() for p in each]
        raise UsageError(f"'{person}' is no core participant.{did_you_mean(person, people)}")
    return person, group.strip()


def _check_moves(placed: dict[str, str], planned: Plan) -> None:
    groups = {g.id: g for held in planned.seating.groups.values() for g in held}
    for person, group in placed.items():
        if group not in groups:
            hint = did_you_mean(group, groups)
            raise UsageError(f"'{group}' is no group.{hint} There are: {_list(groups)}")
        if person not in groups[group].people:
            raise UsageError(
                f"{person} does not come to that session, so no group of it can hold them; "
                "see their registration."
            )


def _show(
    folder: SeminarFolder,
    sessions: Sequence[Session],
    planned: Plan,
    with_people: bool,
    *,
    named: bool,
) -> None:
    from seminarkit.discuss.proofs import proof
    from seminarkit.discuss.reasons import reasons

    for session in sessions:
        _show_session(folder, session, planned, with_people)
    for sentence in reasons(folder.seminar, planned.seating):
        click.echo(f"Attention: {sentence}")
    decided = any(folder.seminar.seating.get(session.id) for session in sessions)
    moved = sum(map(len, planned.seating.moved.values()))
    click.echo(proof(planned.seating.gap, decided=decided, moved=moved, named=named))


def _show_session(
    folder: SeminarFolder, session: Session, planned: Plan, with_people: bool
) -> None:
    seminar, seating = folder.seminar, planned.seating
    groups, said = seating.groups[session.id], planned.registered[session.id]
    assert session.seats is not None
    seated = sum(len(group.people) for group in groups)
    click.echo(f"{session.id}  {session.title}: {seated} people in {len(groups)} groups")
    for group in groups:
        lead = f"chair {_person(folder, group.chair)}"
        if group.case:
            lead += f", discussant {_person(folder, group.discussant)}"
        if group.rapporteur:
            yes = "" if group.confirmed else ", to be confirmed"
            lead += f", rapporteur {group.rapporteur}{yes}"
        click.echo(f"  {len(group.people):>3}  {group.id}  {group.title}; {lead}")
        for person in group.people if with_people else []:
            participant = seminar.participant(person)
            assert participant is not None
            click.echo(f"         {person:<6} {participant.name} ({participant.profile})")
    for number, people in enumerate(seating.wishes[session.id], start=1):
        click.echo(f"  wish {number} came true for {len(people)}")
    away = [each for each in said if each.comes is False]
    silent = [each for each in said if each.comes is None]
    has = "have no seat" if session.seats.registration == "required" else "have a seat all the same"
    click.echo(f"  {len(away)} stay away; {len(silent)} have not registered and {has}")
    if moved := seating.moved[session.id]:
        click.echo(f"  moved: {', '.join(moved)}")


def _person(folder: SeminarFolder, person: str | None) -> str:
    return folder.seminar.people[person].name if person else "still missing"


def _group(group: DiscussionGroup) -> dict[str, object]:
    return group.model_dump(exclude_none=True)


def _as_json(folder: SeminarFolder, planned: Plan) -> dict[str, object]:
    from seminarkit.discuss.reasons import reasons

    seating = planned.seating
    return {
        "groups": {s: [_group(g) for g in groups] for s, groups in seating.groups.items()},
        "moved": seating.moved,
        "attention": reasons(folder.seminar, seating),
        "gap": seating.gap,
    }


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)
