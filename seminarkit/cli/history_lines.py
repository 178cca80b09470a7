"""A line of ``seminar log``: a decision or a received file, as text or JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

import click

from seminarkit.cli.options import faint
from seminarkit.core.seminar.decision_history import HistoryLine
from seminarkit.core.seminar.decision_words import decision_words
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.log_authors import LogAuthor, maker, when
from seminarkit.core.shown_names import shown_name
from seminarkit.topics.progress.received_outcomes import FileOutcome


class Line(TypedDict):
    """A decision or a received file; ``line`` is the full id, ``id`` the short one."""

    kind: str
    id: str
    line: str
    at: str
    by: str
    host: str
    what: str
    state: str
    why: str
    because: list[str]
    against: list[str]


def decision_line(
    folder: SeminarFolder,
    past: HistoryLine,
    names: Mapping[str, str],
    by_id: Mapping[str, HistoryLine],
) -> Line:
    """Return a decision; ``names`` has the short ids, ``by_id`` the lines that it may name."""
    entry = past.entry
    made_by = maker_of(folder, past)
    return {
        "kind": str(entry.values.get("kind", "")),
        "id": names[entry.id],
        "line": entry.id,
        "at": str(entry.values.get("at", "")),
        "by": made_by.by,
        "host": made_by.host,
        "what": _what(past),
        "state": past.state,
        "why": _why(folder, past, names, by_id),
        "because": [names.get(reason, reason) for reason in past.because],
        "against": [names.get(item, item) for item in past.against],
    }


def file_line(folder: SeminarFolder, file: FileOutcome) -> Line:
    """Return the line of a received file."""
    arrival = file.arrival
    first, _, _ = arrival.places.partition(" ")
    taken_by = maker(folder.received, first.rpartition(":")[0], arrival.by)
    forms = "; ".join(
        f"{version.form}{f' on {version.subject}' if version.subject else ''} of "
        f"{version.person}, receipt {version.receipt}"
        for version in file.versions
    )
    name = "a file that was forgotten" if arrival.forgotten else f"received: {arrival.name}"
    return {
        "kind": "file",
        "id": "",
        "line": "",
        "at": arrival.received_at,
        "by": taken_by.by,
        "host": taken_by.host,
        "what": shown_name(name) + (f" ({shown_name(forms)})" if forms else ""),
        "state": "forgotten" if arrival.forgotten else "kept",
        "why": "",
        "because": [],
        "against": [],
    }


def maker_of(folder: SeminarFolder, past: HistoryLine) -> LogAuthor:
    """Return who decided a line."""
    return maker(folder.received, past.entry.writer, past.entry.values.get("by", ""))


def show(folder: SeminarFolder, line: Line) -> None:
    """Print a line: when, by which id, what; below it who, where, and why it does not count."""
    made_by = LogAuthor(line["by"], line["host"]).words
    taken = "taken in by " if line["kind"] == "file" else ""
    click.echo(f"{when(folder.seminar, line['at']):<16}  {line['id']:<6}  {line['what']}")
    faint(f"{'':<26}{taken}{made_by}")
    if line["why"]:
        click.echo(f"{'':<26}{line['why']}")


def _what(past: HistoryLine) -> str:
    if past.decision:
        return decision_words(past.decision)
    if past.state == "forgotten":
        return "a decision on somebody who was forgotten"
    kind = shown_name(str(past.entry.values.get("kind", "")))
    return f"'{kind}', which this version of the kit does not know"


def _why(
    folder: SeminarFolder,
    past: HistoryLine,
    names: Mapping[str, str],
    by_id: Mapping[str, HistoryLine],
) -> str:
    """Return why a decision does not count, or what conflicts with it; else empty."""

    def decisions(ids: tuple[str, ...]) -> str:
        others = (by_id[code] for code in ids if code in by_id)
        return ", ".join(
            f"{names[e.entry.id]} ({maker_of(folder, e).words}, "
            f"{when(folder.seminar, e.entry.values.get('at', ''))})"
            for e in others
        )

    against = f"in conflict with {decisions(past.against)}" if past.against else ""
    if past.state == "undone":
        return f"does not count: undone by {decisions(past.because)}"
    if past.state == "replaced":
        after = f"no longer counts: replaced by {decisions(past.because)}"
        return f"{after}; {against}" if against else after
    if past.state == "waits":
        return f"does not count until somebody chooses; {against}".rstrip("; ")
    return against
