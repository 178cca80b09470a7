"""When totals are issued anew: after enough answers were received or changed.

A single new answer between two issues could be recovered by subtraction, so a new issue waits for
``LEAST_GROUP`` answers, the size of the smallest published group; a large issue waits for a tenth
of its answers, so that there are never many issues. After the deadline ``SMALL`` changed answers
are enough, once; more suppression protects these few from subtraction (across_issues.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime

from seminarkit.core.seminar.clock import now
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.index import Index
from seminarkit.core.store.lock import writing
from seminarkit.core.store.submission import Submission
from seminarkit.topics.survey.counting import (
    Field,
    answered_question,
    closed_questions,
    people_of,
    picked_by,
    respondents,
)
from seminarkit.topics.survey.disclosure.across_issues import EarlierTable, protected_across
from seminarkit.topics.survey.disclosure.counts import HIDDEN, LEAST_GROUP, SMALL, Table
from seminarkit.topics.survey.disclosure.issue_log import Issue, Issues, new_salt, version_id
from seminarkit.topics.survey.totals import Part, Totals, all_totals


@dataclass(frozen=True)
class IssueStatus:
    """The published issue of a form, and what has been received since then.

    ``changed`` is the number of people who answered, changed an answer or left since then;
    ``more`` is how many more the next issue needs. Before the first issue, ``issue`` is None and
    ``changed`` counts all respondents.
    """

    issue: Issue | None
    changed: int
    more: int
    deadline: datetime
    answered: int  # so far, whether counted in the issue or not

    @property
    def over(self) -> bool:
        """Whether the deadline has passed."""
        return self.deadline <= _moment(now())


def issue_if_due(
    folder: SeminarFolder, totals: Totals, part: Part, submissions: Sequence[Submission]
) -> IssueStatus:
    """Return the issue to publish, after making a new one if it is due."""
    issues = _issues(folder, totals, part)
    status = _status(folder, totals, part, submissions, issues)
    if status.more:
        return status
    new_issue = _new_issue(folder, totals, part, submissions, issues)
    with writing(folder.lock):
        newest = _issues(folder, totals, part)
        if len(newest) == len(issues):  # no other run has issued in the meantime
            Issues(folder.issues).add(new_issue)
            newest = [*issues, new_issue]
    return _status(folder, totals, part, submissions, newest)


def issue_status(
    folder: SeminarFolder, totals: Totals, part: Part, submissions: Sequence[Submission]
) -> IssueStatus:
    """Return the issue that is published now; never makes one."""
    issues = Issues(folder.issues).of(totals.form, part.subject)
    return _status(folder, totals, part, submissions, issues)


def deadline_of(folder: SeminarFolder, part: Part) -> datetime:
    """Return the latest deadline that any country has for a part."""
    seminar = folder.seminar
    return max(seminar.deadline(part.task, code) for code in ("", *seminar.countries))


def next_deadline(folder: SeminarFolder) -> str:
    """Return the next deadline, which may bring a new issue, as an ISO time in UTC; or ""."""
    moments = [deadline_of(folder, part) for totals in all_totals(folder) for part in totals.parts]
    upcoming = [m for m in moments if m > _moment(now())]
    return min(upcoming).astimezone(UTC).isoformat() if upcoming else ""


def last_issue(folder: SeminarFolder, totals: Totals, part: Part) -> Issue | None:
    """Return the last issue, or None before the first; never makes one."""
    issues = _issues(folder, totals, part)
    return issues[-1] if issues else None


def _issues(folder: SeminarFolder, totals: Totals, part: Part) -> list[Issue]:
    was = folder.forms[totals.form].get("was", {})
    issues = Issues(folder.issues).of(totals.form, part.subject)
    return [issue.with_present_names(was) for issue in issues]


def _status(
    folder: SeminarFolder,
    totals: Totals,
    part: Part,
    submissions: Sequence[Submission],
    issues: Sequence[Issue],
) -> IssueStatus:
    by_person = respondents(folder.seminar, submissions, totals.form, part.subject)
    deadline = deadline_of(folder, part)
    if not issues:
        more = max(0, LEAST_GROUP - len(by_person))
        return IssueStatus(None, len(by_person), more, deadline, len(by_person))
    last = issues[-1]
    changed = len(_changed_people(folder, totals.form, last, by_person, submissions))
    step = max(LEAST_GROUP, len(last.counted) // LEAST_GROUP)
    if _moment(last.made_at) < deadline <= _moment(now()):
        step = SMALL
    more = max(step - changed, LEAST_GROUP - len(by_person), 0)
    return IssueStatus(last, changed, more, deadline, len(by_person))


def _changed_people(
    folder: SeminarFolder,
    form: str,
    issue: Issue,
    by_person: Mapping[str, Submission],
    submissions: Sequence[Submission],
) -> set[str]:
    """Return who answered, changed their answer or left since an issue.

    By person id, or by version id where the version was forgotten.
    """
    fields = closed_questions(folder, form)
    versions = _versions(folder, form, submissions)
    by_id = {version_id(issue.salt, version): version for version in versions}
    before = {by_id[key].person if key in by_id else key: by_id.get(key) for key in issue.counted}
    return {
        person
        for person in before.keys() | by_person.keys()
        if (person in before) != (person in by_person)
        or _picks(fields, before[person]) != _picks(fields, by_person[person])
    }


def _picks(fields: Sequence[Field], version: Submission | None) -> list[frozenset[str]] | None:
    return [picked_by(version, field) for field in fields] if version else None


def _new_issue(
    folder: SeminarFolder,
    totals: Totals,
    part: Part,
    submissions: Sequence[Submission],
    issues: Sequence[Issue],
) -> Issue:
    by_person = respondents(folder.seminar, submissions, totals.form, part.subject)
    people = people_of(folder.seminar, by_person, totals.by)
    versions = _versions(folder, totals.form, submissions)
    at, salt = now(), new_salt()
    limits: dict[str, tuple[int, int]] = {}
    tables: dict[str, Table] = {}
    for field in closed_questions(folder, totals.form):
        question, name = answered_question(field, by_person), field["name"]
        earlier = [
            _earlier_table(issue, field, versions) for issue in issues if name in issue.tables
        ]
        limits[name] = question.limits
        try:
            tables[name] = protected_across(question, people, earlier)
        except ArithmeticError:  # the form was changed: the answers contradict earlier issues
            tables[name] = {(group, c): HIDDEN for group in people.groups for c in question.choices}
    groups_of = {
        person: tuple(name for name, members in people.groups.items() if person in members)
        for person in by_person
    }
    return Issue(
        form=totals.form,
        subject=part.subject,
        made_at=at,
        as_of=_as_of(folder, by_person.values(), at),
        salt=salt,
        counted={version_id(salt, version): groups_of[p] for p, version in by_person.items()},
        limits=limits,
        tables=tables,
    )


def _earlier_table(issue: Issue, field: Field, versions: Sequence[Submission]) -> EarlierTable:
    """Return the table of a question in an issue, with the answers that are still known."""
    by_id = {version_id(issue.salt, version): version for version in versions}
    counted = {key: by_id[key] for key in issue.counted if key in by_id}
    groups: dict[str, set[str]] = {}
    for key, names in issue.counted.items():
        for name in names:
            groups.setdefault(name, set()).add(key)
    choices = {choice for _, choice in issue.tables[field["name"]]}
    return EarlierTable(
        groups={name: frozenset(members) for name, members in groups.items()},
        persons={key: version.person for key, version in counted.items()},
        picked={key: picked_by(version, field) & choices for key, version in counted.items()},
        limits=issue.limits[field["name"]],
        table=issue.tables[field["name"]],
    )


def _versions(
    folder: SeminarFolder, form: str, submissions: Sequence[Submission]
) -> list[Submission]:
    """Return all stored versions of a form: the latest and earlier ones."""
    earlier: list[Submission] = []
    if folder.database.exists():
        with closing(Index(folder.database, to_read=True)) as index:
            earlier = index.all_of_form(form)
    return [*earlier, *(submission for submission in submissions if submission.form == form)]


def _as_of(folder: SeminarFolder, versions: Iterable[Submission], at: str) -> str:
    """Return the day on which the last counted version was saved, ignoring times in the future."""
    saved = [v.saved_at for v in versions if v.saved_at]
    moments = [moment for text in saved if (moment := _moment(text)) <= _moment(at)]
    return max(moments, default=_moment(at)).astimezone(folder.seminar.zone).date().isoformat()


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
