"""Validate a payload: seminar, form, author, subject, version and answers."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from seminarkit.core.clean_text import cleaned
from seminarkit.core.errors import did_you_mean
from seminarkit.core.forms.answer_versions import MOST_ANCESTORS, receipt, version_id
from seminarkit.core.forms.answers import check_types, is_blank, progress
from seminarkit.core.forms.bundle import instance_id
from seminarkit.core.forms.question_kinds import AnswersError
from seminarkit.core.forms.renamed_questions import sent_as, with_present_names
from seminarkit.core.forms.shapes import (
    Answers,
    CompiledForm,
    Version,
    is_object,
    is_texts,
    object_of,
    rows_of,
)
from seminarkit.core.mail_addresses import RULE, is_for_address, is_more_than_one
from seminarkit.core.shown_names import shown_name
from seminarkit.core.store.submission import Reading
from seminarkit.topics.intake.refusal import Blank, Refusal
from seminarkit.topics.intake.strict_json import check_depth, check_texts

_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_EARLIEST = datetime(1, 1, 3, tzinfo=UTC)  # leaves room to subtract days
_ID = re.compile(r"[0-9a-f]{64}", re.ASCII)
_HEX = re.compile(r"[0-9a-f]{0,16}", re.ASCII)
_MAX_ANSWERS = 200
_MAX_REV = 10**9


class EmptyForm(Blank):
    """A valid payload without any answer."""


@dataclass(frozen=True)
class Expected:
    """The data of a seminar that payloads are checked against.

    ``people`` maps each person to their country, ``asked`` each form instance handed out to its
    form, ``groups`` each group to the form of its notes and its rapporteur. ``codes`` are those
    that notes may refer to, ``names`` the full names of people, ``shown`` the marks (line_mark) of
    lines printed in forms.
    """

    seminar: str
    forms: dict[str, CompiledForm]
    people: dict[str, str]
    asked: dict[str, str]
    groups: dict[str, list[str]]
    codes: list[str]
    names: dict[str, str] = dataclasses.field(default_factory=dict)
    shown: list[str] = dataclasses.field(default_factory=list)


def read_payload(payload: object, expected: Expected) -> Reading:
    """Return the reading of a payload; raise Refusal with the first problem.

    The author is taken from the payload, never from the file name.
    """
    if not is_object(payload):
        raise Refusal(
            "Its answers are not in the format that a form writes. Ask for the file again."
        )
    check_depth(payload)
    check_texts(payload)
    form = _form(payload, expected)
    person = _person(payload, expected)
    country = expected.people[person]
    if payload.get("country") != country:
        raise Refusal(
            f"It says it is from '{_shown(payload.get('country'))}', but {person} belongs to "
            f"{country or 'no country'}. Ask for the file again, saved from the form of {person}."
        )
    subject = _subject(payload, expected, form, person)
    rev, saved_at = _version(payload)
    ancestors, salt, window = _ancestry(payload)
    sent: Version = {  # the receipt is computed from the answers as sent
        "instance": instance_id(expected.seminar, form["form"], person, subject),
        "country": country,
        "rev": rev,
        "saved_at": saved_at,
        "ancestors": list(ancestors),
        "salt": salt,
        "answers": _answers(payload, form),
    }
    answers = check_types(form, with_present_names(form, cleaned(sent["answers"])))
    completion = progress(form, answers)
    return Reading(
        form=form["form"],
        subject=subject,
        form_version=_shown(payload.get("form_version")),
        instance=sent["instance"],
        rev=rev,
        saved_at=saved_at,
        country=country,
        person=person,
        answers=answers,
        answered=completion.answered,
        total=completion.total,
        complete=completion.complete,
        receipt=receipt(sent),
        version=version_id(sent),
        ancestors=ancestors,
        written_in=window,
        salt=salt,
        sent_as=sent_as(form, sent["answers"]),
    )


def _form(payload: dict[str, object], expected: Expected) -> CompiledForm:
    if payload.get("seminar") != expected.seminar:
        raise Refusal(
            f"It belongs to another seminar ('{_shown(payload.get('seminar'))}'), not to "
            f"'{expected.seminar}'."
        )
    name = _shown(payload.get("form"))
    if name not in expected.forms:
        raise Refusal(f"This seminar has no form '{name}'.{did_you_mean(name, expected.forms)}")
    return expected.forms[name]


def _person(payload: dict[str, object], expected: Expected) -> str:
    person = _shown(object_of(payload.get("author")).get("id"))
    if person not in expected.people:
        raise Refusal(
            f"It is signed '{person}', who is not in this seminar. If the person has been "
            "nominated since, add them to seminar.yml and collect again."
        )
    return person


def _subject(
    payload: dict[str, object], expected: Expected, form: CompiledForm, person: str
) -> str:
    raw = payload.get("subject")
    subject = "" if raw is None else _shown(raw)
    instance = instance_id(expected.seminar, form["form"], person, subject)
    if payload.get("instance") != instance:
        raise Refusal(
            f"Its internal number is not the number of {person} for this form. Ask for the file "
            f"again, saved from the form of {person}."
        )
    if instance not in expected.asked and not _is_notes_form(form, subject, expected):
        about = f" about '{subject}'" if subject else ""
        raise Refusal(
            f"{person} is not asked for the form '{form['form']}'{about}. If this has changed, "
            "enter it in seminar.yml and collect again; otherwise ask who wrote it."
        )
    return subject


def _is_notes_form(form: CompiledForm, subject: str, expected: Expected) -> bool:
    """Return whether this is the notes form of a group, which anybody in the seminar may send.

    Such notes are stored beside those of the rapporteur.
    """
    return subject in expected.groups and expected.groups[subject][0] == form["form"]


def _version(payload: dict[str, object]) -> tuple[int, str]:
    rev, saved_at = payload.get("rev"), payload.get("saved_at", "")
    if isinstance(rev, bool) or not isinstance(rev, int) or not 0 <= rev <= _MAX_REV:
        raise Refusal(f"Its version number is '{_shown(rev)}', which no form writes.")
    if not isinstance(saved_at, str) or (saved_at and not _is_timestamp(saved_at)):
        raise Refusal(
            f"It says it was saved at '{_shown(saved_at)}', which is not a date and time."
        )
    return rev, saved_at


def _is_timestamp(value: str) -> bool:
    """Return whether a text is a valid UTC timestamp in the format of forms."""
    if not _TIMESTAMP.fullmatch(value):
        return False
    try:
        return datetime.fromisoformat(value) > _EARLIEST
    except ValueError:  # 30 February
        return False


def _ancestry(payload: dict[str, object]) -> tuple[tuple[str, ...], str, str]:
    """Return the ancestor versions of a payload, its salt and the id of its browser window."""
    ancestors = payload.get("ancestors", [])
    if (
        not is_texts(ancestors)
        or len(ancestors) > MOST_ANCESTORS
        or not all(map(_ID.fullmatch, ancestors))
    ):
        raise Refusal("It does not say correctly which version it was made from. Ask for it again.")
    return tuple(ancestors), _hex_field(payload, "salt"), _hex_field(payload, "window")


def _hex_field(payload: dict[str, object], key: str) -> str:
    value = payload.get(key, "")
    if not (isinstance(value, str) and _HEX.fullmatch(value)):
        raise Refusal(f"Its '{key}' is '{_shown(value)}', which no form writes.")
    return value


def _answers(payload: dict[str, object], form: CompiledForm) -> dict[str, object]:
    raw = payload.get("answers")
    if isinstance(raw, dict) and len(raw) > _MAX_ANSWERS:
        raise Refusal(f"It contains {len(raw)} answers; the limit is {_MAX_ANSWERS}.")
    try:
        answers = check_types(form, raw)
    except AnswersError as error:
        text = shown_name(str(error))
        raise Refusal(
            f"{text[0].upper()}{text[1:]}. Correct it in the form and send it again."
        ) from None
    _check_addresses(answers)
    if is_blank(cleaned(answers)):
        raise EmptyForm(
            "The form is empty. If something was written, it is still in the browser: open the "
            "same page there, press 'Save my file' and send that file."
        )
    return answers


def _check_addresses(answers: Answers) -> None:
    """Raise Refusal if an e-mail field contains several addresses or more than an address.

    An incomplete address is allowed, as in any draft.
    """
    for row in [answers, *(row for value in answers.values() for row in rows_of(value))]:
        for name, value in row.items():
            if is_for_address(name) and isinstance(value, str) and is_more_than_one(value):
                raise Refusal(
                    f"'{_shown(value)}' is not one e-mail address. {RULE}, and send it again."
                )


def _shown(value: object) -> str:
    """Return an untrusted value as a short text that is safe to show."""
    return shown_name(str(value))[:60] if isinstance(value, str | int) else "nothing"
