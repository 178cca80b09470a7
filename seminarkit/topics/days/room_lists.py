"""Room lists, and the file of breakout rooms for the video platform, for the hosts."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from seminarkit.core.clean_text import clean_text
from seminarkit.core.mail_addresses import one_address
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import CoreParticipant, Seminar
from seminarkit.core.seminar.page_templates import render
from seminarkit.core.seminar.sessions import DiscussionGroup
from seminarkit.topics.briefs.preparation import Preparation
from seminarkit.topics.groups.page import ShownSession

_BREAKOUT = ("Pre-assign Room Name", "Email Address")
_RENAME_NOTE = (
    "Ask everybody to use the name in this list, country first. You will then see at once who is "
    "not in a room."
)


@dataclass(frozen=True)
class Seat:
    """A person in a room list; ``by_hand`` if the host must assign them to the room."""

    shown: str
    by_hand: bool
    owes: Sequence[str]


def breakout_file(seminar: Seminar, groups: Sequence[DiscussionGroup]) -> str:
    """Return Zoom's CSV file of breakout rooms, one line per person with a known address.

    Its two columns are those of Zoom's own template.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_BREAKOUT)
    for number, group in enumerate(groups, start=1):
        for person in seated_people(seminar, [group]):
            if address := known_address(person):
                writer.writerow((clean_text(f"Room {number}"), clean_text(address)))
    return text.getvalue()


def seated_people(seminar: Seminar, groups: Sequence[DiscussionGroup]) -> list[CoreParticipant]:
    """Return the people seated in some groups."""
    return [p for g in groups for id in g.people if (p := seminar.participant(id))]


def known_address(person: CoreParticipant) -> str:
    """Return a person's address if it can be used to assign a room, else ''."""
    return one_address(person.email)


def room_page(
    folder: SeminarFolder,
    shown: ShownSession,
    groups: Sequence[DiscussionGroup],
    preparation: Mapping[str, Preparation],
    by_hand: Sequence[str],
) -> str:
    """Return the room list of one session; ``by_hand`` are the people without an address."""
    seminar = folder.seminar
    rows = {
        group.id: sorted(
            (_seat(seminar, person, preparation) for person in seated_people(seminar, [group])),
            key=lambda seat: seat.shown,
        )
        for group in groups
    }
    group_list = [
        {"id": g.id, "title": g.title, "leads": g.leads, "rows": rows[g.id]} for g in shown.groups
    ]
    return render(
        folder,
        "room.html.j2",
        session={
            "title": shown.title,
            "when": shown.when,
            "people": shown.people,
            "groups": group_list,
        },
        by_hand=by_hand,
        rename=_RENAME_NOTE,
        platform=seminar.platform,
        site=sheet_frame(seminar, "../"),
    )


def _seat(
    seminar: Seminar, person: CoreParticipant, preparation: Mapping[str, Preparation]
) -> Seat:
    owes = [title for title, state in preparation[person.id].tasks if state != "complete"]
    return Seat(f"{person.id[:2]} {person.name}", not known_address(person), owes)


def sheet_frame(seminar: Seminar, up: str) -> dict[str, object]:
    """Return the data of a sheet's page frame; ``up`` is the path to the list of sheets."""
    nav = [{"href": f"{up}index.html", "label": "All sheets", "here": "" if up else "page"}]
    return {"title": seminar.series, "audience": "organisers", "nav": nav, "pages": []}
