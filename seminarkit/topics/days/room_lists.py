"""Room lists and the video platform's file of rooms, for those who let people in."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from seminarkit.core.clean_text import letters
from seminarkit.core.mail_addresses import one_address
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import CoreParticipant, Seminar
from seminarkit.core.seminar.page_templates import render
from seminarkit.core.seminar.sessions import DiscussionGroup
from seminarkit.topics.briefs.preparation import Prepared
from seminarkit.topics.groups.page import ShownSession

_BREAKOUT = ("Pre-assign Room Name", "Email Address")
_RENAME = (
    "Ask everybody to use the name in this list, country first. You then see at once who is in no "
    "room."
)


@dataclass(frozen=True)
class Seat:
    """One person of a room list: how they are shown, and whether someone must let them in."""

    shown: str
    by_hand: bool
    owes: Sequence[str]


def breakout_file(seminar: Seminar, groups: Sequence[DiscussionGroup]) -> str:
    """Return Zoom's file of rooms: one line for each person whose address is known.

    Its two columns are those that Zoom's own template has.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_BREAKOUT)
    for number, group in enumerate(groups, start=1):
        for person in sitting(seminar, [group]):
            if address := known_address(person):
                writer.writerow((letters(f"Room {number}"), letters(address)))
    return text.getvalue()


def sitting(seminar: Seminar, groups: Sequence[DiscussionGroup]) -> list[CoreParticipant]:
    """Return who sits in some groups."""
    return [p for g in groups for id in g.people if (p := seminar.participant(id))]


def known_address(person: CoreParticipant) -> str:
    """Return a person's address if a room can be kept by it."""
    return one_address(person.email)


def room_page(
    folder: SeminarFolder,
    shown: ShownSession,
    groups: Sequence[DiscussionGroup],
    done: Mapping[str, Prepared],
    by_hand: Sequence[str],
) -> str:
    """Return the room list of one session; ``by_hand`` are the names with no address."""
    seminar = folder.seminar
    rows = {
        group.id: sorted(
            (_seat(seminar, person, done) for person in sitting(seminar, [group])),
            key=lambda seat: seat.shown,
        )
        for group in groups
    }
    listed = [
        {"id": g.id, "title": g.title, "leads": g.leads, "rows": rows[g.id]} for g in shown.groups
    ]
    return render(
        folder,
        "room.html.j2",
        session={
            "title": shown.title,
            "when": shown.when,
            "people": shown.people,
            "groups": listed,
        },
        by_hand=by_hand,
        rename=_RENAME,
        platform=seminar.platform,
        site=sheet_frame(seminar, "../"),
    )


def _seat(seminar: Seminar, person: CoreParticipant, done: Mapping[str, Prepared]) -> Seat:
    owes = [title for title, state in done[person.id].tasks if state != "complete"]
    return Seat(f"{person.id[:2]} {person.name}", not known_address(person), owes)


def sheet_frame(seminar: Seminar, up: str) -> dict[str, object]:
    """Return what the frame of a sheet shows; ``up`` leads to the list of all sheets."""
    nav = [{"href": f"{up}index.html", "label": "All sheets", "here": "" if up else "page"}]
    return {"title": seminar.series, "audience": "organisers", "nav": nav, "pages": []}
