"""Received notes that do not count yet: they are unfinished, or somebody has to choose a version.

Their authors believe that the notes have been taken into account. So the presenter is told before
the session, and the organiser is given the command that makes them count. Only organisers see
receipts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from seminarkit.core.forms.answers import progress
from seminarkit.core.forms.shapes import questions
from seminarkit.core.seminar.clock import moment_words
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import unsettled
from seminarkit.core.store.submission import Submission
from seminarkit.core.store.version_states import choices
from seminarkit.topics.conclusions.gaps import noted_by
from seminarkit.topics.conclusions.statements import note_tasks

_AS_THEY_ARE = "The organisers can use them as they are: seminar next"


@dataclass(frozen=True)
class NewerNotes:
    """A group's notes that do not count yet, in words, and the command that makes them count."""

    session: str
    group: str
    words: str
    command: str
    draft: bool


def newer_notes(folder: SeminarFolder) -> list[NewerNotes]:
    """Return the groups' waiting notes in order of arrival.

    A version is left out once an organiser has made a choice after its arrival.
    """
    forms = {task.form for task in note_tasks(folder.seminar)}
    decisions = list(folder.decisions)
    chosen = choices(decisions)
    by_arrival: list[tuple[int, NewerNotes]] = []
    for judged in unsettled(folder.database, decisions):
        counts = judged.counts
        session_and_group = folder.seminar.group(counts.subject)
        if counts.form not in forms or session_and_group is None:
            continue
        waiting = [judged.waits] if judged.waits else []
        for version in (*waiting, *judged.undecided):
            if not any(choice.saw(version) for choice in chosen.get(counts.instance, ())):
                words = _words(folder, version)
                command = f"seminar version {version.receipt}"
                notes = NewerNotes(
                    session_and_group[0].id,
                    counts.subject,
                    words,
                    command,
                    draft=not version.complete,
                )
                by_arrival.append((version.arrival, notes))
    return [notes for _, notes in sorted(by_arrival, key=lambda pair: pair[0])]


def newer_sentences(folder: SeminarFolder, sessions: Collection[str]) -> list[str]:
    """Return a sentence for each session's notes that do not count yet, without commands."""
    return [
        f"{notes.words} {_AS_THEY_ARE}"
        for notes in newer_notes(folder)
        if notes.session in sessions
    ]


def newer_lines(folder: SeminarFolder) -> list[str]:
    """Return the same sentences for organisers, each with its command."""
    return [
        f"{notes.words} To use them as they are: {notes.command}" for notes in newer_notes(folder)
    ]


def newer_steps(folder: SeminarFolder) -> Iterator[tuple[str, str]]:
    """Yield the unfinished notes as next steps.

    A choice between finished versions already is a next step.
    """
    yield from ((notes.words, notes.command) for notes in newer_notes(folder) if notes.draft)


def _words(folder: SeminarFolder, version: Submission) -> str:
    """Return the group, the author, the time of saving, and why the earlier notes count."""
    seminar = folder.seminar
    group = seminar.group(version.subject)
    title = group[1].title if group else version.subject
    by = noted_by(seminar, version.subject, version.person)
    when = moment_words(seminar, version.saved_at or version.moment)
    head = f"Newer notes of “{title}” by {by}, from {when}, do not count yet:"
    if version.complete:
        return f"{head} somebody must choose between them and the notes that count."
    labels = _unanswered(folder, version)
    if not labels:
        return f"{head} they are not finished, so the earlier ones count."
    questions_open = " and ".join(f"“{label}”" for label in labels)
    verb = "is" if len(labels) == 1 else "are"
    return f"{head} {questions_open} {verb} not answered, so the earlier ones count."


def _unanswered(folder: SeminarFolder, version: Submission) -> list[str]:
    form = folder.forms[version.form]
    labels = {field["name"]: field["label"] for field in questions(form["fields"])}
    gaps = progress(form, version.answers).gaps
    return list(dict.fromkeys(labels[gap.path.split(".")[0]] for gap in gaps))
