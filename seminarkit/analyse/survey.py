"""The survey before the seminar, as totals: question by question, by region and by profile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from seminarkit.analyse.audience import Audience, may_see_totals_by
from seminarkit.analyse.kept_tables import kept_tables
from seminarkit.analyse.status import Row
from seminarkit.analyse.tables import LEAST_GROUP, SMALL, Asked, Cell, People, Table
from seminarkit.forms.answers import questions
from seminarkit.forms.expressions import evaluate, truth
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.seminar.model import Seminar
from seminarkit.store.index import Submission

SURVEY = "pre_survey"  # the form whose answers are told as totals alone
ALL = "all"
PROFILES = {
    "policy": "Policy",
    "institution": "Institution",
    "quality assurance": "Quality assurance",
    "neo": "NEO",
}
Field = Mapping[str, Any]
Told = dict[str, Any]


def surveys(
    folder: SeminarFolder, rows: Sequence[Row], submissions: Sequence[Submission]
) -> dict[Audience, dict[str, Any]]:
    """Return the survey's dossier for each audience: of one protection, so that they agree.

    Nothing where the seminar has no such form.
    """
    if SURVEY not in folder.forms:
        return {}
    given = respondents(folder.seminar, submissions)
    tables = protected_tables(folder, given)
    return {a: _dossier(folder, rows, given, tables, a) for a in ("core", "public")}


def respondents(seminar: Seminar, submissions: Sequence[Submission]) -> dict[str, Submission]:
    """Return the complete survey of each nominated person who sent one, by the person's id."""
    return {
        s.person: s
        for s in submissions
        if s.form == SURVEY and s.complete and seminar.participant(s.person)
    }


def closed_questions(folder: SeminarFolder) -> list[Field]:
    """Return the survey's questions that have choices."""
    fields = questions(folder.forms[SURVEY]["fields"])
    return [f for f in fields if f["type"] in ("select_one", "select_multiple")]


def asked(field: Field, given: Mapping[str, Submission]) -> Asked:
    """Return a closed question with what everybody picked; no answer is a choice of its own."""
    choices = tuple(name for name, _ in choices_of(field))
    picked = {}
    for person, submission in given.items():
        value = submission.answers.get(field["name"]) or [""]
        values = frozenset([value] if isinstance(value, str) else value)
        picked[person] = values & frozenset(choices)
    return Asked(choices, _each(field), picked)


def choices_of(field: Field) -> list[tuple[str, str]]:
    """Return a question's choices with their labels, and no answer where that is one."""
    choices = [(name, label) for name, label in field["choices"]]
    open_ = field["type"] == "select_one" and not _must(field)
    return [*choices, ("", "No answer")] if open_ else choices


def people_of(seminar: Seminar, given: Mapping[str, Submission]) -> People:
    """Return who answered, by region and by profile; exact numbers are for all of them alone."""
    groups = {ALL: frozenset(given)}
    for region in seminar.regions:
        groups[f"region {region.id}"] = frozenset(
            person for person in given if seminar.countries[person[:2]].region == region.id
        )
    for profile in PROFILES:
        groups[f"profile {profile}"] = frozenset(
            person for person in given if _profile(seminar, person) == profile
        )
    there = {name: people for name, people in groups.items() if people}
    delegations: dict[str, set[str]] = {}
    for person in given:
        delegations.setdefault(person[:2], set()).add(person)
    return People(there, [frozenset(d) for d in delegations.values()], frozenset([ALL]))


def protected_tables(folder: SeminarFolder, given: Mapping[str, Submission]) -> dict[str, Table]:
    """Return what may be told of each question, by its name; nothing while hardly any answered."""
    if len(given) < LEAST_GROUP:
        return {}
    by_name = {field["name"]: asked(field, given) for field in closed_questions(folder)}
    return kept_tables(folder.survey_tables, by_name, people_of(folder.seminar, given))


def told(cell: Cell, size: int) -> Told:
    """Return a cell as a dossier holds it: two ends, and the words for them, in full and short."""
    least, most = cell.least, None if cell.most is None else min(cell.most, size)
    if cell.exact:
        words = short = str(least)
    elif least and most is None:
        words, short = f"{least} or more", f"{least}+"
    elif most is None:
        words, short = "not shown", "–"
    elif least:
        words, short = f"{least} to {most}", f"{least}–{most}"
    else:
        words, short = f"fewer than {SMALL}", f"<{SMALL}"
    return {"least": least, "most": most, "words": words, "short": short}


def _each(field: Field) -> tuple[int, int]:
    """Return how many choices a person may pick, as the form allows it; everybody can read that."""
    if field["type"] == "select_one":
        return 1, 1
    names = [name for name, _ in field["choices"]]
    allowed = [
        number
        for number in range(1, len(names) + 1)
        if "constraint" not in field or truth(evaluate(field["constraint"], {}, names[:number]))
    ]
    return (min(allowed) if _must(field) else 0), max(allowed)


def _must(field: Field) -> bool:
    return bool(field.get("required")) and "relevant" not in field


def _profile(seminar: Seminar, person: str) -> str:
    participant = seminar.participant(person)
    return participant.profile if participant else ""


def _dossier(
    folder: SeminarFolder,
    rows: Sequence[Row],
    given: Mapping[str, Submission],
    tables: Mapping[str, Table],
    audience: Audience,
) -> dict[str, Any]:
    seminar = folder.seminar
    groups = list(_groups(seminar, given, audience))
    response = [_response(seminar, row) for row in rows]
    dossier: dict[str, Any] = {
        "subject": "survey",
        "audience": audience,
        "seminar": {"title": seminar.title, "series": seminar.series},
        "title": folder.forms[SURVEY]["title"],
        "answered": len(given),
        "expected": sum(each["expected"] for each in response),
        "small": SMALL,
        "least_group": LEAST_GROUP,
        "groups": groups,
        "questions": [
            {
                "name": field["name"],
                "label": field["label"],
                "several": field["type"] == "select_multiple",
                "choices": choices_of(field),
                "counts": _counts(tables[field["name"]], groups, choices_of(field)),
            }
            for field in (closed_questions(folder) if tables else [])
        ],
    }
    if audience == "core":
        dossier["response"] = response
        dossier["regions"] = [region.name for region in seminar.regions]
    return dossier


def _groups(
    seminar: Seminar, given: Mapping[str, Submission], audience: Audience
) -> Iterator[dict[str, Any]]:
    names = {f"region {region.id}": region.name for region in seminar.regions}
    names |= {f"profile {name}": label for name, label in PROFILES.items()}
    for key, members in people_of(seminar, given).groups.items():
        by = key.split()[0]
        if may_see_totals_by(by, audience):
            yield {
                "key": key,
                "by": by,
                "name": names.get(key, "All countries"),
                "answered": len(members),
                "shown": len(members) >= LEAST_GROUP,
            }


def _counts(
    table: Table, groups: Sequence[Mapping[str, Any]], choices: Sequence[tuple[str, str]]
) -> dict[str, dict[str, Told]]:
    return {
        group["key"]: {
            name: told(table[group["key"], name], group["answered"]) for name, _ in choices
        }
        for group in groups
        if group["shown"]
    }


def _response(seminar: Seminar, row: Row) -> dict[str, Any]:
    cell = next(cell for cell in row.cells if cell.form == SURVEY)
    return {
        "code": row.country,
        "name": row.name,
        "footnote": seminar.footnote(row.country),
        "region": seminar.region_name(row.country),
        "answered": cell.done,
        "expected": cell.expected,
        "drafts": sum(entry.state == "draft" for entry in cell.entries),
    }
