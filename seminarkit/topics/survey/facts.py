"""Build the dossiers of totals: of the survey and of other forms published as totals."""

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
from seminarkit.topics.survey.disclosure.counts import HIDDEN, LEAST_GROUP, SMALL, PublishedCell
from seminarkit.topics.survey.disclosure.issue_dates import IssueStatus, issue_if_due, issue_status
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
    """Return the dossier of every form published as totals, by audience and subject.

    Makes a new issue of the numbers where one is due. Removes dossiers and reports of forms that
    are no longer published as totals, or not for that audience. Failures are recorded in
    ``attempts``; without it the first one is raised at the end.
    """
    record = attempts or Attempts()
    dossiers: dict[tuple[Audience, str], TotalsDossier] = {}
    wanted = set()
    for totals in all_totals(folder):
        statuses = cache(partial(_statuses, folder, totals, submissions))
        for audience in AUDIENCES:
            if totals.may_see(audience):
                wanted.add((audience, totals.subject))
                with record.at(dossier_name(audience, totals.subject)):
                    dossier = _dossier(folder, totals, statuses(), submissions, audience)
                    dossiers[audience, totals.subject] = dossier
    with record.at("dossiers of former totals"):
        _remove_former(folder, wanted)
    if attempts is None:
        record.raise_first()
    return dossiers


def issued_totals(
    folder: SeminarFolder, submissions: Sequence[Submission], audience: Audience
) -> list[TotalsDossier]:
    """Return the dossiers of all totals that an audience sees, without issuing or writing."""
    return [
        _dossier(
            folder,
            totals,
            _statuses(folder, totals, submissions, issue_status),
            submissions,
            audience,
        )
        for totals in all_totals(folder)
        if totals.may_see(audience)
    ]


def _statuses(
    folder: SeminarFolder,
    totals: Totals,
    submissions: Sequence[Submission],
    status_of: Callable[..., IssueStatus] = issue_if_due,
) -> list[tuple[Part, IssueStatus]]:
    return [(part, status_of(folder, totals, part, submissions)) for part in totals.parts]


def published_count(cell: PublishedCell, size: int) -> Shown:
    """Return a cell's interval in the form that a dossier stores."""
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
    statuses: Sequence[tuple[Part, IssueStatus]],
    submissions: Sequence[Submission],
    audience: Audience,
) -> TotalsDossier:
    seminar = folder.seminar
    several = len(statuses) > 1
    groups = [
        (part.subject, issue, group)
        for part, status in statuses
        for issue in [status.issue]
        for group in _groups(seminar, part if several else None, issue, audience)
    ]
    dossier: TotalsDossier = {
        "subject": totals.subject,
        "audience": audience,
        "seminar": {"title": seminar.title, "series": seminar.series},
        "label": totals.title,
        "title": folder.forms[totals.form]["title"],
        "answered": sum(_counted(status) for _, status in statuses),
        "expected": seminar.delegation.size * len(seminar.countries),
        "small": SMALL,
        "least_group": LEAST_GROUP,
        "numbers": [_numbers(part, status) for part, status in statuses],
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
            if any(
                part_status.issue and field["name"] in part_status.issue.tables
                for _, part_status in statuses
            )
        ],
    }
    on_board = any(task.form == totals.form for task in seminar.board_tasks)
    if audience == "core" and on_board and not several:
        dossier["response"] = list(_response(seminar, totals.form, submissions))
        dossier["regions"] = [region.name for region in seminar.regions]
    return dossier


def _counted(status: IssueStatus) -> int:
    return len(status.issue.counted) if status.issue else status.answered


def _numbers(part: Part, status: IssueStatus) -> Numbers:
    day = date.fromisoformat(status.issue.as_of) if status.issue else None
    return {
        "part": part.name,
        "day": day_words(day) if day else "",
        "answered": _counted(status),
        "so_far": status.answered,
        "changed": status.changed,
        "more": status.more,
        "due": day_words((status.deadline - timedelta(minutes=1)).date()),
        "over": status.over,
    }


def _groups(
    seminar: Seminar, part: Part | None, issue: Issue | None, audience: Audience
) -> Iterator[Group]:
    """Yield the groups that an audience sees; ``part`` is None if the form has only one."""
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
        name: published_count(table.get((key, name), HIDDEN), group["answered"])
        for name, _ in choices_of(field)
    }


def _response(seminar: Seminar, form: str, submissions: Sequence[Submission]) -> Iterator[Response]:
    """Yield the current response of each country, which the board shows too."""
    complete = respondents(seminar, submissions, form)
    started = {s.person for s in submissions if s.form == form and seminar.participant(s.person)}
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
            "drafts": sum(person[:2] == code for person in started - complete.keys()),
        }


def _remove_former(folder: SeminarFolder, wanted: Collection[tuple[Audience, str]]) -> None:
    (folder.dossiers / "survey_tables.json").unlink(missing_ok=True)  # of an earlier version
    for audience in AUDIENCES:
        for root in (folder.dossiers, folder.reports):
            for path in (root / audience).glob("*.*"):
                if shows_totals(path.stem) and (audience, path.stem) not in wanted:
                    path.unlink()
