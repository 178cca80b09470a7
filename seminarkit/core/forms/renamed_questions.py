"""Answers under earlier names of questions: ``was:`` in the YAML of a form.

Received answers are stored unchanged, with their version and receipt. Whenever they are read, they
have the present names of their questions. form.js does the same; the tests' vectors.json checks
both.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from seminarkit.core.forms.answer_versions import lineage
from seminarkit.core.forms.answers import check_types
from seminarkit.core.forms.form_yaml import Question
from seminarkit.core.forms.question_kinds import AnswersError
from seminarkit.core.forms.shapes import Answers, CompiledForm, Payload, is_object
from seminarkit.core.yaml.yaml_file import Loc


def earlier_names(
    fields: list[Question], names: Collection[str], answered: Collection[str]
) -> tuple[dict[str, str], list[tuple[Loc, str]]]:
    """Return the present names by the earlier names of questions, and the problems in ``was:``.

    ``names`` are those of all fields of the form, ``answered`` those of fields with an answer. A
    problem is a place and a message.
    """
    was: dict[str, str] = {}
    problems: list[tuple[Loc, str]] = []
    for at, question in _walk(fields, ("fields",)):
        for name in question.was:
            if question.name not in answered:
                words = f"'{question.name}' asks nothing, so it has no earlier name; remove 'was'."
            elif name in names:
                words = f"'{name}' is a question of this form, so it is not an earlier name."
            elif was.setdefault(name, question.name) != question.name:
                words = f"'{name}' is written twice, also at '{was[name]}'; keep one of the two."
            else:
                continue
            problems.append(((*at, "was"), words))
    return was, problems


def _walk(fields: list[Question], loc: Loc) -> Iterator[tuple[Loc, Question]]:
    for number, question in enumerate(fields):
        yield (*loc, number), question
        yield from _walk(question.fields, (*loc, number, "fields"))


def with_present_names(form: CompiledForm, answers: Answers) -> dict[str, object]:
    """Return answers by the present names of their questions.

    If both names have an answer, the later one in the mapping counts, as it was written last. An
    answer that does not fit the present question, for example its type, keeps its earlier name.
    """
    was = form.get("was", {})
    renamed: dict[str, object] = {}
    for name, value in answers.items():
        new_name, new_value = was.get(name, name), _rename_cells(was, value)
        if (new_name, new_value) == (name, value) or _fits(form, new_name, new_value):
            renamed[new_name] = new_value
        else:
            renamed[name] = value
    return renamed


def sent_as(form: CompiledForm, answers: Answers) -> dict[str, str]:
    """Return the earlier names that answers use, by the present names."""
    was = form.get("was", {})
    return {was[name]: name for name in _names_in(answers) if name in was}


def with_sent_names(answers: Answers, sent: Mapping[str, str]) -> dict[str, object]:
    """Return answers by the names under which they were received; ``sent`` is from ``sent_as``."""
    return {sent.get(name, name): _rename_cells(sent, value) for name, value in answers.items()}


def carried_over(form: CompiledForm, filled: Payload) -> Payload:
    """Return a version to continue from: itself, or a new one of it if questions were renamed."""
    answers = with_present_names(form, filled["answers"])
    if answers == filled["answers"]:
        return filled
    return {**filled, "answers": answers, "rev": filled["rev"] + 1, "ancestors": lineage(filled)}


def _rename_cells(names: Mapping[str, str], value: object) -> object:
    """Return an answer with the cells of its rows renamed."""
    if isinstance(value, list):
        return [_rename_cells(names, inner) for inner in value]
    if is_object(value):
        return {names.get(name, name): _rename_cells(names, inner) for name, inner in value.items()}
    return value


def _names_in(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for inner in value:
            yield from _names_in(inner)
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield name
            yield from _names_in(inner)


def _fits(form: CompiledForm, name: str, value: object) -> bool:
    try:
        check_types(form, {name: value})
    except AnswersError:
        return False
    return True
