"""A seminar in which every question of every form is answered with a word of its own.

Whoever finds the word in an output knows whose answer to which question stands there. The answers
are made from the compiled forms alone: a form with another question is filled in as well.

    folder = plant(folder)                    # groups decided, forms filled in, sent, collected
    for place, word in canaries(folder).items():
        field = field_at(folder.forms[place.form], place.path)
        ...

Not every answer can carry a word. ``canaries`` leaves out, and ``values`` holds nevertheless:

- choices: their labels stand on every blank form, so that finding one proves nothing;
- whole numbers: a credit of 17 is found on any page, beside a date;
- the receipt in the sign-off of ``SIGNED``: it is that of the report, which others may read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from shared import arrives

from seminarkit.core.forms.answer_versions import receipt
from seminarkit.core.forms.answers import is_blank, relevant_fields
from seminarkit.core.forms.bundle import output, payload
from seminarkit.core.forms.expressions import evaluate, truth
from seminarkit.core.forms.shapes import CompiledForm, PersonalForm, questions
from seminarkit.core.seminar.assignments import Assignment, assignments
from seminarkit.core.seminar.delegation_decisions import Seated
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import JOINT
from seminarkit.topics.intake.collect import collect
from seminarkit.topics.packs.form_notebook import form_cells, form_notebook, read_prose
from seminarkit.topics.packs.personal_form import form_for

# Whole delegations of three, with their NEO. UA-1 alone allows the public, of GE and TN all do, of
# AM the joint report does, and it is signed off; the other NEOs do not sign, with a remark.
COUNTRIES = ("GE", "KZ", "UA", "TN", "AM")
CONSENTING = ("GE-1", "GE-2", "GE-3", "UA-1", "TN-1", "TN-2", "TN-3", "AM-NEO", "decker", "marusic")
SIGNED = ("AM",)
SAVED = "2020-11-10T10:00:00Z"
GROUPS: dict[str, list[dict[str, Any]]] = {
    "d1-groups-1": [
        {
            "id": "d1-groups-1-ghent",
            "title": "Ghent",
            "case": "ghent",
            "chair": "colucci",
            "discussant": "decker",
            "people": ["GE-1", "GE-2", "GE-3", "KZ-1", "KZ-2", "KZ-3", "UA-1"],
        },
        {
            "id": "d1-groups-1-dcu",
            "title": "Dublin",
            "case": "dcu",
            "chair": "bunescu",
            "people": ["UA-2", "UA-3", "TN-1", "TN-2", "TN-3", "AM-1", "AM-2", "AM-3"],
        },
    ],
    "d1-groups-2": [
        {
            "id": "d1-groups-2-zadar",
            "title": "Zadar",
            "case": "zadar",
            "chair": "smidt",
            "people": ["GE-1", "KZ-1", "TN-1", "AM-1"],
        },
    ],
    "d2-groups": [
        {
            "id": f"d2-group-{number}",
            "title": title,
            "chair": chair,
            "rapporteur": rapporteur,
            "confirmed": True,
            "people": people,
        }
        for number, title, chair, rapporteur, people in (
            (1, "Policy", "colucci", "GE-2", ["GE-1", "GE-2", "GE-3", "KZ-1", "KZ-2", "KZ-3"]),
            (2, "Institutions", "gaebel", "UA-2", ["UA-1", "UA-2", "UA-3", "TN-1"]),
            (3, "Recognition", "davies", "AM-2", ["TN-2", "TN-3", "AM-1", "AM-2", "AM-3"]),
        )
    ],
}


class Place(NamedTuple):
    """Where one answer stands: in whose form, and where in it (``examples.0.example_title``)."""

    form: str
    path: str
    person: str
    subject: str = ""


def plant(folder: SeminarFolder) -> SeminarFolder:
    """Decide the groups, fill in every form, and collect them; return the folder as it is then.

    The notes of groups come later, as in life: their sheets show what members asked before.
    """
    folder = decide_groups(folder)
    for of_groups in (False, True):
        for assignment in _asked(folder):
            if bool(assignment.task.sessions) == of_groups:
                _write(folder, assignment, folder.inbox)
        collect(folder)
    return folder


def decide_groups(folder: SeminarFolder) -> SeminarFolder:
    """Decide the groups of all rounds, and return the folder as it is then."""
    at = "2020-11-21T10:00:00Z"
    folder.decisions.add([Seated(session, groups, at=at) for session, groups in GROUPS.items()])
    return SeminarFolder(folder.root)


def canaries(folder: SeminarFolder) -> dict[Place, str]:
    """Return the word that stands in each answer, for all answers that can carry one."""
    return {
        # where there is room for a part of the word only, the whole answer is what is looked for
        place: _word(place) if _word(place) in str(value) else str(value)
        for place, value in values(folder).items()
        if _carries_a_word(folder, place)
    }


def values(folder: SeminarFolder) -> dict[Place, Any]:
    """Return every answer that is given, choices and numbers too."""
    return {
        Place(form["form"], path, form["author"]["id"], form.get("subject", "")): value
        for form, answers in filled_forms(folder)
        for path, value in _leaves(answers)
    }


def write_submissions(folder: SeminarFolder, inbox: Path) -> int:
    """Write every filled form into a folder, as a notebook each, and return how many."""
    return sum(_write(folder, assignment, inbox) for assignment in _asked(folder))


def filled_forms(folder: SeminarFolder) -> Iterator[tuple[PersonalForm, dict[str, Any]]]:
    """Yield every form made out to its person, with its answers."""
    for assignment in _asked(folder):
        yield _filled(folder, assignment)


def field_at(form: CompiledForm, path: str) -> dict[str, Any]:
    """Return the question at a path of a compiled form: of ``examples.0.link`` the one of rows.

    What is marked on a repeat, such as ``private``, holds for the questions in it.
    """
    first, *rest = path.split(".")
    (field,) = (f for f in questions(form["fields"]) if f["name"] == first)
    for name in rest[1:2]:
        (inner,) = (f for f in field["fields"] if f["name"] == name)
        marks = {key: field[key] for key in ("private", "audience") if key in field}
        field = {**marks, **inner}
    return dict(field)


def _asked(folder: SeminarFolder) -> Iterator[Assignment]:
    """Yield the forms that are filled in: of whole delegations, presenters and note takers."""
    for assignment in assignments(folder.seminar):
        country = assignment.author.country
        joint = assignment.subject == JOINT and country not in SIGNED
        if country in ("", *COUNTRIES) and not joint:
            yield assignment


def _write(folder: SeminarFolder, assignment: Assignment, inbox: Path) -> int:
    form, answers = _filled(folder, assignment)
    book = form_notebook(read_prose(folder.form_notebook(form["form"])), form)
    (cell,) = form_cells(book)
    cell["outputs"] = [output(form, payload(form, answers, 5, SAVED))]
    inbox.mkdir(parents=True, exist_ok=True)
    text = json.dumps(book, ensure_ascii=False)
    arrives(inbox / f"{form['file']}.ipynb", text)
    return 1


def _filled(folder: SeminarFolder, assignment: Assignment) -> tuple[PersonalForm, dict[str, Any]]:
    task, author = assignment.task, assignment.author
    form = form_for(folder, task.form, author.id, assignment.subject)
    if task.form == "sign_off" and author.country in SIGNED:
        report, answers = _filled(folder, _joint_of(folder, author.country))
        code = receipt(
            {"country": author.country, "instance": report["instance"], "answers": answers}
        )
        return form, {"signed_receipt": code, "signed_final": "yes"}
    here = Place(task.form, "", author.id, assignment.subject)
    answers = _answers(form["fields"], here, {})
    if "consent" in form:
        question, yes = form["consent"]
        (no,) = (c for c, _ in field_at(form, question)["choices"] if c != yes)
        answers[question] = yes if author.id in CONSENTING else no
    return form, answers


def _joint_of(folder: SeminarFolder, country: str) -> Assignment:
    (joint,) = (a for a in _asked(folder) if (a.author.country, a.subject) == (country, JOINT))
    return joint


def _answers(fields: list[dict[str, Any]], here: Place, scope: Mapping[str, Any]) -> dict[str, Any]:
    """Answer every question; choices are those that lead to most further questions."""
    answers: dict[str, Any] = {}
    for field in questions(fields):
        known = {**scope, **answers}
        if field["name"] not in {f["name"] for f in relevant_fields(fields, known)}:
            continue
        place = here._replace(path=f"{here.path}{field['name']}")
        if field["type"] == "repeat":
            answers[field["name"]] = [
                _answers(field["fields"], place._replace(path=f"{place.path}.{i}."), known)
                for i in range(min(field["max"], max(2, field["min"])))
            ]
        else:
            answers[field["name"]] = _answer(fields, field, place, known)
    return answers


def _answer(
    fields: list[dict[str, Any]], field: dict[str, Any], place: Place, known: dict[str, Any]
) -> Any:
    candidates = _candidates(field, place)
    fitting = [
        value
        for value in candidates
        if "constraint" not in field or truth(evaluate(field["constraint"], known, value))
    ]
    assert fitting, f"no answer to {place} keeps its constraint: none of {candidates[:5]}"
    return max(
        fitting,
        key=lambda value: len(list(relevant_fields(fields, {**known, field["name"]: value}))),
    )


def _candidates(field: dict[str, Any], place: Place) -> list[Any]:
    word = _word(place)
    if field["type"] == "select_one":
        return [code for code, _ in field["choices"]]
    if field["type"] == "select_multiple":
        codes = [code for code, _ in field["choices"]]
        return [codes[:2], codes[:1]]
    if field["type"] == "integer":
        number = int(sha256(word.encode()).hexdigest(), 16)
        return [number % 10**9, number % 59 + 1, *range(1000)]
    return [
        word,
        f"{word}@example.org",
        f"https://www.example.org/{word}",
        f"{place.person[:2]}-{word[:4].upper()}",
    ]


def _carries_a_word(folder: SeminarFolder, place: Place) -> bool:
    of_the_report = place.path == "signed_receipt" and place.person[:2] in SIGNED
    return field_at(folder.forms[place.form], place.path)["type"] == "text" and not of_the_report


def _word(place: Place) -> str:
    """Return a word that stands nowhere else: short enough for no page to break it."""
    digest = sha256("/".join(place).encode()).digest()
    return "zq" + "".join("bcdfghjklmnpqrstvwxz"[byte % 20] for byte in digest[:8])


def _leaves(answers: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in answers.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for i, row in enumerate(value):
                yield from _leaves(row, f"{path}{name}.{i}.")
        elif not is_blank(value):
            yield f"{path}{name}", value
