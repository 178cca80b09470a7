"""How long the preparation takes: reckoned from what there is to read, to watch and to write."""

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

WORDS_READ = 200  # a minute, in a form in another language
WORDS_WRITTEN = 8  # a minute, with the thinking
SHARE_WRITTEN = 0.5  # of the words that an answer may have
SHARE_OPTIONAL = 0.5  # of the questions that may stay open
MINUTES_A_CHOICE = 0.25
MINUTES_A_PAGE = 2
ONE_HOUR = 60
TOLERANCE = 0.1  # by which what people are told may differ from what is reckoned
_CHOICES_READ = 12  # of a long list nobody reads more
_SHORT_ANSWER = 20  # words of a text without a limit
_REPEATS = 2  # of rows, where more than one may be given


@dataclass(frozen=True)
class Load:
    """Minutes that one person is asked for: their own tasks, and the texts that everybody reads."""

    tasks: int
    readings: int

    @property
    def whole(self) -> int:
        """Return both together."""
        return self.tasks + self.readings


def load(tasks: Sequence[Task], readings: Sequence[Reading]) -> Load:
    """Return what tasks and readings take together: of each task as many forms as are owed."""
    return Load(
        sum(task.minutes * task.each for task in tasks),
        sum(reading.minutes for reading in readings),
    )


def first_hour(
    tasks: Sequence[Task], readings: Sequence[Reading], people: int
) -> list[tuple[str, int]]:
    """Return what to do with one hour, each with its minutes: as much as fits, the short first.

    Tasks come before texts. What a delegation does together is shared by its ``people``.
    """
    left, chosen = ONE_HOUR, []
    shares = [_share(task, people) for task in tasks]
    texts = [(f"“{reading.title}”", reading.minutes) for reading in readings]
    for title, minutes in [*sorted(shares, key=_minutes), *sorted(texts, key=_minutes)]:
        if minutes <= left:
            chosen.append((title, minutes))
            left -= minutes
    return chosen


def _share(task: Task, people: int) -> tuple[str, int]:
    if task.joint:
        return f"your part of the {task.title[:1].lower()}{task.title[1:]}", task.minutes // people
    return f"{task.title}{' (one)' * (task.each > 1)}", task.minutes


def _minutes(pair: tuple[str, int]) -> int:
    return pair[1]


def load_words(tasks: Sequence[Task], readings: Sequence[Reading], people: int) -> str:
    """Say how long it takes, with and without the readings, and what to do with one hour."""
    asked = load(tasks, readings)
    if not asked.whole:
        return "Nothing is asked of you at present."
    words = f"What is asked of you takes about {hours_words(asked.whole)}"
    if asked.tasks and asked.readings:
        words += f": {hours_words(asked.tasks)} for the tasks"
        words += f" and {hours_words(asked.readings)} for the texts that everybody reads"
    words += "."
    chosen = [title for title, _ in first_hour(tasks, readings, people)]
    if asked.whole > ONE_HOUR and chosen:
        words += f" With one hour, do these first: {'; '.join(chosen)}."
    return words


def minutes_words(task: Task, *, apiece: bool = False) -> str:
    """Say how long one form of a task takes, and how much of it is watching."""
    watching = f", {task.beforehand} of them for the recording" if task.beforehand else ""
    return f"{task.minutes} minutes{' each' * apiece}{watching}"


def hours_words(minutes: int) -> str:
    """Return minutes as people say them, from one hour on by the nearest five minutes."""
    if minutes < 60:
        return f"{minutes} minutes"
    hours, rest = divmod(round(minutes / 5) * 5, 60)
    words = f"{hours} hour" + ("s" if hours > 1 else "")
    return f"{words} and {rest} minutes" if rest else words


def form_minutes(form: CompiledForm, beforehand: int = 0) -> float:
    """Reckon how long one form takes: to read it, to write half of what it has room for.

    ``beforehand`` is what else there is to do, such as watching a recording. Rows that may be given
    several times count as often as they must be given, twice at least where more are possible. Of
    what may stay open, people answer half.
    """
    reading = sum(_words(text) for text in (form.get("intro", ""), *_shown(form)))
    return beforehand + reading / WORDS_READ + sum(_answering(form["fields"], 1))


def _words(text: str) -> int:
    return len(text.split())


def _shown(form: CompiledForm) -> Iterator[str]:
    for field in all_fields(form["fields"]):
        yield from (field["label"], field.get("hint", ""))
        yield from (label for _, label in choices_of(field)[:_CHOICES_READ])


def _answering(fields: Sequence[Field], times: float) -> Iterator[float]:
    for field in fields:
        if is_repeat(field):
            rows = (
                max(field["min"], min(_REPEATS, field["max"])) if field["min"] else SHARE_OPTIONAL
            )
            yield from _answering(field["fields"], times * rows)
        elif is_group(field):
            yield from _answering(field["fields"], times)
        elif not is_note(field):
            room = field.get("max_words") or _SHORT_ANSWER
            written = room * SHARE_WRITTEN / WORDS_WRITTEN
            given = times if field.get("required") else times * SHARE_OPTIONAL
            yield given * (MINUTES_A_CHOICE if kind_of(field).choices else written)
