"""The questions that the program reads by name in the kit's own forms, and their types.

Organisers may change labels, hints and choices, and add questions. The questions listed here must
keep their names: under another name their answers would silently be missing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from seminarkit.core.forms.shapes import (
    CompiledForm,
    Field,
    choices_of,
    fields_in,
    is_repeat,
    questions,
    row_questions,
)


@dataclass(frozen=True)
class RequiredQuestion:
    """A question that the program reads; ``use`` says what for.

    The question must have all ``choices``. An ``optional`` question may be missing, but not
    misspelt.
    """

    name: str
    type: str
    use: str
    choices: tuple[str, ...] = ()
    optional: bool = False
    inside: tuple[RequiredQuestion, ...] = ()


CONTRACTS: Mapping[str, tuple[RequiredQuestion, ...]] = {
    "nomination": (
        RequiredQuestion(
            "nominees",
            "repeat",
            "the people who are nominated",
            inside=(
                RequiredQuestion("nominee_name", "text", "a person's name"),
                RequiredQuestion("nominee_function", "text", "a person's function", optional=True),
                RequiredQuestion(
                    "nominee_profile", "select_one", "a person's profile", optional=True
                ),
                RequiredQuestion("nominee_email", "text", "a person's address", optional=True),
            ),
        ),
    ),
    "sign_off": (
        RequiredQuestion("signed_receipt", "text", "the receipt of the report that is signed"),
        RequiredQuestion("signed_final", "select_one", "whether it is final", ("yes", "no")),
        RequiredQuestion("signed_remark", "text", "what is to be changed", optional=True),
    ),
    "questions": (
        RequiredQuestion(
            "questions",
            "repeat",
            "the questions for the discussion",
            inside=(
                RequiredQuestion("question", "text", "the words of a question"),
                RequiredQuestion(
                    "about", "select_one", "which session or case it is for", optional=True
                ),
                RequiredQuestion("why", "text", "why somebody asks", optional=True),
            ),
        ),
    ),
}
_NOTES = (
    RequiredQuestion(
        "chair_seen",
        "select_one",
        "whether the chair has seen the notes",
        ("agreed", "changes"),
        optional=True,
    ),
)


@dataclass(frozen=True)
class ContractBreach:
    """A violation of a contract: the name of the question, or '', and a message."""

    name: str
    words: str


def breaches(form: CompiledForm, *, notes: bool = False) -> Iterator[ContractBreach]:
    """Yield the breaches of a form's contract; ``notes`` says that it is a form for group notes."""
    yield from _missing(form["fields"], (*CONTRACTS.get(form["form"], ()), *(_NOTES * notes)))
    if notes:
        yield from _statements(form)


def _missing(
    fields: Sequence[Field], needed: Collection[RequiredQuestion]
) -> Iterator[ContractBreach]:
    fields_by_name = {field["name"]: field for field in questions(fields)}
    for question in needed:
        field = fields_by_name.get(question.name)
        if field is None:
            yield from _absent(question, fields_by_name, {n.name for n in needed})
            continue
        if field["type"] != question.type:
            yield ContractBreach(
                question.name,
                f"the kit reads '{question.name}' as {question.use}; its type must be "
                f"{question.type}, not {field['type']}.",
            )
            continue
        choices = [name for name, _ in choices_of(field)]
        for choice in question.choices:
            if choice not in choices:
                yield ContractBreach(
                    question.name,
                    f"the kit reads '{question.name}' as {question.use}; it must have the choice "
                    f"'{choice}', but has {', '.join(choices) or 'none'}.",
                )
        yield from _missing(fields_in(field), question.inside)


def _absent(
    needed: RequiredQuestion, names: Collection[str], needed_names: Collection[str]
) -> Iterator[ContractBreach]:
    others = [name for name in names if name not in needed_names]
    match = "".join(get_close_matches(needed.name, others, n=1, cutoff=0.75))
    if match or not needed.optional:
        hint = f" Is it the question '{match}'?" if match else ""
        yield ContractBreach(
            match,
            f"the kit reads '{needed.name}' as {needed.use}, but the form has no question of that "
            f"name.{hint} Keep the name; you may change the label.",
        )


def _statements(form: CompiledForm) -> Iterator[ContractBreach]:
    """Yield the lists of a notes form that have no text question for their statements."""
    lists = [field for field in questions(form["fields"]) if is_repeat(field)]
    if not lists:
        yield ContractBreach(
            "", "the kit reads the lists of a form for notes, but this form has no list."
        )
    for field in lists:
        text = f"{field['name']}_text"
        plain = [
            f["name"] for f in row_questions(field) if f["type"] == "text" and not f.get("codes")
        ]
        if text not in plain and not field.get("private"):
            yield ContractBreach(
                field["name"],
                f"the kit reads '{text}' as the statements of '{field['name']}'; add a text "
                f"question with that name to it{_instead_of(plain)}.",
            )


def _instead_of(names: Sequence[str]) -> str:
    return f", instead of {' or '.join(repr(name) for name in names)}" if names else ""
