"""Dossiers of totals: of the survey before the seminar, and of any form that is summed up."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, timedelta
from functools import cache, partial

from seminarkit.core.disk.attempts import Attempts, dossier_name
from seminarkit.core.forms.question_kinds import kind_of
from seminarkit.core.forms.shapes import Audience
from seminarkit.core.seminar.clock import day_words
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.audience import AUDIENCES, may_see_totals_by
from seminarkit.topics.survey.counting import (
    ALL,
    Field,
    choices_of,
    closed_questions,
    group_names,
    respondents,
)
from seminarkit.topics.survey.disclosure.counts import HIDDEN, LEAST_GROUP, SMALL, Cell
from seminarkit.topics.survey.disclosure.issue_dates import Standing, issued, standing
from seminarkit.topics.survey.disclosure.issue_log import Issue
from seminarkit.topics.survey.dossier import (
    Counts,
    Group,
    Numbers,
    Response,
    Shown,
    TotalsDossier,
)
from seminarkit.topics.survey.totals import Part, Totals, all_totals, shows_totals


def all_surveys(
    folder: SeminarFolder, submissions: Sequence[Submission], attempts: Attempts | None = None
) -> dict[tuple[Audience, str], TotalsDossier]:
    """Return the dossier of every form that is shown as totals, by audience and subject.

    Makes a new issue of their numbers where it is time for one. Takes away the dossiers and reports
    of forms that are not summed up any more, or not for that audience. What fails is noted in
    ``attempts`` and stays as it was; without them it is raised at the end.
    """
    noted = attempts or Attempts()
    dossiers: dict[tuple[Audience, str], TotalsDossier] = {}
    wanted = set()
    for totals in all_totals(folder):
        standings = cache(partial(_standings, folder, totals, submissions))
        for audience in AUDIENCES:
            if totals.may_see(audience):
                wanted.add((audience, totals.subject))
                with noted.at(dossier_name(audience, totals.subject)):
                    dossier = _dossier(folder, totals, standings(), submissions, audience)
                    dossiers[audience, totals.subject] = dossier
    with noted.at("dossiers of former totals"):
        _remove_former(folder, wanted)
    if attempts is None:
        noted.raise_first()
    return dossiers


def issued_totals(
    folder: SeminarFolder, submissions: Sequence[Submission], audience: Audience
) -> list[TotalsDossier]:
    """Return the dossiers of all totals that an audience sees; makes no issue, writes nothing."""
    return [
        _dossier(folder, each, _standings(folder, each, submissions, issued), submissions, audience)
        for each in all_totals(folder)
        if each.may_see(audience)
    ]


def _standings(
    folder: SeminarFolder,
    totals: Totals,
    submissions: Sequence[Submission],
    of: Callable[..., Standing] = standing,
) -> list[tuple[Part, Standing]]:
    return [(part, of(folder, totals, part, submissions)) for part in totals.parts]


def shown(cell: Cell, size: int) -> Shown:
    """Return a cell as a dossier holds it."""
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


def _dossier(
    folder: SeminarFolder,
    totals: Totals,
    found: Sequence[tuple[Part, Standing]],
    submissions: Sequence[Submission],
    audience: Audience,
) -> TotalsDossier:
    seminar = folder.seminar
    several = len(found) > 1
    groups = [
        (part.subject, issue, group)
        for part, state in found
        for issue in [state.issue]
        for group in _groups(seminar, part if several else None, issue, audience)
    ]
    dossier: TotalsDossier = {
        "subject": totals.subject,
        "audience": audience,
        "seminar": {"title": seminar.title, "series": seminar.series},
        "label": totals.title,
        "title": folder.forms[totals.form]["title"],
        "answered": sum(_counted(state) for _, state in found),
        "expected": seminar.delegation.size * len(seminar.countries),
        "small": SMALL,
        "least_group": LEAST_GROUP,
        "numbers": [_numbers(part, state) for part, state in found],
        "groups": [group for _, _, group in groups],
        "questions": [
            {
                "name": field["name"],
                "label": field["label"],
                "several": kind_of(field).several,
                "choices": [[*choice] for choice in choices_of(field)],
                "counts": {
                    group["key"]: _counts(issue, field, group)
                    for _, issue, group in groups
                    if issue and group["shown"]
                },
            }
            for field in closed_questions(folder, totals.form)
            if any(s.issue and field["name"] in s.issue.tables for _, s in found)
        ],
    }
    on_board = any(task.form == totals.form for task in seminar.board_tasks)
    if audience == "core" and on_board and not several:
        dossier["response"] = list(_response(seminar, totals.form, submissions))
        dossier["regions"] = [region.name for region in seminar.regions]
    return dossier


def _counted(state: Standing) -> int:
    return len(state.issue.counted) if state.issue else state.answered


def _numbers(part: Part, state: Standing) -> Numbers:
    day = date.fromisoformat(state.issue.as_of) if state.issue else None
    return {
        "part": part.name,
        "day": day_words(day) if day else "",
        "answered": _counted(state),
        "so_far": state.answered,
        "changed": state.changed,
        "more": state.more,
        "due": day_words((state.deadline - timedelta(minutes=1)).date()),
        "over": state.over,
    }


def _groups(
    seminar: Seminar, part: Part | None, issue: Issue | None, audience: Audience
) -> Iterator[Group]:
    """Yield the groups of one part that an audience sees; ``part`` is None where it is the only."""
    sizes = issue.sizes() if issue else {}
    for key, name in group_names(seminar).items():
        by = key.split()[0]
        if key in sizes and may_see_totals_by(by, audience):
            yield {
                "key": part.subject if part else key,
                "by": "part" if part else by,
                "name": part.name if part else name,
                "answered": sizes[key],
                "shown": sizes[key] >= LEAST_GROUP,
            }


def _counts(issue: Issue, field: Field, group: Group) -> Counts:
    table = issue.tables.get(field["name"], {})
    key = ALL if group["by"] == "part" else group["key"]
    return {
        name: shown(table.get((key, name), HIDDEN), group["answered"])
        for name, _ in choices_of(field)
    }


def _response(seminar: Seminar, form: str, submissions: Sequence[Submission]) -> Iterator[Response]:
    """Yield how many of each country have answered, as it stands now: the board shows it, too."""
    complete = respondents(seminar, submissions, form)
    begun = {s.person for s in submissions if s.form == form and seminar.participant(s.person)}
    size = seminar.delegation.size
    for code in seminar.countries:
        answered = sum(person[:2] == code for person in complete)
        yield {
            "code": code,
            "name": seminar.display_name(code),
            "footnote": seminar.footnote(code),
            "region": seminar.region_name(code),
            "answered": min(answered, size),
            "expected": size,
            "drafts": sum(person[:2] == code for person in begun - complete.keys()),
        }


def _remove_former(folder: SeminarFolder, wanted: Collection[tuple[Audience, str]]) -> None:
    (folder.dossiers / "survey_tables.json").unlink(missing_ok=True)  # of an earlier version
    for audience in AUDIENCES:
        for root in (folder.dossiers, folder.reports):
            for path in (root / audience).glob("*.*"):
                if shows_totals(path.stem) and (audience, path.stem) not in wanted:
                    path.unlink()
