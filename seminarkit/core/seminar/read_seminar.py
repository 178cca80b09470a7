"""Read seminar.yml, validate each part, and check the references between the parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from seminarkit.core.errors import FileError, did_you_mean
from seminarkit.core.seminar.materials import Case
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.reading_list import Reading
from seminarkit.core.seminar.roles import CORE_PARTICIPANT, known_roles
from seminarkit.core.seminar.session_kinds import known_kinds
from seminarkit.core.seminar.sessions import Part
from seminarkit.core.yaml.yaml_file import Loc, YamlFile

Problem = tuple[Loc, str]
AFTER = "; written after the seminar"


def read_seminar(path: Path, cases: Collection[str], forms: Collection[str]) -> Seminar:
    """Return the validated contents of seminar.yml. Raise FileError for any mistake."""
    file = YamlFile(path)
    seminar = file.parse(Seminar)
    problems = [
        *_duplicate_ids(seminar),
        *_role_and_kind_problems(seminar, file),
        *_unknown_references(seminar, cases, forms),
        *_invalid_times(seminar),
        *_delegations(seminar),
    ]
    if problems:
        raise FileError(path, [(file.line(loc), text) for loc, text in problems])
    return seminar


def choice_lists(
    seminar: Seminar, cases: Mapping[str, Case], readings: Mapping[str, Reading]
) -> dict[str, Sequence[tuple[str, str]]]:
    """Return the choice lists for forms, as (name, label) pairs."""
    case_list = [(c.id, f"Case study: {c.institution}") for c in cases.values()]
    sessions = [
        (s.id, f"Day {day(seminar, s.date)}: {s.title}") for s in seminar.sessions if s.access
    ]
    return {
        "cases": case_list,
        "readings": [(r.id, _reading_label(r)) for r in sorted(readings.values(), key=_by_weight)],
        "sessions": sessions,
        "cases_and_sessions": case_list + sessions,
        "countries": [(code, country.name) for code, country in seminar.countries.items()],
        "outcomes": [(o.id, o.text) for o in seminar.outcomes],
    }


def _by_weight(reading: Reading) -> tuple[bool, bool]:
    return not reading.for_everybody, not reading.core


def _reading_label(reading: Reading) -> str:
    kind = "; must read" if reading.for_everybody else "" if reading.core else AFTER
    return f"{reading.title} ({reading.publisher}; {reading.minutes} minutes{kind})"


def day(seminar: Seminar, date: object) -> int:
    """Return the number of a day of the seminar. The first day is 1."""
    return sorted({s.date for s in seminar.sessions}).index(date) + 1  # type: ignore[arg-type]


def _duplicate_ids(seminar: Seminar) -> Iterator[Problem]:
    lists: dict[str, Iterable[tuple[Loc, str]]] = {
        "session or group": _session_ids(seminar),
        "task": [
            (("tasks", i), f"{t.form} {s}".strip())
            for i, t in enumerate(seminar.tasks)
            for s in t.subjects or [""]
        ],
        "outcome": [(("outcomes", i), o.id) for i, o in enumerate(seminar.outcomes)],
        "theme": [(("themes", i), t.id) for i, t in enumerate(seminar.themes)],
        "region": [(("regions", i), r.id) for i, r in enumerate(seminar.regions)],
        CORE_PARTICIPANT.name: [
            (("delegations", code, i), p.id)
            for code, people in seminar.delegations.items()
            for i, p in enumerate(people)
        ],
    }
    for kind, places in lists.items():
        entries = list(places)
        count = Counter(name for _, name in entries)
        for loc, name in entries:
            if count[name] > 1:
                yield (
                    loc,
                    f"the {kind} '{name}' occurs {count[name]} times; give each its own id.",
                )


def _session_ids(seminar: Seminar) -> Iterator[tuple[Loc, str]]:
    for i, session in enumerate(seminar.sessions):
        yield ("sessions", i, "id"), session.id
        for j, group in enumerate(session.groups):
            yield ("sessions", i, "groups", j, "id"), group.id


def _unknown_references(
    seminar: Seminar, cases: Collection[str], forms: Collection[str]
) -> Iterator[Problem]:
    references: list[tuple[Loc, str, str | None, Collection[str], str]] = []
    regions = {r.id for r in seminar.regions}
    tasks = [task.form for task in seminar.tasks]
    for code, country in seminar.countries.items():
        at: Loc = ("countries", code)
        references.append(((*at, "region"), "region", country.region, regions, "regions:"))
        references.append(
            ((*at, "footnote"), "footnote", country.footnote, seminar.footnotes, "footnotes:")
        )
    for i, task in enumerate(seminar.tasks):
        where = "templates/forms/"
        references.append((("tasks", i, "form"), "form", task.form, forms, where))
        for j, subject in enumerate(task.subjects):
            if subject not in task.subject_names:
                at = ("tasks", i, "subjects", j)
                references.append((at, "subject", subject, cases, "case_studies/ or subject_names"))
    for i, session in enumerate(seminar.sessions):
        for j, case in enumerate(session.cases):
            references.append(
                (("sessions", i, "cases", j), "case study", case, cases, "case_studies/")
            )
        for answer in session.seats.answers if session.seats else []:
            at = ("sessions", i, "seats")
            references.append((at, "form", answer.partition(".")[0], tasks, "tasks:"))
        for j, group in enumerate(session.groups):
            at = ("sessions", i, "groups", j, "prepared_by")
            references.append((at, "task", group.prepared_by, tasks, "tasks:"))
    for at, part in parts_of(seminar):
        references.append(((*at, "person"), "person", part.person, seminar.people, "people:"))
        references.append(((*at, "case"), "case study", part.case, cases, "case_studies/"))
    for loc, kind, name, valid, where in references:
        if name is not None and name not in valid:
            yield loc, f"the {kind} '{name}' is not in {where}{did_you_mean(name, valid)}"


def parts_of(seminar: Seminar) -> Iterator[tuple[Loc, Part]]:
    """Yield every part of the programme with its path in seminar.yml."""
    for i, session in enumerate(seminar.sessions):
        for k, part in enumerate(session.parts):
            yield ("sessions", i, "parts", k), part
        for j, group in enumerate(session.groups):
            for k, part in enumerate(group.parts):
                yield ("sessions", i, "groups", j, "parts", k), part


def _role_and_kind_problems(seminar: Seminar, file: YamlFile) -> Iterator[Problem]:
    roles = [role.name for role in known_roles(seminar)]
    kinds = [kind.name for kind in known_kinds(seminar)]
    for block, names, own_count in (
        ("roles", roles, len(seminar.roles)),
        ("session_kinds", kinds, len(seminar.session_kinds)),
    ):
        for i, name in enumerate(names[:own_count]):
            if name in (*names[:i], *names[own_count:]):
                where = file.describe((block, i))
                owner = "used by the kit" if name in names[own_count:] else "taken"
                yield (block, i, "name"), f"{where}: this name is {owner}; write another one."
    references: list[tuple[Loc, str, str, Sequence[str]]] = [
        ((*at, "role"), "role", part.role, roles) for at, part in parts_of(seminar)
    ]
    for i, session in enumerate(seminar.sessions):
        references.append((("sessions", i, "kind"), "kind", session.kind, kinds))
    for i, kind in enumerate(seminar.session_kinds):
        at: Loc = ("session_kinds", i, "needs")
        references += [((*at, j), "role", name, roles) for j, name in enumerate(kind.needs)]
    for i, role in enumerate(seminar.roles):
        at = ("roles", i, "needed_in")
        references += [((*at, j), "kind", name, kinds) for j, name in enumerate(role.needed_in)]
    for loc, word, value, valid in references:
        matches = get_close_matches(value.casefold(), valid, n=1, cutoff=0.8)
        where = file.describe(loc[:-1])
        if not value:
            others = ", ".join(valid)
            yield loc, f"{where}: the {word} is blank; write one of {others}, or another."
        elif matches and value not in valid:
            yield loc, f"{where}: '{word}' is '{value}'. Did you mean '{matches[0]}'?"


def _invalid_times(seminar: Seminar) -> Iterator[Problem]:
    for i, session in enumerate(seminar.sessions):
        if session.end <= session.start:
            yield (
                ("sessions", i, "end"),
                f"session '{session.id}' must end after it starts: it ends at "
                f"{session.end:%H:%M}, and starts at {session.start:%H:%M}; correct one of them.",
            )
        for j, item in enumerate(session.items):
            if item.start and not session.start <= item.start < session.end:
                yield (
                    ("sessions", i, "items", j, "start"),
                    f"'{item.title}' starts at {item.start:%H:%M}, outside session "
                    f"'{session.id}' ({session.start:%H:%M}–{session.end:%H:%M}).",
                )


def _delegations(seminar: Seminar) -> Iterator[Problem]:
    for code, people in seminar.delegations.items():
        if code not in seminar.countries:
            hint = did_you_mean(code, seminar.countries)
            yield ("delegations", code), f"the country '{code}' is not in countries:{hint}"
        for i, person in enumerate(people):
            if not person.id.startswith(f"{code}-"):
                yield (
                    ("delegations", code, i, "id"),
                    f"'{person.id}' is in the delegation of {code}; write '{code}-{i + 1}'.",
                )
