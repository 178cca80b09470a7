"""Finds the decision that a new one replaces, so that the command can report it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.delegation_decisions import Extended
from seminarkit.core.seminar.question_decisions import (
    QuestionMarked,
    QuestionOwned,
    QuestionPublished,
    StatementLeft,
    StatementTaken,
)
from seminarkit.core.seminar.version_decisions import VersionChosen
from seminarkit.core.shown_names import shown_name

_UNITS = ((86400, "day"), (3600, "hour"), (60, "minute"))  # seconds


def replaced(
    decisions: Iterable[Decision], new: Decision, alike: Collection[str] = ()
) -> Decision | None:
    """Return the decision that ``new`` replaces, if its content differs.

    ``alike`` are other ids of its question or statement: those asked together with it.
    """
    about = _about(new)
    if not about:
        return None
    last = None
    for decision in decisions:
        kind, *names = _about(decision) or ("",)
        if kind == about[0] and (names == list(about[1:]) or (alike and names[0] in alike)):
            last = decision
    if last is None or _said(last) in ("", _said(new)):
        return None
    return last


def earlier_decision_words(earlier: Decision, moment: str) -> str:
    """Return what was decided, when and by whom: "was: answered, 3 minutes ago by Ana"."""
    by = f" by {shown_name(earlier.by)}" if earlier.by else ""
    return f"was: {_said(earlier)}, {_ago(earlier.at, moment)}{by}"


def _about(decision: Decision) -> tuple[str, ...] | None:
    """Return kind and subject of a decision; None if it cannot replace another."""
    match decision:
        case QuestionMarked():
            return ("mark", decision.question)
        case QuestionOwned():
            return ("owner", decision.question)
        case QuestionPublished():
            return ("published", decision.question)
        case StatementTaken() | StatementLeft():
            return ("public", decision.statement)
        case VersionChosen():
            return ("version", decision.instance)
        case Extended():
            return ("due", decision.country, decision.form)
    return None


def _said(decision: Decision) -> str:
    """Return a decision in a few words; empty if replacing it loses nothing."""
    match decision:
        case QuestionMarked():
            return _mark_words(decision)
        case QuestionOwned():
            return f"{decision.owner} will answer"
        case QuestionPublished():
            words = f" as “{decision.words}”" if decision.words else ""
            return f"for the public page{words}" if decision.shown else "not for the public page"
        case StatementTaken():
            return f"public as “{decision.words}”"
        case StatementLeft():
            return "not for the public"
        case VersionChosen():
            return f"{decision.receipt} chosen"
        case Extended():
            return f"due {decision.due.replace('T', ' ')}"
    return ""


def _mark_words(mark: QuestionMarked) -> str:
    if mark.mark == "open":
        return ""
    answer = f" “{mark.text}”" if mark.text else ""
    session = f" in {mark.session}" if mark.session else ""
    return f"{mark.mark}{answer}{session}{f', goes to {mark.to}' if mark.to else ''}"


def _ago(at: str, moment: str) -> str:
    """Return how long before ``moment`` something was, both UTC in ISO 8601: '3 minutes ago'.

    >>> _ago("2020-11-23T10:00:00Z", "2020-11-23T10:03:10Z")
    '3 minutes ago'
    """
    seconds = int((datetime.fromisoformat(moment) - datetime.fromisoformat(at)).total_seconds())
    for size, unit in _UNITS:
        if seconds >= size:
            number = seconds // size
            return f"{number} {unit}{'' if number == 1 else 's'} ago"
    return "a moment ago"
