"""Report characters in answers that were removed or are missing in the fonts, by question."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from seminarkit.core import fonts
from seminarkit.core.clean_text import character_counts, clean, texts_in
from seminarkit.core.forms.shapes import Answers, CompiledForm, is_object, questions

_MAX_QUESTIONS = 4


def character_remarks(form: CompiledForm, answers: object) -> str:
    """Return remarks on removed characters and on those missing in the kit's fonts, or ''.

    Charts and PDF files spell out characters that the fonts lack.
    """
    if not is_object(answers):
        return ""
    removed = _places(form, answers, lambda text: clean(text).removed)
    lacking = _places(form, answers, lambda text: fonts.drawable(text).missing)
    remarks = []
    if removed:
        remarks.append(f"Characters that cannot be shown were left out of {removed}.")
    if lacking:
        remarks.append(
            f"Charts and PDF files spell out the characters that their fonts lack: {lacking}."
        )
    return " ".join(remarks)


def _places(form: CompiledForm, answers: Answers, find: Callable[[str], Sequence[str]]) -> str:
    """Return the labels of the questions where ``find`` returns characters, with these."""
    labels = {field["name"]: field["label"] for field in questions(form["fields"])}
    by_label: dict[str, list[str]] = {}
    for name, value in answers.items():
        if signs := [sign for text in texts_in(value) for sign in find(text)]:
            by_label.setdefault(
                labels.get(name, "a question that the form no longer asks"), []
            ).extend(signs)
    places = [f"“{label}” ({character_counts(signs)})" for label, signs in by_label.items()]
    more = f" and {len(places) - _MAX_QUESTIONS} more" if len(places) > _MAX_QUESTIONS else ""
    return ", ".join(places[:_MAX_QUESTIONS]) + more
