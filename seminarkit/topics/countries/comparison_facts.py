"""Build the comparison dossier: the answers of all delegations to the same questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from seminarkit.core.forms.outline import readable_fields
from seminarkit.core.forms.question_kinds import kind_of
from seminarkit.core.forms.shapes import (
    AnswerField,
    Audience,
    CompiledForm,
    QuestionField,
    is_question,
    questions,
)
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.submissions.audience import Readable, may_show
from seminarkit.core.submissions.form_entries import entries
from seminarkit.core.submissions.merged_report import counted_submissions
from seminarkit.topics.countries.dossier import ComparisonDossier, WrittenAnswer


def comparison(
    folder: SeminarFolder, by_country: Mapping[str, Sequence[Readable]], audience: Audience
) -> ComparisonDossier:
    """Return the dossier that compares the countries.

    ``answers`` maps country code and question name to the answered values: one where the delegation
    agrees, several where its people differ, none where nobody answered. ``texts`` maps them to the
    open answers, each with its authors.
    """
    seminar = folder.seminar
    forms = [folder.forms[task.form] for task in seminar.tasks if task.per == "delegation"]
    return {
        "subject": "comparison",
        "audience": audience,
        "seminar": {"title": seminar.title, "series": seminar.series},
        "regions": [region.name for region in seminar.regions],
        "countries": [
            {
                "code": code,
                "name": seminar.display_name(code),
                "footnote": seminar.footnote(code),
                "region": seminar.region_name(code),
                "reported": any(
                    may_show(form, s, audience)
                    for form in forms
                    for s in counted_submissions(by_country[code], form["form"])
                ),
            }
            for code in seminar.countries
        ],
        "questions": [
            {"name": field["name"], "label": field["label"], "choices": field["choices"]}
            for form in forms
            for field in _closed_questions(form)
        ],
        "answers": {
            code: _answers(forms, submissions, audience) for code, submissions in by_country.items()
        },
        "open": [
            {"name": field["name"], "label": field["label"]}
            for form in forms
            for field in _open_questions(form, audience)
        ],
        "texts": {
            code: _texts(folder, forms, submissions, audience)
            for code, submissions in by_country.items()
        },
    }


def _closed_questions(form: CompiledForm) -> Iterator[QuestionField]:
    consent = form.get("consent", [""])[0]
    for field in questions(form["fields"]):
        if not is_question(field) or field["name"] == consent:
            continue
        if kind_of(field).choices and not kind_of(field).several:
            yield field


def _open_questions(form: CompiledForm, audience: Audience) -> Iterator[AnswerField]:
    return (field for _, field in readable_fields(form, audience) if field["type"] == "text")


def _texts(
    folder: SeminarFolder,
    forms: Sequence[CompiledForm],
    submissions: Sequence[Readable],
    audience: Audience,
) -> dict[str, list[WrittenAnswer]]:
    """Return the open answers of one country by question, equal ones once."""
    by_question: dict[str, list[WrittenAnswer]] = {}
    for form in forms:
        names = {field["name"] for field in _open_questions(form, audience)}
        for entry in entries(folder, form, submissions):
            for answer in entry["answers"]:
                if answer["name"] in names:
                    texts = by_question.setdefault(answer["name"], [])
                    _add_text(texts, answer["shown"], answer.get("from") or [entry["by"]])
    return by_question


def _add_text(texts: list[WrittenAnswer], words: str, writers: Sequence[str]) -> None:
    for text in texts:
        if text["words"] == words:
            text["by"] += [name for name in writers if name not in text["by"]]
            return
    texts.append({"words": words, "by": [*writers]})


def _answers(
    forms: Sequence[CompiledForm], submissions: Sequence[Readable], audience: Audience
) -> dict[str, list[str]]:
    by_question: dict[str, list[str]] = {}
    for form in forms:
        closed = {field["name"] for field in _closed_questions(form)}
        for submission in counted_submissions(submissions, form["form"]):
            if not may_show(form, submission, audience):
                continue
            for field in questions(form["fields"]):
                value = str(submission.answers.get(field["name"]) or "")
                if field["name"] in closed and value:
                    values = by_question.setdefault(field["name"], [])
                    values += [value] if value not in values else []
    return by_question
