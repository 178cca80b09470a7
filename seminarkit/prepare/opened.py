"""What a pack holds once somebody opened it where it lies: their answers, a list of tasks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from seminarkit.forms.bundle import Payload
from seminarkit.forms.held import held_in, read_notebook
from seminarkit.forms.versions import is_contained
from seminarkit.seminar.assignments import Assignment
from seminarkit.seminar.model import Seminar

START = "start.ipynb"  # the list of tasks that 'seminar open' makes


def written_here(path: Path, filled: Payload) -> Payload | None:
    """Return the answers that somebody wrote into a notebook of the pack since it was made.

    ``filled`` are those that would be handed out now; None where they are as new.
    """
    book = read_notebook(path) if path.is_file() else None
    held = held_in(book).get(filled["instance"]) if book else None
    return held if held and held["answers"] and not is_contained(held, filled) else None


def is_of_opening(path: Path, pack: Path) -> bool:
    """Say whether a file in a pack was made by 'seminar open', not by 'seminar prepare'."""
    parts = path.relative_to(pack).parts
    return path.name == START or any(part.startswith(".") for part in parts)


def task_facts(seminar: Seminar, assignment: Assignment) -> dict[str, Any]:
    """Return what a list of tasks that is made from the notebooks alone must know of each."""
    task = assignment.task
    return {
        "seminar": f"{seminar.series}: {seminar.title}",
        "title": task.title,
        "due": seminar.due(task, assignment.author.country).isoformat(),
        "owed": task.owed,
        "needed": task.needed,
    }
