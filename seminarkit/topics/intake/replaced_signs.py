"""Tells which signs of the answers that came are not shown as they are, and in which question."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from seminarkit.core import fonts
from seminarkit.core.clean_text import clean, sign_names, texts_in
from seminarkit.core.forms.shapes import Answers, CompiledForm, is_object, questions

_MOST = 4


def taken_out(form: CompiledForm, answers: object) -> str:
    """Return sentences on signs that were taken out of answers as they were sent, or ''.

    And on those that the kit's fonts lack, which are written out wherever it draws the letters.
    """
    if not is_object(answers):
        return ""
    removed = _places(form, answers, lambda text: clean(text).removed)
    lacking = _places(form, answers, lambda text: fonts.drawable(text).missing)
    told = []
    if removed:
        told.append(f"Signs that cannot be shown were left out of {removed}.")
    if lacking:
        told.append(f"Charts and PDF files write out the signs that their fonts lack: {lacking}.")
    return " ".join(told)


def _places(form: CompiledForm, answers: Answers, look: Callable[[str], Sequence[str]]) -> str:
    """Return each question in whose answer a look finds signs, with the signs."""
    labels = {field["name"]: field["label"] for field in questions(form["fields"])}
    by_label: dict[str, list[str]] = {}
    for name, value in answers.items():
        if signs := [sign for text in texts_in(value) for sign in look(text)]:
            by_label.setdefault(labels.get(name, "a question it no longer asks"), []).extend(signs)
    places = [f"“{label}” ({sign_names(signs)})" for label, signs in by_label.items()]
    more = f" and {len(places) - _MOST} more" if len(places) > _MOST else ""
    return ", ".join(places[:_MOST]) + more
