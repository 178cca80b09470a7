"""Warnings before each command: logs that a file-syncing program reverted or duplicated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from seminarkit.cli.options import plural, shown_path
from seminarkit.core.errors import SeminarError
from seminarkit.core.logs.damage import ConflictCopy, RestoredLog, bring_back, strange_files
from seminarkit.core.logs.hash_log import Line
from seminarkit.core.logs.last_seen import changed
from seminarkit.core.logs.redactions import GONE
from seminarkit.core.seminar.decision_log import decision_of
from seminarkit.core.seminar.decision_words import decision_words
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.shown_names import shown_name
from seminarkit.core.store.lock import writing

_COUNTED = {
    "decisions": ("decision",),
    "arrivals": ("received file", "received files"),
    "forgotten": ("hash of a forgotten file", "hashes of forgotten files"),
}
_AT_MOST = 10  # lines that are named one by one


def restore_logs(folder: SeminarFolder) -> None:
    """Restore lost lines of the logs, and report them and stray copies of the logs."""
    try:
        if places := list(changed(folder.root)):
            with writing(folder.lock):
                for item in bring_back(folder.root, places):
                    _say(_brought_back(folder, item))
    except (SeminarError, OSError) as error:
        names = ", ".join(str(place) for place in places)
        _say([f"{names}: changed since this computer last read it, and not restored: {error}"])
    for strange in strange_files(folder.root):
        _say(_strange(strange))


def _say(lines: Iterator[str] | Sequence[str]) -> None:
    for line in lines:
        click.echo(line, err=True)


def _brought_back(folder: SeminarFolder, back: RestoredLog) -> Iterator[str]:
    if back.spoilt:
        yield (
            f"Attention: {back.place} was damaged. It is restored as this computer last saw it. "
            f"The damaged file is now {shown_path(back.spoilt)}."
        )
    else:
        yield (
            f"Attention: {back.place} had been set back to an older state. Restored as this "
            f"computer last saw it: {counted(back.place.stem, back.lines)}"
        )
        yield from named(back.place.stem, back.lines)
    yield "    Check whether a program copies this folder: seminar doctor"


def _strange(strange: ConflictCopy) -> Iterator[str]:
    name = shown_path(strange.path)
    if not strange.log:
        yield (
            f"Attention: {shown_name(name)} is a copy that another program made; the kit does not "
            "read it. Compare it with the file that has the usual name, then delete it."
        )
    elif strange.problem:
        yield f"Attention: {shown_name(name)} is a copy that cannot be read: {strange.problem}"
    elif strange.lines:
        count = counted(strange.log, strange.lines)
        yield f"Attention: {shown_name(name)} is a copy. It contains {count} not in this folder:"
        yield from named(strange.log, strange.lines)
        yield f'    To take in all of it: seminar merge "{shown_name(name)}"'
    else:
        yield f"{shown_name(name)} is a copy; everything in it is also here. You can delete it."


def counted(log: str, lines: Sequence[Line]) -> str:
    """Return how many lines of a log there are, in words."""
    return plural(len(lines), *_COUNTED.get(log, ("line",)))


def named(log: str, lines: Sequence[Line]) -> Iterator[str]:
    """Yield one line of text per log line, for the first ones."""
    for line in lines[:_AT_MOST]:
        yield f"    {shown_name(_words(log, line))}"
    if len(lines) > _AT_MOST:
        yield f"    and {len(lines) - _AT_MOST} more"


def _words(log: str, line: Line) -> str:
    """Return the content of a log line; only its time for logs not meant for people."""
    entry = line.entry
    at = str(entry.get("at", entry.get("received_at", entry.get("made_at", ""))))
    by = f", by {entry['by']}" if entry.get("by") else ""
    what = str(entry.get("name", "")) or "a file that was forgotten" if log == "arrivals" else ""
    if log == "decisions":
        decision = decision_of(entry)
        unknown = f"of a kind that this version does not know ({entry.get('kind')})"
        gone = "on somebody who was forgotten" if entry.get("kind") == GONE else unknown
        what = decision_words(decision) if decision else gone
    return f"{at[:16].replace('T', ' ')} UTC{by}: {what or log}"
