"""The log of what forms have promised: written when they are handed out, read by who shows them."""

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
_CURE = "Put back the file from a copy; it says who may read what was sent."


class _Said(TypedDict):
    """A line of the log."""

    form: str
    version: str
    at: str
    audiences: dict[str, Audience]
    consent: list[str]  # question and answer


def read_promises(folder: SeminarFolder) -> Promises:
    """Return what each version of each form has promised; nothing of forms of older kits.

    What was promised of a question under an earlier name holds of it now.
    """
    forms = folder.forms
    found: dict[tuple[str, str], Promise] = {}
    for entry in _said(folder.received):
        key = entry["form"], entry["version"]
        before = found.get(key, Promise({}))
        was = forms[entry["form"]].get("was", {}) if entry["form"] in forms else {}
        audiences: dict[str, frozenset[Audience]] = {}
        for name, reader in entry["audiences"].items():
            now = was.get(name, name)
            audiences[now] = audiences.get(now, frozenset()) | {reader}
        for name, earlier in before.audiences.items():
            audiences[name] = audiences.get(name, frozenset()) | earlier
        question, answer = entry["consent"]
        asked = (was.get(question, question), answer)
        consents = before.consents | ({asked} if question else set())
        found[key] = Promise(audiences, consents)
    return found


def note_promises(folder: SeminarFolder) -> None:
    """Write down what the forms promise now, as they are about to be handed out."""
    with writing(folder.lock):
        log = _log(folder.received)
        newest = {(e["form"], e["version"]): _promised(e) for e in _said(folder.received)}
        entries: list[_Said] = []
        for name, form in folder.forms.items():
            entry: _Said = {
                "form": name,
                "version": form["version"],
                "at": now(),
                "audiences": audiences_of(form),
                "consent": list(form.get("consent", ("", ""))),
            }
            if newest.get((name, form["version"])) != _promised(entry):
                entries.append(entry)
        log.append(entries)


def _promised(entry: _Said) -> tuple[object, object]:
    return entry["audiences"], entry["consent"]


def _said(received: Path) -> list[_Said]:
    lines = (entry.values for entry in _log(received).entries())
    return [cast(_Said, line) for line in lines if is_known("promises", line)]


def _log(received: Path) -> TeamLog:
    return TeamLog(received / "promises.jsonl", _CURE)
