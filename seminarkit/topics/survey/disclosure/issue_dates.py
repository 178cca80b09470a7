"""When totals get new numbers: an issue stays until enough answers have come or changed since.

One new answer between two issues could be read off by subtracting, so new numbers wait for
``LEAST_GROUP`` answers, as no smaller group has numbers of its own; where an issue holds many
answers, for a tenth of them, so that there are never many issues. At the deadline ``SMALL`` are
enough, once: what the few of them said is kept from subtraction by hiding more (across_issues.py).
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
    asked,
    closed_questions,
    people_of,
    picked_by,
    respondents,
)
from seminarkit.topics.survey.disclosure.across_issues import Shown, protected_across
from seminarkit.topics.survey.disclosure.counts import HIDDEN, LEAST_GROUP, SMALL, Table
from seminarkit.topics.survey.disclosure.issue_log import Issue, Issues, new_salt, version_id
from seminarkit.topics.survey.totals import Part, Totals, all_totals


@dataclass(frozen=True)
class Standing:
    """The issue that is shown of a form, and what has come since.

    ``changed`` people have answered, answered otherwise or left since; ``more`` are needed for new
    numbers. Before the first issue, ``issue`` is None and ``changed`` are those who answered.
    """

    issue: Issue | None
    changed: int
    more: int
    deadline: datetime
    answered: int  # so far, in the issue or not

    @property
    def over(self) -> bool:
        """Say whether the deadline has passed."""
        return self.deadline <= _moment(now())


def standing(
    folder: SeminarFolder, totals: Totals, part: Part, submissions: Sequence[Submission]
) -> Standing:
    """Return the issue that is to be shown, after making a new one where it is time for it."""
    issues = _issues(folder, totals, part)
    found = _standing(folder, totals, part, submissions, issues)
    if found.more:
        return found
    made = _new_issue(folder, totals, part, submissions, issues)
    with writing(folder.lock):
        newest = _issues(folder, totals, part)
        if len(newest) == len(issues):  # no other run made one in the meantime
            Issues(folder.issues).add(made)
            newest = [*issues, made]
    return _standing(folder, totals, part, submissions, newest)


def issued(
    folder: SeminarFolder, totals: Totals, part: Part, submissions: Sequence[Submission]
) -> Standing:
    """Return the issue that is shown now; makes none."""
    issues = Issues(folder.issues).of(totals.form, part.subject)
    return _standing(folder, totals, part, submissions, issues)


def deadline_of(folder: SeminarFolder, part: Part) -> datetime:
    """Return the moment from which on nobody's answer is in time: the last of all countries'."""
    seminar = folder.seminar
    return max(seminar.deadline(part.task, code) for code in ("", *seminar.countries))


def next_deadline(folder: SeminarFolder) -> str:
    """Return when time alone may bring new numbers next, as logs note it; or nothing."""
    moments = [deadline_of(folder, part) for each in all_totals(folder) for part in each.parts]
    coming = [m for m in moments if m > _moment(now())]
    return min(coming).astimezone(UTC).isoformat() if coming else ""


def last_issue(folder: SeminarFolder, totals: Totals, part: Part) -> Issue | None:
    """Return the issue that is shown, or None before the first; makes none."""
    issues = _issues(folder, totals, part)
    return issues[-1] if issues else None


def _issues(folder: SeminarFolder, totals: Totals, part: Part) -> list[Issue]:
    was = folder.forms[totals.form].get("was", {})
    issues = Issues(folder.issues).of(totals.form, part.subject)
    return [issue.with_present_names(was) for issue in issues]


def _standing(
    folder: SeminarFolder,
    totals: Totals,
    part: Part,
    submissions: Sequence[Submission],
    issues: Sequence[Issue],
) -> Standing:
    given = respondents(folder.seminar, submissions, totals.form, part.subject)
    deadline = deadline_of(folder, part)
    if not issues:
        more = max(0, LEAST_GROUP - len(given))
        return Standing(None, len(given), more, deadline, len(given))
    last = issues[-1]
    changed = len(_changed(folder, totals.form, last, given, submissions))
    step = max(LEAST_GROUP, len(last.counted) // LEAST_GROUP)
    if _moment(last.made_at) < deadline <= _moment(now()):
        step = SMALL
    more = max(step - changed, LEAST_GROUP - len(given), 0)
    return Standing(last, changed, more, deadline, len(given))


def _changed(
    folder: SeminarFolder,
    form: str,
    last: Issue,
    given: Mapping[str, Submission],
    submissions: Sequence[Submission],
) -> set[str]:
    """Return who answered, answered otherwise, or left since an issue, by id or by version."""
    fields = closed_questions(folder, form)
    versions = _versions(folder, form, submissions)
    by_id = {version_id(last.salt, version): version for version in versions}
    before = {by_id[key].person if key in by_id else key: by_id.get(key) for key in last.counted}
    return {
        person
        for person in before.keys() | given.keys()
        if (person in before) != (person in given)
        or _picks(fields, before[person]) != _picks(fields, given[person])
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
    given = respondents(folder.seminar, submissions, totals.form, part.subject)
    people = people_of(folder.seminar, given, totals.by)
    versions = _versions(folder, totals.form, submissions)
    at, salt = now(), new_salt()
    limits: dict[str, tuple[int, int]] = {}
    tables: dict[str, Table] = {}
    for field in closed_questions(folder, totals.form):
        question, name = asked(field, given), field["name"]
        shown = [_shown(issue, field, versions) for issue in issues if name in issue.tables]
        limits[name] = question.each
        try:
            tables[name] = protected_across(question, people, shown)
        except ArithmeticError:  # the form was changed: today's answers do not fit what was shown
            tables[name] = {(group, c): HIDDEN for group in people.groups for c in question.choices}
    groups_of = {
        person: tuple(name for name, members in people.groups.items() if person in members)
        for person in given
    }
    return Issue(
        form=totals.form,
        subject=part.subject,
        made_at=at,
        as_of=_as_of(folder, given.values(), at),
        salt=salt,
        counted={version_id(salt, version): groups_of[p] for p, version in given.items()},
        limits=limits,
        tables=tables,
    )


def _shown(issue: Issue, field: Field, versions: Sequence[Submission]) -> Shown:
    """Return a question as an issue showed it, with who gave which answer as far as is known."""
    by_id = {version_id(issue.salt, version): version for version in versions}
    counted = {key: by_id[key] for key in issue.counted if key in by_id}
    groups: dict[str, set[str]] = {}
    for key, names in issue.counted.items():
        for name in names:
            groups.setdefault(name, set()).add(key)
    choices = {choice for _, choice in issue.tables[field["name"]]}
    return Shown(
        groups={name: frozenset(members) for name, members in groups.items()},
        persons={key: version.person for key, version in counted.items()},
        picked={key: picked_by(version, field) & choices for key, version in counted.items()},
        limits=issue.limits[field["name"]],
        table=issue.tables[field["name"]],
    )


def _versions(
    folder: SeminarFolder, form: str, submissions: Sequence[Submission]
) -> list[Submission]:
    """Return all versions of a form that are still there, those that count and earlier ones."""
    earlier: list[Submission] = []
    if folder.database.exists():
        with closing(Index(folder.database, to_read=True)) as index:
            earlier = index.all_of_form(form)
    return [*earlier, *(each for each in submissions if each.form == form)]


def _as_of(folder: SeminarFolder, versions: Iterable[Submission], at: str) -> str:
    """Return the day on which the last counted version was saved, as far as that can be true."""
    saved = [v.saved_at for v in versions if v.saved_at]
    moments = [moment for each in saved if (moment := _moment(each)) <= _moment(at)]
    return max(moments, default=_moment(at)).astimezone(folder.seminar.zone).date().isoformat()


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
