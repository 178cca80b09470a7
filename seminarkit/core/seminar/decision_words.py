"""Describe decisions in a few words, for ``seminar log`` and for messages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from seminarkit.core.seminar.decision import Decision
from seminarkit.core.shown_names import one_line, shown_name

_MAX_QUOTE = 80  # characters of a quoted text


def decision_words(decision: Decision) -> str:
    """Return a one-line description of a decision, without its author and time."""
    return shown_name(_WORDS[decision.kind](decision))


def _short(text: str) -> str:
    line = " ".join(one_line(text).split())
    return line if len(line) <= _MAX_QUOTE else f"{line[: _MAX_QUOTE - 1]}…"


def _quoted(text: str) -> str:
    return f" (“{_short(text)}”)" if text else ""


def _people(decision: Any) -> str:
    return ", ".join(str(person.get("id", "?")) for person in decision.people) or "nobody"


def _seats(decision: Any) -> str:
    groups = (f"{g.get('id', '?')}: {len(g.get('people', []))}" for g in decision.groups)
    return f"groups of {decision.session} decided ({'; '.join(groups)})"


def _marked(decision: Any) -> str:
    to = f", for {decision.to}" if decision.to else ""
    return f"question {decision.question} marked {decision.mark}{to}{_quoted(decision.text)}"


def _published(decision: Any) -> str:
    shown = "will be published" if decision.shown else "will not be published"
    return f"question {decision.question} {shown}{_quoted(decision.words)}"


def _undone(decision: Any) -> str:
    subject = f" ({', '.join(decision.subject[1:])})" if decision.subject else ""
    return f"undone: {decision.of_kind}{subject}, decision {decision.of[:8]}"


def _chosen(decision: Any) -> str:
    subject = f" ({', '.join(decision.subject[1:])})" if decision.subject else ""
    instead = ", ".join(str(line)[:8] for line in decision.instead)
    return f"chosen: {decision.of_kind}{subject}, decision {decision.of[:8]} instead of {instead}"


_WORDS: dict[str, Callable[[Any], str]] = {
    "nominated": lambda d: f"{d.country} nominated {_people(d)} (receipt {d.receipt})",
    "nomination undone": lambda d: f"nomination of {d.country} withdrawn (receipt {d.receipt})",
    "extended": lambda d: f"form {d.form} of {d.country} due {d.due}",
    "asked": lambda d: f"question to {d.person} about the form {d.form}{_quoted(d.text)}",
    "reminded": lambda d: f"reminder to {d.country} written for the address {d.to}",
    "seated": _seats,
    "file settled": lambda d: f"no action is needed on the file {d.name}",
    "file given up": lambda d: f"the file {d.name} is lost, and no copy exists",
    "undone": _undone,
    "chosen": _chosen,
    "moved": lambda d: f"{d.person} put into {d.group} in {d.session}",
    "freed": lambda d: f"{d.person} may be put into any group of {d.session} again",
    "absent": lambda d: f"{d.person} does not attend {d.session}",
    "present": lambda d: f"{d.person} attends {d.session} after all",
    "forgetting planned": lambda d: f"the data of {d.person} will be removed at {d.due[:16]} UTC",
    "person forgotten": lambda d: f"the data of a person were removed ({d.sha256[:8]})",
    "version chosen": lambda d: f"form {d.form} of {d.person}: version {d.receipt} counts",
    "confirmed": lambda d: f"mail to {d.person} written to confirm which versions count",
    "question marked": _marked,
    "question owned": lambda d: f"question {d.question} will be answered by {d.owner}",
    "questions joined": lambda d: f"questions {d.question} and {d.other} will be asked together",
    "question parted": lambda d: f"question {d.question} separated from other questions",
    "question published": _published,
    "question reworded": lambda d: (
        f"question {d.question} {'is' if d.holds else 'is not'} a new wording of question {d.other}"
    ),
    "chat taken": lambda d: f"saved chat of {d.session} imported from the file {d.name}",
    "statements joined": lambda d: f"statements {d.statement} and {d.other} mean the same",
    "statement parted": lambda d: f"statement {d.statement} separated from other statements",
    "statement reworded": lambda d: f"statement {d.statement} is a new wording of {d.other}",
    "statement taken": lambda d: f"statement {d.statement} will be published{_quoted(d.words)}",
    "statement left": lambda d: f"statement {d.statement} will not be published",
}
