"""Texts of ``collect`` for every command that takes in files."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from seminarkit.cli.nomination_lines import of_new_nominations
from seminarkit.cli.options import plural
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.shown_names import shown_name
from seminarkit.core.store.read_store import submissions
from seminarkit.core.submissions.set_aside_files import set_aside
from seminarkit.topics.progress.answers_without_question import unasked_answers

if TYPE_CHECKING:
    from seminarkit.topics.intake.collect import CollectResult

_WORDS = {
    "accepted": "accepted",
    "draft": "accepted as draft",
    "replaced": "replaced an earlier one",
    "waits": "with changes begun, waiting",
    "decide": "in need of a decision",
    "beside": "a draft beside another version",
    "earlier": "an older version, kept",
    "already": "already received",
    "reply": "a reply to notes",
    "own": "with nothing to collect",
    "chat": "saved chat",
    "aside": "set aside",
    "lost": "lost",
}
_ALWAYS = ("waits", "decide", "beside", "earlier", "aside", "lost")
_NOT_COUNTED = ("own", "chat", "aside", "reply", "lost")


def as_json(folder: SeminarFolder, result: CollectResult) -> dict[str, object]:
    """Return files taken in and files still set aside, as JSON data."""
    return {
        "outcomes": [
            {"file": shown_name(arrival.name), **asdict(outcome)}
            for arrival, outcome in result.outcomes
        ],
        "known": result.known,
        "not_taken": [asdict(file) for file in result.not_taken],
        "rebuilt": result.rebuilt,
        "changed": list(result.changed),
        "set_aside": [asdict(file) for file in set_aside(folder)],
        "without_question": [
            asdict(lost) for lost in unasked_answers(folder, submissions(folder.database))
        ],
    }


def show(folder: SeminarFolder, result: CollectResult, *, verbose: bool = False) -> None:
    """Print outcomes that need attention, files left in the inbox, and files set aside."""
    if result.rebuilt and result.rebuilt != "there was none yet":
        click.echo(f"The index was made again from the received files, {result.rebuilt}.")
    for words in result.changed:
        click.echo(f"another version counts: {words}")
    _show_countries(result)
    now_aside = set()
    for arrival, outcome in result.outcomes:
        place = shown_name(arrival.name) + (f" › {outcome.part}" if outcome.part else "")
        if outcome.kind in _ALWAYS or "Attention" in outcome.text or verbose:
            click.echo(f"{_WORDS[outcome.kind]}: {place}\n    {outcome.text}")
        if outcome.kind in ("aside", "lost"):
            now_aside.add((arrival.sha256, outcome.part))
    for line in of_new_nominations(folder, {arrival.number for arrival, _ in result.outcomes}):
        click.echo(line)
    for lost in unasked_answers(folder, submissions(folder.database)):
        click.echo(f"Attention: {lost}")
    for file in result.not_taken:
        click.echo(f"left in the inbox: {file.name}\n    {file.text}")
    _repeat_set_aside(folder, now_aside)
    kinds = Counter(outcome.kind for _, outcome in result.outcomes)
    total = ", ".join(f"{kinds[kind]} {word}" for kind, word in _WORDS.items() if kinds[kind])
    known = f"{plural(result.known, 'file was', 'files were')} here before." if result.known else ""
    click.echo(f"{total + '.' if total else 'Nothing new in inbox/.'} {known}".strip())


def show_set_aside(folder: SeminarFolder) -> None:
    """Print the names of files still set aside, and of lost files."""
    waiting = set_aside(folder)
    for words, those in (
        ("set aside", [file for file in waiting if not file.is_lost]),
        ("lost", [file for file in waiting if file.is_lost]),
    ):
        if those:
            names = "; ".join(shown_name(file.place) for file in those)
            click.echo(f"Still {words}: {names}. To see what to do about each: seminar collect")


def _repeat_set_aside(folder: SeminarFolder, but_not: set[tuple[str, str]]) -> None:
    """Print again files set aside before and not resolved since, with the remedy."""
    waiting = [file for file in set_aside(folder) if (file.sha256, file.part) not in but_not]
    for file in waiting:
        what = "still lost" if file.is_lost else "still set aside"
        click.echo(f"{what}: {shown_name(file.place)}\n    {file.text}")
    if any(not file.is_lost for file in waiting):
        click.echo("If nothing is to be done about a file: seminar collect --settled NAME")


def _show_countries(result: CollectResult) -> None:
    taken = [outcome for _, outcome in result.outcomes if outcome.kind not in _NOT_COUNTED]
    for code in sorted({o.country for o in taken}, key=lambda code: (not code, code)):
        kinds = Counter(o.kind for o in taken if o.country == code)
        words = ", ".join(f"{n} {_WORDS[kind]}" for kind, n in sorted(kinds.items()))
        click.echo(f"{code or 'Case studies'}  {words}")
