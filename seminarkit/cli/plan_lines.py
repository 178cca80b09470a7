"""How ``seminar groups`` shows a plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from seminarkit.cli.options import plural
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.sessions import DiscussionGroup, Session

if TYPE_CHECKING:
    from seminarkit.topics.groups.planning import Plan


def show_session(seminar: Seminar, session: Session, planned: Plan, with_people: bool) -> None:
    """Print the groups of a session, their leaders and how many wishes were met."""
    seating = planned.seating
    groups, registered = seating.groups[session.id], planned.registered[session.id]
    assert session.seats is not None
    seated = sum(len(group.people) for group in groups)
    how_many = f"{plural(seated, 'person', 'people')} in {plural(len(groups), 'group')}"
    click.echo(f"{session.id}  {session.title}: {how_many}")
    for group in groups:
        _show_group(seminar, group, with_people)
    for number, people in enumerate(seating.wishes[session.id], start=1):
        click.echo(f"  wish {number} was met for {plural(len(people), 'person', 'people')}")
    away = [item for item in registered if item.comes is False]
    silent = [item for item in registered if item.comes is None]
    seat = "without a seat" if session.seats.registration == "required" else "with a seat anyway"
    click.echo(f"  not coming: {len(away)}; not registered: {len(silent)}, {seat}")
    if moved := seating.moved[session.id]:
        click.echo(f"  moved: {', '.join(moved)}")
    absent = seminar.absent.get(session.id, [])
    pins = sorted(seminar.pins.get(session.id, {}).items())
    by_hand = [f"{person} in {group}" for person, group in pins if person not in absent]
    if by_hand:
        click.echo(f"  placed by an organiser, so not moved: {', '.join(by_hand)}")
    if absent:
        click.echo(f"  absent: {', '.join(absent)}; if somebody comes after all: --present PERSON")


def _show_group(seminar: Seminar, group: DiscussionGroup, with_people: bool) -> None:
    lead = f"chair {_person(seminar, group.chair)}"
    if group.case:
        lead += f", discussant {_person(seminar, group.discussant)}"
    if group.rapporteur:
        yes = "" if group.confirmed else ", to be confirmed"
        lead += f", rapporteur {group.rapporteur}{yes}"
    click.echo(f"  {len(group.people):>3}  {group.id}  {group.title}; {lead}")
    for person in group.people if with_people else []:
        participant = seminar.participant(person)
        assert participant is not None
        click.echo(f"         {person:<6} {participant.name} ({participant.profile})")


def _person(seminar: Seminar, person: str | None) -> str:
    return seminar.people[person].name if person else "still missing"


def plan_json(seminar: Seminar, planned: Plan, attention: Sequence[str]) -> dict[str, object]:
    """Return a plan for other programs."""
    seating = planned.seating
    return {
        "groups": {s: [group_json(g) for g in groups] for s, groups in seating.groups.items()},
        "moved": seating.moved,
        "attention": list(attention),
        "gap": seating.gap,
        "pins": seminar.pins,
        "absent": seminar.absent,
    }


def group_json(group: DiscussionGroup) -> dict[str, object]:
    """Return a group as stored in the log."""
    return group.model_dump(exclude_none=True)
