"""The log of promises: who may read the answers to each version of a form.

It is written when forms are handed out, and read before answers are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypedDict, cast

from seminarkit.core.forms.promises import Promise, audiences_of
from seminarkit.core.forms.shapes import Audience
from seminarkit.core.logs.team_log import TeamLog
from seminarkit.core.seminar.clock import now
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.line_formats import is_known
from seminarkit.core.store.lock import writing

Promises = Mapping[tuple[str, str], Promise]  # by form and its version
_CURE = "Put the file back from a copy. It says who may read what was sent."


class _PromiseLine(TypedDict):
    """A line of the log."""

    form: str
    version: str
    at: str
    audiences: dict[str, Audience]
    consent: list[str]  # question and answer, both empty without consent


def read_promises(folder: SeminarFolder) -> Promises:
    """Return the promises by form and version; forms of early kits have none.

    A promise about a question holds after the question was renamed.
    """
    forms = folder.forms
    promises: dict[tuple[str, str], Promise] = {}
    for entry in _lines(folder.received):
        key = entry["form"], entry["version"]
        before = promises.get(key, Promise({}))
        new_names = forms[entry["form"]].get("was", {}) if entry["form"] in forms else {}
        audiences: dict[str, frozenset[Audience]] = {}
        for name, reader in entry["audiences"].items():
            new_name = new_names.get(name, name)
            audiences[new_name] = audiences.get(new_name, frozenset()) | {reader}
        for name, earlier in before.audiences.items():
            audiences[name] = audiences.get(name, frozenset()) | earlier
        question, answer = entry["consent"]
        consent = (new_names.get(question, question), answer)
        consents = before.consents | ({consent} if question else set())
        promises[key] = Promise(audiences, consents)
    return promises


def note_promises(folder: SeminarFolder) -> None:
    """Log what the forms promise, before they are handed out."""
    with writing(folder.lock):
        log = _log(folder.received)
        newest = {(e["form"], e["version"]): _content(e) for e in _lines(folder.received)}
        entries: list[_PromiseLine] = []
        for name, form in folder.forms.items():
            entry: _PromiseLine = {
                "form": name,
                "version": form["version"],
                "at": now(),
                "audiences": audiences_of(form),
                "consent": list(form.get("consent", ("", ""))),
            }
            if newest.get((name, form["version"])) != _content(entry):
                entries.append(entry)
        log.append(entries)


def _content(entry: _PromiseLine) -> tuple[object, object]:
    return entry["audiences"], entry["consent"]


def _lines(received: Path) -> list[_PromiseLine]:
    lines = (entry.values for entry in _log(received).entries())
    return [cast(_PromiseLine, line) for line in lines if is_known("promises", line)]


def _log(received: Path) -> TeamLog:
    return TeamLog(received / "promises.jsonl", _CURE)
