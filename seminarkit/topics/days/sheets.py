"""The sheets for the days of the seminar: rooms, duties, run of the show. For organisers only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from seminarkit.core.disk.attempts import Attempts, NotMade
from seminarkit.core.disk.files import write_whole
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.page_templates import render
from seminarkit.core.seminar.participant_duties import places_of
from seminarkit.topics.briefs.preparation import Preparation
from seminarkit.topics.days.duty_sheets import duty_page, run_of_days
from seminarkit.topics.days.room_lists import (
    breakout_file,
    known_address,
    room_page,
    seated_people,
    sheet_frame,
)
from seminarkit.topics.groups.page import shown_session


@dataclass(frozen=True)
class Sheets:
    """The sheets written, the index first, and those that failed."""

    paths: tuple[Path, ...]
    not_made: tuple[NotMade, ...]


def write_sheets(folder: SeminarFolder, preparation: Mapping[str, Preparation]) -> Sheets:
    """Write all sheets into ``output/organisers/sheets/``.

    ``preparation`` is each person's preparation, by id. A sheet that fails keeps its last version
    and does not stop the others.
    """
    attempts = Attempts()
    files: dict[str, str] = {"index.html": ""}

    def make(name: str, build: Callable[[], str]) -> None:
        with attempts.at(name):
            files[name] = build()

    rooms = []
    seminar = folder.seminar
    for session in seminar.sessions:
        groups = seminar.seating.get(session.id)
        if groups:
            shown = shown_session(seminar, session)
            by_hand = [p.name for p in seated_people(seminar, groups) if not known_address(p)]
            page = partial(room_page, folder, shown, groups, preparation, by_hand)
            make(f"rooms/{session.id}.html", page)
            make(f"rooms/{session.id}.csv", partial(breakout_file, seminar, groups))
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
            make(f"people/{person}.html", partial(duty_page, folder, person, places))
            name = seminar.people[person].name
            people.append({"id": person, "name": name, "duties": len(places)})
    make("index.html", partial(_index_page, folder, rooms, people))
    written = [
        name for name, text in files.items() if text and _write(folder, attempts, name, text)
    ]
    for path in folder.sheets.rglob("*.*"):  # of people without duties now
        name = path.relative_to(folder.sheets).as_posix()
        if name not in files and name not in attempts.failures:
            with attempts.at(name):
                path.unlink()
    with attempts.at("sheets of an earlier version"):
        _remove_old_sheets(folder.sheets.parent.parent / "sheets")
    return Sheets(
        tuple(folder.sheets / name for name in written),
        tuple(
            NotMade(f"organisers/sheets/{name}", reason, (folder.sheets / name).is_file())
            for name, reason in attempts.failures.items()
        ),
    )


def _index_page(
    folder: SeminarFolder,
    rooms: Sequence[Mapping[str, object]],
    people: Sequence[Mapping[str, object]],
) -> str:
    return render(
        folder,
        "sheets.html.j2",
        seminar=folder.seminar,
        rooms=rooms,
        people=sorted(people, key=lambda p: str(p["name"]).split()[-1]),
        days=run_of_days(folder.seminar),
        site=sheet_frame(folder.seminar, ""),
    )


def _write(folder: SeminarFolder, attempts: Attempts, name: str, text: str) -> bool:
    with attempts.at(name):
        write_whole(folder.sheets / name, text)
    return name not in attempts.failures


def _remove_old_sheets(place: Path) -> None:
    """Delete the sheets of an earlier kit version, which had chairs' sheets in the same folder."""
    for path in sorted(place.rglob("*"), reverse=True):
        if path.suffix in (".html", ".csv"):
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    if place.is_dir() and not any(place.iterdir()):
        place.rmdir()
