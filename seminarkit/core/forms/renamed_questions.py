"""Answers that came under the earlier names of questions: ``was:`` in the YAML of a form.

What was sent stays as it is, with its version and receipt. Wherever it is read, an answer has the
name that its question has now. form.js does the same; the tests' vectors.json holds both to it.
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
    """Return the names that questions had, each with the name of now; and what is wrong with them.

    ``names`` are those of all fields of the form, ``answered`` those that hold an answer. Problems
    are place and sentence.
    """
    was: dict[str, str] = {}
    problems: list[tuple[Loc, str]] = []
    for at, question in _walk(fields, ("fields",)):
        for name in question.was:
            if question.name not in answered:
                words = f"'{question.name}' asks nothing, so it was no question; take 'was' away."
            elif name in names:
                words = f"'{name}' is a question of this form, so no other one can have been it."
            elif was.setdefault(name, question.name) != question.name:
                words = f"'{name}' is named twice, at '{was[name]}' too; keep one of the two."
            else:
                continue
            problems.append(((*at, "was"), words))
    return was, problems


def _walk(fields: list[Question], loc: Loc) -> Iterator[tuple[Loc, Question]]:
    for number, question in enumerate(fields):
        yield (*loc, number), question
        yield from _walk(question.fields, (*loc, number, "fields"))


def with_present_names(form: CompiledForm, answers: Answers) -> dict[str, object]:
    """Return answers by the names that their questions have now.

    Of an answer under both names the later one in the mapping counts, which was written last. What
    does not fit the question of now (it is of another kind, say) stays under its old name.
    """
    was = form.get("was", {})
    present: dict[str, object] = {}
    for name, value in answers.items():
        now, renamed = was.get(name, name), _renamed(was, value)
        if (now, renamed) == (name, value) or _fits(form, now, renamed):
            present[now] = renamed
        else:
            present[name] = value
    return present


def sent_as(form: CompiledForm, answers: Answers) -> dict[str, str]:
    """Return for each name of now that answers have another name for, that one."""
    was = form.get("was", {})
    return {was[name]: name for name in _names(answers) if name in was}


def with_sent_names(answers: Answers, sent: Mapping[str, str]) -> dict[str, object]:
    """Return answers by the names that they were sent under; ``sent`` is of ``sent_as``."""
    return {sent.get(name, name): _renamed(sent, value) for name, value in answers.items()}


def carried_over(form: CompiledForm, filled: Payload) -> Payload:
    """Return a version to go on with in a form: under the names of now, and made of that one."""
    answers = with_present_names(form, filled["answers"])
    if answers == filled["answers"]:
        return filled
    return {**filled, "answers": answers, "rev": filled["rev"] + 1, "ancestors": lineage(filled)}


def _renamed(names: Mapping[str, str], value: object) -> object:
    """Return a value whose rows have other names for their cells."""
    if isinstance(value, list):
        return [_renamed(names, inner) for inner in value]
    if is_object(value):
        return {names.get(name, name): _renamed(names, inner) for name, inner in value.items()}
    return value


def _names(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for inner in value:
            yield from _names(inner)
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield name
            yield from _names(inner)


def _fits(form: CompiledForm, name: str, value: object) -> bool:
    try:
        check_types(form, {name: value})
    except AnswersError:
        return False
    return True
