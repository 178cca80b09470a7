"""What a pack holds once somebody opened it where it lies: their answers, a list of tasks."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from seminarkit.core.forms.answer_versions import (
    MOST_ANCESTORS,
    descends,
    is_contained,
    lineage,
    version_id,
)
from seminarkit.core.forms.notebook_forms import handed_in, held_in, read_notebook
from seminarkit.core.forms.shapes import Payload
from seminarkit.core.seminar.assignments import Assignment
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.submissions.sign_off import FORM as SIGN_OFF

START = "start.ipynb"  # the list of tasks that 'seminar open' makes


def written_here(path: Path, filled: Payload, stored: Collection[str]) -> Payload | None:
    """Return the answers that somebody wrote into a notebook of the pack since it was made.

    ``filled`` are those that would be handed out now; None where they are as new. What the kit
    itself handed out nobody wrote, and of a version that has come (its id is in ``stored``)
    nothing is lost where a form with other answers takes its place.
    """
    book = read_notebook(path) if path.is_file() else None
    held = held_in(book).get(filled["instance"]) if book else None
    if not book or not held or not held["answers"] or is_contained(held, filled):
        return None
    own, handed = version_id(held), handed_in(book, filled["instance"])
    # a pack of an earlier version has no mark: what a form writes has a time, a prefill has none
    if own == handed if handed else not held.get("saved_at"):
        return None
    came_already = own in stored and not descends(held, filled)
    return None if came_already and filled["answers"] else held


def to_hand_out(filled: Payload, own: Payload | None) -> tuple[Payload, bool]:
    """Return the answers that go into a pack, and whether they are what somebody wrote there.

    A sign-off is never kept for another text: it is made out for the report that counts, unticked.
    Only the remark that was typed is taken along, and is shown again where it is asked for.
    """
    if own is None:
        return filled, False
    receipts = [str(p["answers"].get("signed_receipt", "")) for p in (own, filled)]
    if filled["form"] != SIGN_OFF or receipts[0].strip().upper() == receipts[1]:
        return own, True
    remark = own["answers"].get("signed_remark")
    answers = {**filled["answers"], **({"signed_remark": remark} if remark else {})}
    line = dict.fromkeys([*lineage(own), *filled.get("ancestors", ())])
    return {**filled, "answers": answers, "ancestors": list(line)[:MOST_ANCESTORS]}, False


def is_of_opening(path: Path, pack: Path) -> bool:
    """Say whether a file in a pack was made by 'seminar open', not by 'seminar prepare'."""
    parts = path.relative_to(pack).parts
    return path.name == START or any(part.startswith(".") for part in parts)


def task_facts(seminar: Seminar, assignment: Assignment) -> dict[str, object]:
    """Return what a list of tasks that is made from the notebooks alone must know of each."""
    task = assignment.task
    return {
        "seminar": f"{seminar.series}: {seminar.title}",
        "title": task.title,
        "due": seminar.due(task, assignment.author.country).isoformat(),
        "owed": task.owed,
        "needed": task.needed,
        "kind": seminar.kind_of(task),
        "prepares": seminar.prepares(task),
    }
