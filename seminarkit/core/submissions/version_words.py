"""Texts on the versions of a form: which one counts, why, and how two of them differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from seminarkit.core.errors import UsageError
from seminarkit.core.forms.answer_diff import differing, differing_words
from seminarkit.core.forms.answers import is_blank
from seminarkit.core.forms.bundle import answer_text
from seminarkit.core.forms.question_kinds import NO_ANSWER
from seminarkit.core.forms.shapes import (
    AnswerField,
    Answers,
    CompiledForm,
    QuestionField,
    RepeatField,
    is_repeat,
    row_questions,
    rows_of,
)
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import unsettled
from seminarkit.core.store.submission import Submission
from seminarkit.core.store.version_states import JudgedVersions

SHORT = 8  # the letters of an id that are shown
_LEAST = 6  # the letters of an id that identify a version
_LONGEST = 160


@dataclass(frozen=True)
class Difference:
    """One question with different answers in two versions, and both answers."""

    label: str
    one: str
    other: str


def title_of(forms: Mapping[str, CompiledForm], version: Submission) -> str:
    """Return the title of a version, as in "Country report, GE-2"."""
    form = forms.get(version.form)
    about = f" ({version.subject})" if version.subject else ""
    return f"{form['title'] if form else version.form}{about}, {version.person}"


def standing_words(
    judged: JudgedVersions[Submission], version: Submission, form: CompiledForm
) -> str:
    """Return the standing of a version relative to the one that counts, with the reason."""
    counts = judged.counts
    match judged.standing(version):
        case "counts":
            return "counts"
        case "waits":
            return f"waits: changes were begun; {counts.receipt} counts until they are complete"
        case "beside":
            differ = differing_words(differing(form, counts.answers, version.answers))
            asks = "the organisers decide" if version in judged.undecided else "decided"
            return f"kept next to {counts.receipt}, which counts: {asks}. {differ}"
    if judged.descends(counts, version):
        return f"earlier: {counts.receipt} was made from it"
    if counts.complete and not version.complete:
        return f"earlier: {counts.receipt}, which is complete, counts"
    differ = differing_words(differing(form, counts.answers, version.answers))
    return f"earlier: {counts.receipt} was saved after it and counts. {differ}"


def unsettled_lines(
    forms: Mapping[str, CompiledForm], judged: Iterable[JudgedVersions[Submission]]
) -> Iterator[tuple[bool, str, str]]:
    """Yield (is to be decided, text, command) for each waiting or undecided version."""
    for form in judged:
        counts = form.counts
        command = f"seminar version {counts.person} {counts.form}"
        title = title_of(forms, counts)
        for version in form.undecided:
            words = f"{title}: {version.receipt} is kept next to {counts.receipt}, which counts"
            yield True, words, command
        if form.waits:
            words = f"{title}: changes were begun in {form.waits.receipt}; {counts.receipt} counts"
            yield False, words, command


def version_steps(folder: SeminarFolder) -> Iterator[tuple[str, str]]:
    """Yield the organiser's next steps for undecided versions, each with its command."""
    judged = unsettled(folder.database, folder.decisions)
    for is_undecided, words, command in unsettled_lines(folder.forms, judged):
        if is_undecided:
            yield f"{words}: choose", command


def find_version(
    name: str, forms: Sequence[JudgedVersions[Submission]]
) -> tuple[JudgedVersions[Submission], Submission]:
    """Return the version with a receipt, or the start of an id, and all versions of its form.

    Raises UsageError if no version matches, or several do.
    """
    matches = [
        (judged, version)
        for judged in forms
        for version in judged.versions
        if version.receipt == name.upper()
        or (len(name) >= _LEAST and version.version.startswith(name.lower()))
    ]
    if not matches:
        raise UsageError(
            f"No received version has the receipt or id '{name}'. List what was received for a "
            "form: seminar version GE-2 country_report"
        )
    if len(matches) > 1:
        lines = "".join(
            f"\n  {v.version[:SHORT]}  {v.form} of {v.person}, saved {v.saved_at or v.moment}"
            for _, v in matches
        )
        raise UsageError(
            f"{len(matches)} versions have '{name}'. Name one by its id, such as: "
            f"seminar version {matches[-1][1].version[:SHORT]}{lines}"
        )
    (only,) = matches
    return only


def differences(form: CompiledForm, one: Submission, other: Submission) -> list[Difference]:
    """Return the differences between two versions of a form, by question."""
    return [
        Difference(
            field["label"],
            _words(field, one.answers.get(field["name"], "")),
            _words(field, other.answers.get(field["name"], "")),
        )
        for field in differing(form, one.answers, other.answers)
    ]


def _words(field: AnswerField, value: object) -> str:
    if not is_repeat(field):
        words = answer_text(field, value)
    elif is_blank(value):
        words = NO_ANSWER
    else:
        rows = [
            ", ".join(
                answer_text(inner, row[inner["name"]]) for inner in _answered_questions(field, row)
            )
            for row in rows_of(value)
        ]
        words = "; ".join(f"{number}. {row}" for number, row in enumerate(rows, start=1))
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def _answered_questions(field: RepeatField, row: Answers) -> list[QuestionField]:
    return [inner for inner in row_questions(field) if not is_blank(row.get(inner["name"], ""))]
