"""Each core participant's preparation, for the room lists and for the chairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from seminarkit.core.seminar.model import Seminar, Task
from seminarkit.core.submissions.board_rows import BoardCell, BoardRow, State


@dataclass(frozen=True)
class Preparation:
    """A person's (task title, state) pairs."""

    tasks: tuple[tuple[str, State], ...]


def prepared(seminar: Seminar, rows: Sequence[BoardRow]) -> dict[str, Preparation]:
    """Return the preparation of every nominated person, by id.

    A delegation's task has the same state for all its people.
    """
    return {
        person.id: Preparation(
            tuple(
                (task.title, _state(task, cell, person.id))
                for task, cell in zip(seminar.board_tasks, row.cells, strict=True)
            )
        )
        for row in rows
        for person in seminar.delegations.get(row.country, [])
    }


def _state(task: Task, cell: BoardCell, person: str) -> State:
    if task.per == "delegation":
        return cell.state
    own = [entry.state for entry in cell.entries if entry.person == person]
    if own.count("complete") >= task.each:
        return "complete"
    return "missing" if set(own) <= {"missing"} else "draft"
