"""What the people of a discussion group answered before the seminar, beside everybody's totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from seminarkit.core.forms.audiences import questions_for
from seminarkit.core.forms.question_kinds import kind_of
from seminarkit.core.forms.shapes import AnswerField
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.audience import signed
from seminarkit.topics.survey.counting import (
    ALL,
    Field,
    asked,
    choices_of,
    closed_questions,
    respondents,
)
from seminarkit.topics.survey.disclosure.counts import HIDDEN, Asked, Cell, Table
from seminarkit.topics.survey.disclosure.issue_dates import last_issue
from seminarkit.topics.survey.dossier import Counts, GroupSlice, SliceAnswer, SliceWords
from seminarkit.topics.survey.facts import shown
from seminarkit.topics.survey.totals import survey_of


def group_slices(
    folder: SeminarFolder,
    submissions: Sequence[Submission],
    groups: Mapping[str, Sequence[str]],
) -> dict[str, GroupSlice]:
    """Return each group's answers to the survey: for its chair alone, as the form promises.

    ``groups`` holds the people's ids by group. A slice holds ``people`` and ``answered`` (how
    many), ``questions`` with the counts ``here``, which are whole, and of ``all`` as they were last
    shown, and ``words``: the answers to open questions with who gave them.
    """
    survey = survey_of(folder)
    if survey is None:
        return {}
    form, part = survey.form, survey.parts[0]
    given = respondents(folder.seminar, submissions, form, part.subject)
    readable = list(
        questions_for(folder.forms[form]["fields"], folder.forms[form]["audience"], "chairs")
    )
    names = {field["name"] for field in readable}
    fields = [field for field in closed_questions(folder, form) if field["name"] in names]
    issue = last_issue(folder, survey, part)
    published = issue.tables if issue else {}
    everybody = len(issue.counted) if issue else 0
    members = {name: frozenset(people) & frozenset(given) for name, people in groups.items()}
    here = {field["name"]: _whole(asked(field, given), members) for field in fields}
    return {
        name: {
            "people": len(people),
            "answered": len(members[name]),
            "questions": [
                {
                    "name": field["name"],
                    "label": field["label"],
                    "several": kind_of(field).several,
                    "choices": [[*choice] for choice in choices_of(field)],
                    "here": _counts(field, name, here[field["name"]], len(members[name])),
                    "all": _counts(field, ALL, published.get(field["name"], {}), everybody),
                }
                for field in fields
            ],
            "words": list(_words(folder, readable, given, members[name])),
        }
        for name, people in groups.items()
    }


def _whole(question: Asked, members: Mapping[str, frozenset[str]]) -> Table:
    counts = {
        (name, choice): question.count(people, choice)
        for name, people in members.items()
        for choice in question.choices
    }
    return {place: Cell(count, count) for place, count in counts.items()}


def _counts(field: Field, group: str, table: Table, size: int) -> Counts:
    return {name: shown(table.get((group, name), HIDDEN), size) for name, _ in choices_of(field)}


def _words(
    folder: SeminarFolder,
    fields: Sequence[AnswerField],
    given: Mapping[str, Submission],
    people: frozenset[str],
) -> Iterator[SliceWords]:
    """Yield the open questions with what the people of a group wrote."""
    for field in fields:
        if field["type"] == "text":
            answers: list[SliceAnswer] = [
                {"by": signed(folder.seminar, person, "core"), "words": words}
                for person in sorted(people)
                if (words := given[person].answers.get(field["name"]))
            ]
            yield {"name": field["name"], "label": field["label"], "answers": answers}
