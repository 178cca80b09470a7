"""Notes that came and do not count yet, since newer ones are unfinished or somebody has to choose.

Their writers think that they are in. So whoever speaks is told before they speak, and an organiser
by which command they count as they are. Pages for others than organisers show no receipt.
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

_AS_THEY_ARE = "The organisers can take them as they are: seminar next"


@dataclass(frozen=True)
class NewerNotes:
    """Notes of a group that do not count, in words, and the command by which they would."""

    session: str
    group: str
    words: str
    command: str
    draft: bool


def newer_notes(folder: SeminarFolder) -> list[NewerNotes]:
    """Return what came of groups and waits, in the order of arrival.

    An organiser who chose after it came has decided, and it is told no more.
    """
    forms = {task.form for task in note_tasks(folder.seminar)}
    decisions = list(folder.decisions)
    chosen = choices(decisions)
    by_arrival: list[tuple[int, NewerNotes]] = []
    for judged in unsettled(folder.database, decisions):
        counts = judged.counts
        place = folder.seminar.group(counts.subject)
        if counts.form not in forms or place is None:
            continue
        waiting = [judged.waits] if judged.waits else []
        for version in (*waiting, *judged.undecided):
            if not any(choice.saw(version) for choice in chosen.get(counts.instance, ())):
                words = _words(folder, version)
                command = f"seminar version {version.receipt}"
                made = NewerNotes(
                    place[0].id, counts.subject, words, command, draft=not version.complete
                )
                by_arrival.append((version.arrival, made))
    return [each for _, each in sorted(by_arrival, key=lambda pair: pair[0])]


def newer_sentences(folder: SeminarFolder, sessions: Collection[str]) -> list[str]:
    """Return a sentence for each of these sessions' notes that do not count yet, for any reader."""
    return [
        f"{each.words} {_AS_THEY_ARE}" for each in newer_notes(folder) if each.session in sessions
    ]


def newer_lines(folder: SeminarFolder) -> list[str]:
    """Return the same for organisers, each with its command."""
    return [
        f"{each.words} To take them as they are: {each.command}" for each in newer_notes(folder)
    ]


def newer_steps(folder: SeminarFolder) -> Iterator[tuple[str, str]]:
    """Yield what is unfinished as next steps; a choice between finished ones is one already."""
    yield from ((each.words, each.command) for each in newer_notes(folder) if each.draft)


def _words(folder: SeminarFolder, version: Submission) -> str:
    """Return of whom they are, when they were saved, and why the earlier ones count."""
    seminar = folder.seminar
    group = seminar.group(version.subject)
    title = group[1].title if group else version.subject
    by = noted_by(seminar, version.subject, version.person)
    when = moment_words(seminar, version.saved_at or version.moment)
    head = f"Newer notes of “{title}” by {by}, of {when}, do not count yet:"
    if version.complete:
        return f"{head} somebody has to choose between them and those that count."
    labels = _unanswered(folder, version)
    if not labels:
        return f"{head} they are not finished, so the earlier ones count."
    asked = " and ".join(f"“{each}”" for each in labels)
    verb = "is" if len(labels) == 1 else "are"
    return f"{head} {asked} {verb} not answered, so the earlier ones count."


def _unanswered(folder: SeminarFolder, version: Submission) -> list[str]:
    form = folder.forms[version.form]
    labels = {field["name"]: field["label"] for field in questions(form["fields"])}
    gaps = progress(form, version.answers).gaps
    return list(dict.fromkeys(labels[gap.path.split(".")[0]] for gap in gaps))
