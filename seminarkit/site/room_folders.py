"""The pages of groups and chairs, each in a folder of its own, and the list of their recipients."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import TypedDict

from seminarkit.core.forms.audiences import is_read_by
from seminarkit.core.forms.shapes import Audience
from seminarkit.core.seminar.clock import session_words
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.page_templates import render
from seminarkit.core.store.promise_log import Promises, read_promises
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.audience import readable
from seminarkit.site.making import PageBuild
from seminarkit.site.outputs import HAND_OVER
from seminarkit.site.page_files import Pages, files_beside
from seminarkit.site.pages import links_to, report_in
from seminarkit.topics.briefs.index_page import brief_place, leaders
from seminarkit.topics.briefs.room_forms import room_reader
from seminarkit.topics.briefs.room_materials import room_material
from seminarkit.topics.groups.rooms import BriefedRoom, briefed_rooms
from seminarkit.topics.survey.dossier import GroupSlice
from seminarkit.topics.survey.group_totals import group_slices
from seminarkit.topics.survey.totals import survey_of

Links = Sequence[tuple[str, str]]  # of a page's navigation: (href, label)


class HandOver(TypedDict):
    """A folder in ``output/`` to hand over, its title, and the names of its recipients."""

    folder: str
    title: str
    names: list[str]


def room_pages(folder: SeminarFolder, submissions: Sequence[Submission], making: PageBuild) -> None:
    """Make the pages of all groups and chairs, and the list of their recipients."""
    making.page(HAND_OVER, lambda: _hand_over(folder))
    slices = cache(partial(_slices, folder, submissions))
    promises = cache(partial(read_promises, folder))
    for room in briefed_rooms(folder.seminar):
        if room.group:
            making.page(
                f"groups/{room.id}/index.html",
                partial(_group_page, folder, room, submissions, promises),
            )
            if _has_brief(folder, room):
                making.page(brief_place(room), partial(_group_brief, folder, room))
    for person, rooms in rooms_by_chair(folder.seminar).items():
        page_ids = []
        for room in rooms:
            path = f"chairs/{person}/{room.id}.html"
            making.files(
                path,
                partial(_chair_page, folder, path, person, room, submissions, promises, slices),
            )
            if path in making.paths or making.has_failed(path):
                page_ids.append(room.id)
        making.page(
            f"chairs/{person}/index.html",
            partial(_chair_index, folder, person, rooms, page_ids),
        )


def hand_over_folders(seminar: Seminar) -> Iterator[HandOver]:
    """Yield the folder of each group, then of each chair, with its recipients."""
    for room in briefed_rooms(seminar):
        if room.group:
            people = [room.group.chair, room.group.discussant, *room.group.people]
            names = [_name(seminar, person) for person in dict.fromkeys(filter(None, people))]
            yield HandOver(folder=f"groups/{room.id}", title=room.title, names=names)
    for person, rooms in rooms_by_chair(seminar).items():
        titles = "; ".join(room.title for room in rooms)
        yield HandOver(folder=f"chairs/{person}", title=titles, names=[_name(seminar, person)])


def rooms_by_chair(seminar: Seminar) -> dict[str, list[BriefedRoom]]:
    """Return the rooms that each person chairs or moderates, by person id."""
    rooms: dict[str, list[BriefedRoom]] = {}
    for room in briefed_rooms(seminar):
        for person in leaders(seminar, room):
            rooms.setdefault(person, []).append(room)
    return rooms


def _slices(folder: SeminarFolder, submissions: Sequence[Submission]) -> Mapping[str, GroupSlice]:
    """Return each group's answers to the survey, if chairs may read the form."""
    survey = survey_of(folder)
    if survey is None or not is_read_by(folder.forms[survey.form]["audience"], "chairs"):
        return {}
    groups = {g.id: g.people for session in folder.seminar.seating.values() for g in session}
    return group_slices(folder, readable(folder, submissions, "chairs"), groups)


def _group_page(
    folder: SeminarFolder,
    room: BriefedRoom,
    submissions: Sequence[Submission],
    promises: Callable[[], Promises],
) -> str:
    return render(
        folder,
        "group.html.j2",
        title=room.title,
        when=session_words(folder.seminar, room.session, ""),
        material=room_material(folder, room, submissions, "group", promises()),
        site=_group_frame(folder, room, "index.html"),
    )


def _group_brief(folder: SeminarFolder, room: BriefedRoom) -> str:
    content = folder.reports / room_reader(room) / f"{room.subject}.html"
    documents, tables = files_beside(folder, "group", room.subject)
    site = _group_frame(folder, room, "brief.html") | {"pages": links_to(documents)}
    return report_in(folder, room.title, content, site, links_to(tables))


def _group_frame(folder: SeminarFolder, room: BriefedRoom, here: str) -> dict[str, object]:
    brief = [("brief.html", "Brief")] if _has_brief(folder, room) else []
    return _frame(folder.seminar, "group", [("index.html", "Your group"), *brief], here)


def _chair_index(
    folder: SeminarFolder, person: str, rooms: Sequence[BriefedRoom], page_ids: Sequence[str]
) -> str:
    seminar = folder.seminar
    rows = [
        {
            "id": room.id,
            "title": room.title,
            "when": session_words(seminar, room.session, ""),
            "brief": _link_to_brief(folder, room),
            "group": room.group is not None,
            "page": room.id in page_ids,
        }
        for room in rooms
    ]
    return render(
        folder,
        "chair_index.html.j2",
        chair=_name(seminar, person),
        rooms=rows,
        site=_frame(seminar, "chairs", [], ""),
    )


def _chair_page(
    folder: SeminarFolder,
    path: str,
    person: str,
    room: BriefedRoom,
    submissions: Sequence[Submission],
    promises: Callable[[], Promises],
    slices: Callable[[], Mapping[str, GroupSlice]],
) -> Pages:
    """Return a chair's page on a room; none if nobody has written anything."""
    survey, answers = survey_of(folder), slices().get(room.id)
    excluded_forms = [survey.form] if survey else []
    material = room_material(folder, room, submissions, "chairs", promises(), excluded_forms)
    if not material and not (answers and answers["answered"]):
        return {}
    links = [("index.html", "All your sessions"), (f"{room.id}.html", "Your own page")]
    if brief := _link_to_brief(folder, room):
        links.append((brief, "Brief"))
    page = render(
        folder,
        "chair.html.j2",
        title=room.title,
        when=session_words(folder.seminar, room.session, ""),
        chair=_name(folder.seminar, person),
        answers=answers,
        material=material,
        site=_frame(folder.seminar, "chairs", links, f"{room.id}.html"),
    )
    return {path: (page, "")}


def _hand_over(folder: SeminarFolder) -> str:
    seminar = folder.seminar
    folders = list(hand_over_folders(seminar))
    people: dict[str, list[str]] = {}
    for handover in folders:
        for name in handover["names"]:
            people.setdefault(name, []).append(handover["folder"])
    return render(
        folder,
        "handover.html.j2",
        folders=folders,
        people=dict(sorted(people.items())),
        unled=[room.title for room in briefed_rooms(seminar) if not leaders(seminar, room)],
        site=_frame(seminar, "organisers", [("index.html", "Organisers")], ""),
    )


def _has_brief(folder: SeminarFolder, room: BriefedRoom) -> bool:
    return (folder.reports / room_reader(room) / f"{room.subject}.html").is_file()


def _link_to_brief(folder: SeminarFolder, room: BriefedRoom) -> str:
    """Return the link from a chair's page to a brief, or '' if its report was not run."""
    return f"../../{brief_place(room)}" if _has_brief(folder, room) else ""


def _frame(seminar: Seminar, audience: Audience, links: Links, here: str) -> dict[str, object]:
    nav = [
        {"href": href, "label": label, "here": "page" if href == here else ""}
        for href, label in links
    ]
    return {"title": seminar.series, "audience": audience, "nav": nav, "pages": []}


def _name(seminar: Seminar, person: str) -> str:
    if person in seminar.people:
        return seminar.people[person].name
    participant = seminar.participant(person)
    return participant.name if participant else person
