"""Sheets for the days themselves: rooms, duties, the run of the show. For organisers alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from seminarkit.analyse.prepared import Prepared
from seminarkit.files import write_whole
from seminarkit.publish.duties import duty_page, run_of_days
from seminarkit.publish.groups import shown_session
from seminarkit.publish.rooms import breakout_file, known_address, room_page, sheet_frame, sitting
from seminarkit.publish.site import render
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.seminar.places import places_of


def write_sheets(folder: SeminarFolder, done: Mapping[str, Prepared]) -> list[Path]:
    """Write all sheets into ``output/organisers/sheets/``, and return them, the first page first.

    ``done`` says by person what they have prepared.
    """
    files: dict[str, str] = {"index.html": ""}
    rooms = []
    seminar = folder.seminar
    for session in seminar.sessions:
        groups = seminar.seating.get(session.id)
        if groups:
            shown = shown_session(seminar, session)
            by_hand = [p.name for p in sitting(seminar, groups) if not known_address(p)]
            files[f"rooms/{session.id}.html"] = room_page(folder, shown, groups, done, by_hand)
            files[f"rooms/{session.id}.csv"] = breakout_file(seminar, groups)
            rooms.append(
                {
                    "id": shown.id,
                    "title": shown.title,
                    "when": shown.when,
                    "by_hand": by_hand,
                }
            )
    people = []
    for person in seminar.people:
        if places := places_of(seminar, person):
            files[f"people/{person}.html"] = duty_page(folder, person, places)
            name = seminar.people[person].name
            people.append({"id": person, "name": name, "duties": len(places)})
    files["index.html"] = render(
        folder,
        "sheets.html.j2",
        seminar=seminar,
        rooms=rooms,
        people=sorted(people, key=lambda p: str(p["name"]).split()[-1]),
        days=run_of_days(seminar),
        site=sheet_frame(seminar, ""),
    )
    for name, text in files.items():
        write_whole(folder.sheets / name, text)
    for path in folder.sheets.rglob("*.*"):  # of somebody who has no duty any more
        if path.relative_to(folder.sheets).as_posix() not in files:
            path.unlink()
    _remove_former(folder.sheets.parent.parent / "sheets")
    return [folder.sheets / name for name in files]


def _remove_former(place: Path) -> None:
    """Remove the sheets of an earlier version, which had those for chairs among the others."""
    for path in sorted(place.rglob("*"), reverse=True):
        if path.suffix in (".html", ".csv"):
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    if place.is_dir() and not any(place.iterdir()):
        place.rmdir()
