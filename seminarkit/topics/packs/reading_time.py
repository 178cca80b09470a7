"""Estimates how long the preparation takes, from what there is to read, to watch and to write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from seminarkit.core.forms.question_kinds import kind_of
from seminarkit.core.forms.shapes import (
    CompiledForm,
    Field,
    all_fields,
    choices_of,
    is_group,
    is_note,
    is_repeat,
)
from seminarkit.core.seminar.model import Task
from seminarkit.core.seminar.reading_list import Reading

WORDS_READ = 200  # per minute, in a foreign language
WORDS_WRITTEN = 8  # per minute, including thinking
SHARE_WRITTEN = 0.5  # of the words allowed in an answer
SHARE_OPTIONAL = 0.5  # of the optional questions
MINUTES_PER_CHOICE = 0.25
MINUTES_PER_PAGE = 2
ONE_HOUR = 60
TOLERANCE = 0.1  # allowed relative difference between stated and estimated minutes
_CHOICES_READ = 12  # nobody reads more of a long list
_SHORT_ANSWER = 20  # words assumed for a text without a limit
_REPEATS = 2  # rows assumed if several are possible


@dataclass(frozen=True)
class Load:
    """A person's workload in minutes: their tasks, and the texts that everybody reads."""

    tasks: int
    readings: int

    @property
    def total(self) -> int:
        """Return tasks and readings together."""
        return self.tasks + self.readings


def load(tasks: Sequence[Task], readings: Sequence[Reading]) -> Load:
    """Return the minutes of tasks and readings; a task counts once per form to fill in."""
    return Load(
        sum(task.minutes * task.each for task in tasks),
        sum(reading.minutes for reading in readings),
    )


def first_hour(
    tasks: Sequence[Task], readings: Sequence[Reading], people: int
) -> list[tuple[str, int]]:
    """Return what to do in one hour as (title, minutes), shortest first, tasks before texts.

    The minutes of a joint task are divided by the ``people`` of the delegation.
    """
    remaining, chosen = ONE_HOUR, []
    shares = [_share(task, people) for task in tasks]
    texts = [(f"“{reading.title}”", reading.minutes) for reading in readings]
    for title, minutes in [*sorted(shares, key=_minutes), *sorted(texts, key=_minutes)]:
        if minutes <= remaining:
            chosen.append((title, minutes))
            remaining -= minutes
    return chosen


def _share(task: Task, people: int) -> tuple[str, int]:
    if task.joint:
        return f"your part of the {task.title[:1].lower()}{task.title[1:]}", task.minutes // people
    return f"{task.title}{' (one)' * (task.each > 1)}", task.minutes


def _minutes(pair: tuple[str, int]) -> int:
    return pair[1]


def load_words(tasks: Sequence[Task], readings: Sequence[Reading], people: int) -> str:
    """Return the workload in words, with and without readings, and what to do in one hour."""
    workload = load(tasks, readings)
    if not workload.total:
        return "There is nothing for you to do at present."
    words = f"What we ask of you takes about {hours_words(workload.total)}"
    if workload.tasks and workload.readings:
        words += f": {hours_words(workload.tasks)} for the tasks"
        words += f" and {hours_words(workload.readings)} for the texts that everybody reads"
    words += "."
    chosen = [title for title, _ in first_hour(tasks, readings, people)]
    if workload.total > ONE_HOUR and chosen:
        words += f" If you have only one hour, do these first: {'; '.join(chosen)}."
    return words


def minutes_words(task: Task, *, apiece: bool = False) -> str:
    """Return the minutes that one form takes in words, and how much of it is watching."""
    watching = f", {task.beforehand} of them for the recording" if task.beforehand else ""
    return f"{task.minutes} minutes{' each' * apiece}{watching}"


def hours_words(minutes: int) -> str:
    """Return minutes in words; from one hour on rounded to five minutes."""
    if minutes < 60:
        return f"{minutes} minutes"
    hours, rest = divmod(round(minutes / 5) * 5, 60)
    words = f"{hours} hour" + ("s" if hours > 1 else "")
    return f"{words} and {rest} minutes" if rest else words


def form_minutes(form: CompiledForm, beforehand: int = 0) -> float:
    """Estimate the minutes that one form takes: reading it, and using half of its room for answers.

    ``beforehand`` are minutes for anything else, such as watching a recording. Rows count as often
    as they are required, at least twice if more are possible. People answer half of the optional
    questions.
    """
    reading = sum(_words(text) for text in (form.get("intro", ""), *_shown(form)))
    return beforehand + reading / WORDS_READ + sum(_answering(form["fields"], 1))


def _words(text: str) -> int:
    return len(text.split())


def _shown(form: CompiledForm) -> Iterator[str]:
    for field in all_fields(form["fields"]):
        yield from (field["label"], field.get("hint", ""))
        yield from (label for _, label in choices_of(field)[:_CHOICES_READ])


def _answering(fields: Sequence[Field], repetitions: float) -> Iterator[float]:
    for field in fields:
        if is_repeat(field):
            rows = (
                max(field["min"], min(_REPEATS, field["max"])) if field["min"] else SHARE_OPTIONAL
            )
            yield from _answering(field["fields"], repetitions * rows)
        elif is_group(field):
            yield from _answering(field["fields"], repetitions)
        elif not is_note(field):
            room = field.get("max_words") or _SHORT_ANSWER
            writing = room * SHARE_WRITTEN / WORDS_WRITTEN
            answered = repetitions if field.get("required") else repetitions * SHARE_OPTIONAL
            yield answered * (MINUTES_PER_CHOICE if kind_of(field).choices else writing)
