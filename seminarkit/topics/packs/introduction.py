"""The purpose and the learning outcomes of a seminar, verbatim from its programme."""

from __future__ import annotations

from html import escape
from textwrap import wrap

from seminarkit.core.seminar.model import Seminar

HEADING = "What this seminar is for"
OUTCOMES = "The learning outcomes are:"


def purpose_html(seminar: Seminar) -> str:
    """Return purpose and outcomes as HTML, '' if seminar.yml has neither."""
    if not (seminar.purpose or seminar.outcomes):
        return ""
    purpose = "".join(f"<p>{escape(text)}</p>\n" for text in seminar.purpose)
    outcomes = "".join(
        f"<li>{escape(outcome.id)}: {escape(outcome.text)}</li>\n" for outcome in seminar.outcomes
    )
    outcome_list = f"<p>{OUTCOMES}</p>\n<ul>\n{outcomes}</ul>" if outcomes else ""
    return f"<h2>{HEADING}</h2>\n{purpose}{outcome_list}"


def purpose_text(seminar: Seminar) -> str:
    """Return purpose and outcomes as plain text, '' if seminar.yml has neither."""
    if not (seminar.purpose or seminar.outcomes):
        return ""
    lines = [HEADING, *(line for text in seminar.purpose for line in (*_wrapped(text), ""))]
    if seminar.outcomes:
        lines.append(f"  {OUTCOMES}")
    for outcome in seminar.outcomes:
        lines += _wrapped(f"{outcome.id}: {outcome.text}", "       ")
    return "\n".join([*lines, "", ""])


def _wrapped(text: str, indent: str = "  ") -> list[str]:
    return wrap(text, 90, initial_indent="  ", subsequent_indent=indent)
