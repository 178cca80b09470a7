"""Find broken references in seminar.yml to countries, sessions, subjects, answers and profiles.

Such a mistake would make a command do nothing or the wrong thing. More serious mistakes are errors
of ``read_seminar``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from seminarkit.core.errors import did_you_mean
from seminarkit.core.forms.shapes import CompiledForm
from seminarkit.core.seminar.model import Seminar, Task
from seminarkit.core.seminar.seat_references import seat_problems
from seminarkit.core.seminar.values import is_id_of_delegation
from seminarkit.core.yaml.yaml_file import Loc

Problem = tuple[Loc, str]


def reference_problems(
    seminar: Seminar, forms: Mapping[str, CompiledForm], cases: Collection[str]
) -> Iterator[Problem]:
    """Yield the location and the message of each broken reference."""
    yield from _countries(seminar)
    yield from _people(seminar)
    yield from _profiles(seminar)
    for number, task in enumerate(seminar.tasks):
        for place, words in _task_problems(seminar, task, forms, cases):
            yield ("tasks", number, *place), f"task '{task.form}': {words}"
    yield from seat_problems(seminar, forms)
    yield from _decided(seminar, forms)


def _countries(seminar: Seminar) -> Iterator[Problem]:
    blocks: Mapping[str, Collection[str]] = {
        "contacts": seminar.contacts,
        "former": seminar.former,
        "extensions": seminar.extensions,
    }
    for block, by_country in blocks.items():
        for code in by_country:
            if code not in seminar.countries:
                hint = did_you_mean(code, seminar.countries)
                yield (block, code), f"the country '{code}' is not in countries:{hint}"


def _people(seminar: Seminar) -> Iterator[Problem]:
    for person in seminar.people:
        if is_id_of_delegation(person):
            yield (
                ("people", person),
                f"'{person}' looks like the id of a delegation member; write another id.",
            )


def _profiles(seminar: Seminar) -> Iterator[Problem]:
    titles = seminar.profile_titles
    places: list[tuple[Loc, str]] = []
    if seminar.delegation.must_include:
        places.append((("delegation", "must_include"), seminar.delegation.must_include))
    for code, people in seminar.delegations.items():
        for number, person in enumerate(people):
            places.append((("delegations", code, number, "profile"), person.profile))
    for i, session in enumerate(seminar.sessions):
        for j, group in enumerate(session.groups):
            at = ("sessions", i, "groups", j, "profiles")
            places += [((*at, k), profile) for k, profile in enumerate(group.profiles)]
    for loc, profile in places:
        if profile not in titles:
            hint = did_you_mean(profile, titles)
            yield (
                loc,
                f"the profile '{profile}' is not one of this seminar.{hint} "
                "Other profiles are written at profiles:, such as 'student: Students'.",
            )


def _task_problems(
    seminar: Seminar, task: Task, forms: Mapping[str, CompiledForm], cases: Collection[str]
) -> Iterator[Problem]:
    sessions = {session.id: session for session in seminar.sessions}
    for number, name in enumerate(task.sessions):
        if name not in sessions:
            words = f"the session '{name}' is not in sessions:{did_you_mean(name, sessions)}"
            yield ("sessions", number), words
        elif not sessions[name].seats:
            yield ("sessions", number), f"the session '{name}' has no seats:, so it has no groups."
    is_per_group = task.per in ("chair", "rapporteur")
    if is_per_group and not task.sessions:
        yield ("per",), f"a {task.per} fills it in per group; write sessions: [SESSION, …]."
    if task.sessions and not is_per_group:
        yield (
            ("sessions",),
            f"it is per {task.per}, but has sessions; with sessions, write per: chair.",
        )
    if task.sessions and task.subjects:
        yield ("subjects",), "it has sessions, so it is about groups; remove the subjects."
    for name in task.subject_names:
        if name not in task.subjects:
            hint = did_you_mean(name, task.subjects)
            yield ("subject_names", name), f"'{name}' is not one of its subjects.{hint}"
    if task.needed and task.needed > max(len(task.subjects), 1):
        number = len(task.subjects)
        yield ("needed",), f"needed: is {task.needed}, but the number of subjects is {number}."
    if task.joint and task.per != "delegation":
        yield ("joint",), f"only a form per delegation can be joint; this one is per {task.per}."
    if task.joint and task.subjects:
        yield ("joint",), "a joint form cannot have subjects; remove them."
    if task.per == "presenter" and not task.subjects:
        yield ("per",), "presenters fill it in per case study; write subjects: [CASE, …]."
    yield from _prefilled_without_value(task, forms.get(task.form), cases)


def _prefilled_without_value(
    task: Task, form: CompiledForm | None, cases: Collection[str]
) -> Iterator[Problem]:
    fills = sorted(_fills(form["fields"])) if form else []
    for fill in fills:
        if fill.startswith("group") and not task.sessions:
            yield ("form",), f"the form shows a group ('fill: {fill}'): the task needs sessions:."
        others = [subject for subject in task.subjects or [""] if subject not in cases]
        if fill.startswith("case") and (task.sessions or others):
            yield (
                ("form",),
                f"the form shows a case study ('fill: {fill}'): write subjects: [CASE].",
            )


def _fills(fields: Collection[Mapping[str, object]]) -> set[str]:
    names: set[str] = set()
    for field in fields:
        inner = field.get("fields")
        names |= _fills(inner) if isinstance(inner, list) else set()
        if fill := field.get("fill"):
            names.add(str(fill))
    return names


def _decided(seminar: Seminar, forms: Mapping[str, CompiledForm]) -> Iterator[Problem]:
    """Yield problems in settings that are usually the result of commands."""
    sessions = {session.id for session in seminar.sessions}
    for block, by_session in (
        ("seating", seminar.seating),
        ("seated_before", seminar.seated_before),
        ("pins", seminar.pins),
        ("absent", seminar.absent),
    ):
        for name in by_session:
            if name not in sessions:
                hint = did_you_mean(name, sessions)
                yield (block, name), f"the session '{name}' is not in sessions:{hint}"
    for code, days in seminar.extensions.items():
        for name in days:
            if name not in forms:
                yield (
                    ("extensions", code, name),
                    f"'{name}' is not a task.{did_you_mean(name, forms)}",
                )
