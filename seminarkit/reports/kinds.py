"""The registry of report kinds: notebook, subjects, pages and place in the navigation.

A new kind of report needs one entry here, a notebook, and code that makes its dossier. Entries
import what they need only when called, because the fork server reads this list and must start fast.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from seminarkit import HOME
from seminarkit.core.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from seminarkit.core.forms.shapes import Audience
    from seminarkit.core.seminar.folder import SeminarFolder
    from seminarkit.topics.groups.rooms import BriefedRoom

_BRIEF, BRIEFS = "brief-", "briefs"
_TEXTS, _SLIDES = ("docx", "pdf"), ("pptx",)


def _core_and_public(folder: SeminarFolder, subject: str) -> tuple[Audience, ...]:
    return ("core", "public")


@dataclass(frozen=True)
class ReportKind:
    """One kind of report.

    ``name`` is its name in notebooks: ``read_dossier(dossier, report="comparison")``.
    ``notebook`` is its file in ``notebooks/report/``.
    ``subjects`` returns the subjects it reports on, as names of dossiers and pages.
    ``title`` returns the title of a subject's page, which is also its label in the navigation.
    ``readers`` returns the audiences that have a report on a subject.
    ``parameter`` is the notebook's parameter that names the subject, '' for a single subject.
    ``find`` returns the subject for a value of it and raises UsageError for an invalid value.
    ``prefix`` is the part of a subject's name before that value.
    ``over_all`` is false for reports that a run for some countries only makes as well.
    ``site_folder`` is the folder of its pages in a site, '' for the top.
    ``section`` is the section of the navigation that lists its pages, '' for none.
    ``files`` are the extensions of the documents beside a page, by audience.
    ``views`` are the modules that only its notebook calls and that are worth preloading.
    """

    name: str
    notebook: str
    subjects: Callable[[SeminarFolder], Collection[str]]
    title: Callable[[SeminarFolder, str], str]
    readers: Callable[[SeminarFolder, str], tuple[Audience, ...]] = _core_and_public
    parameter: str = ""
    find: Callable[[SeminarFolder, str], str] | None = None
    prefix: str = ""
    over_all: bool = True
    site_folder: str = ""
    section: str = ""
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    views: tuple[str, ...] = ()

    def page(self, subject: str) -> str:
        """Return the path of a subject's page in its site."""
        return f"{self.site_folder}{subject.removeprefix(self.prefix)}.html"

    def values(self, subject: str, audience: str) -> tuple[tuple[str, str], ...]:
        """Return the parameters of one report, except its dossier, as (name, value) pairs."""
        own = ((self.parameter, subject.removeprefix(self.prefix)),) if self.parameter else ()
        return (*own, ("audience", audience))


def kind_of(folder: SeminarFolder, subject: str) -> ReportKind | None:
    """Return the kind of report on a subject, or None: some dossiers have no report."""
    return next((kind for kind in KINDS if subject in kind.subjects(folder)), None)


def kind_named(name: str) -> ReportKind:
    """Return the kind with this name; raises UsageError with the nearest name if there is none."""
    for kind in KINDS:
        if kind.name == name:
            return kind
    hint = did_you_mean(str(name), [kind.name for kind in KINDS])
    raise UsageError(f"'{name}' is not a kind of report.{hint}")


def given_names() -> list[str]:
    """Return the parameters that ``seminar report`` sets itself, differently for each report."""
    names = dict.fromkeys(kind.parameter for kind in KINDS if kind.parameter)
    return [*names, "audience", "dossier"]


def loaded_ahead() -> list[str]:
    """Return the modules that are preloaded before the first report runs."""
    return sorted({f"seminarkit.{HOME[view]}" for kind in KINDS for view in kind.views})


def _single(subject: str) -> Callable[[SeminarFolder], Collection[str]]:
    return lambda folder: (subject,)


def _titled(title: str) -> Callable[[SeminarFolder, str], str]:
    return lambda folder, subject: title


def _totals(folder: SeminarFolder) -> dict[str, str]:
    """Return the titles of the forms that are reported as totals, by subject."""
    from seminarkit.topics.survey.totals import all_totals

    return {totals.subject: totals.title for totals in all_totals(folder)}


def _rooms(folder: SeminarFolder) -> dict[str, BriefedRoom]:
    """Return the sessions and groups that have a brief, by subject."""
    from seminarkit.topics.groups.rooms import briefed_rooms

    return {room.subject: room for room in briefed_rooms(folder.seminar)}


def _room_named(folder: SeminarFolder, name: str) -> str:
    """Return the subject of a brief, from the id or the title of its session or group."""
    rooms = _rooms(folder)
    names = {_BRIEF + name, name}
    for subject, room in rooms.items():
        if subject in names or room.title.casefold() == name.casefold():
            return subject
    ids_and_titles = [text for room in rooms.values() for text in (room.id, room.title)]
    hint = did_you_mean(name, ids_and_titles) or did_you_mean(
        name, [room.id for room in rooms.values()]
    )
    raise UsageError(f"'{name}' is not a session or group that has a brief.{hint}")


def _room_readers(folder: SeminarFolder, subject: str) -> tuple[Audience, ...]:
    from seminarkit.topics.briefs.room_forms import room_reader

    return (room_reader(_rooms(folder)[subject]),)


KINDS: tuple[ReportKind, ...] = (
    ReportKind(
        "country_profile",
        notebook="country_profile.ipynb",
        subjects=lambda folder: folder.seminar.countries,
        title=lambda folder, subject: folder.seminar.display_name(subject),
        parameter="country",
        find=lambda folder, text: folder.country(text),
        over_all=False,
        site_folder="countries/",
        files={"core": _TEXTS},
        views=("charts", "preparation", "show"),
    ),
    ReportKind(
        "comparison",  # its view is not preloaded: it imports pandas, which takes a second
        notebook="comparison.ipynb",
        subjects=_single("comparison"),
        title=_titled("Compared"),
        section="Countries",
    ),
    ReportKind(
        "survey",
        notebook="survey_results.ipynb",
        subjects=lambda folder: [name for name in _totals(folder) if name == "survey"],
        title=_titled("Survey"),
        section="Countries",
        files={"core": (*_TEXTS, *_SLIDES)},
        views=("survey",),
    ),
    ReportKind(
        "totals",
        notebook="survey_results.ipynb",
        subjects=lambda folder: [name for name in _totals(folder) if name != "survey"],
        title=lambda folder, subject: _totals(folder)[subject],
        section="Countries",
    ),
    ReportKind(
        "session_brief",
        notebook="session_brief.ipynb",
        subjects=_rooms,
        title=lambda folder, subject: _rooms(folder)[subject].title,
        readers=_room_readers,
        parameter="session",
        find=_room_named,
        prefix=_BRIEF,
        site_folder=f"{BRIEFS}/",
        files=dict.fromkeys(("core", "group"), _TEXTS),
        views=("brief",),
    ),
    ReportKind(
        "day_recap",
        notebook="day_recap.ipynb",
        subjects=_single("day_recap"),
        title=_titled("Recap"),
        section="Discussion",
        files=dict.fromkeys(("core", "public"), (*_TEXTS, *_SLIDES)),
        views=("summary",),
    ),
    ReportKind(
        "conclusions",
        notebook="conclusions.ipynb",
        subjects=_single("conclusions"),
        title=_titled("Conclusions"),
        section="Discussion",
        files=dict.fromkeys(("core", "public"), (*_TEXTS, *_SLIDES)),
        views=("summary",),
    ),
)
