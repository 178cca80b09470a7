"""The survey answers of a discussion group, beside the published totals of everybody."""

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
    answered_question,
    choices_of,
    closed_questions,
    respondents,
)
from seminarkit.topics.survey.disclosure.counts import (
    HIDDEN,
    AnsweredQuestion,
    PublishedCell,
    Table,
)
from seminarkit.topics.survey.disclosure.issue_dates import last_issue
from seminarkit.topics.survey.dossier import Counts, GroupSlice, SliceAnswer, SliceWords
from seminarkit.topics.survey.facts import published_count
from seminarkit.topics.survey.totals import survey_of


def group_slices(
    folder: SeminarFolder,
    submissions: Sequence[Submission],
    groups: Mapping[str, Sequence[str]],
) -> dict[str, GroupSlice]:
    """Return each group's answers to the survey, for its chair alone, as the form promises.

    ``groups`` holds the ids of the people of each group. A slice has ``people`` and ``answered``
    (how many), ``questions`` with the exact counts ``here`` and the last published counts of
    ``all``, and ``words``: the answers to open questions with their authors.
    """
    survey = survey_of(folder)
    if survey is None:
        return {}
    form, part = survey.form, survey.parts[0]
    by_person = respondents(folder.seminar, submissions, form, part.subject)
    readable_fields = list(
        questions_for(folder.forms[form]["fields"], folder.forms[form]["audience"], "chairs")
    )
    names = {field["name"] for field in readable_fields}
    fields = [field for field in closed_questions(folder, form) if field["name"] in names]
    issue = last_issue(folder, survey, part)
    published = issue.tables if issue else {}
    everybody = len(issue.counted) if issue else 0
    members = {name: frozenset(people) & frozenset(by_person) for name, people in groups.items()}
    counts = {
        field["name"]: _exact_counts(answered_question(field, by_person), members)
        for field in fields
    }
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
                    "here": _counts(field, name, counts[field["name"]], len(members[name])),
                    "all": _counts(field, ALL, published.get(field["name"], {}), everybody),
                }
                for field in fields
            ],
            "words": list(_words(folder, readable_fields, by_person, members[name])),
        }
        for name, people in groups.items()
    }


def _exact_counts(question: AnsweredQuestion, members: Mapping[str, frozenset[str]]) -> Table:
    counts = {
        (name, choice): question.count(people, choice)
        for name, people in members.items()
        for choice in question.choices
    }
    return {place: PublishedCell(count, count) for place, count in counts.items()}


def _counts(field: Field, group: str, table: Table, size: int) -> Counts:
    return {
        name: published_count(table.get((group, name), HIDDEN), size)
        for name, _ in choices_of(field)
    }


def _words(
    folder: SeminarFolder,
    fields: Sequence[AnswerField],
    by_person: Mapping[str, Submission],
    people: frozenset[str],
) -> Iterator[SliceWords]:
    """Yield the open questions with the answers of a group's people."""
    for field in fields:
        if field["type"] == "text":
            answers: list[SliceAnswer] = [
                {"by": signed(folder.seminar, person, "core"), "words": words}
                for person in sorted(people)
                if (words := by_person[person].answers.get(field["name"]))
            ]
            yield {"name": field["name"], "label": field["label"], "answers": answers}
