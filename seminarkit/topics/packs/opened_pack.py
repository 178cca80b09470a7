"""Answers and files that people have added to a pack by opening it in place."""

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
from seminarkit.core.forms.notebook_forms import issued_version, newest_answers, read_notebook
from seminarkit.core.forms.shapes import Payload
from seminarkit.core.seminar.assignments import Assignment
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.submissions.sign_off import FORM as SIGN_OFF

START = "start.ipynb"  # the list of tasks made by 'seminar open'


def own_answers(path: Path, filled: Payload, stored: Collection[str]) -> Payload | None:
    """Return the answers that somebody wrote into a notebook of the pack, or None.

    ``filled`` are the answers that would be handed out now, ``stored`` the ids of received
    versions. None if the notebook still has what the kit handed out, or if its version was received
    already, so that nothing is lost by replacing it.
    """
    book = read_notebook(path) if path.is_file() else None
    answers = newest_answers(book).get(filled["instance"]) if book else None
    if not book or not answers or not answers["answers"] or is_contained(answers, filled):
        return None
    own_id, handed_id = version_id(answers), issued_version(book, filled["instance"])
    # earlier kit versions did not mark what was handed out; only edited answers have a saving time
    if own_id == handed_id if handed_id else not answers.get("saved_at"):
        return None
    is_received = own_id in stored and not descends(answers, filled)
    return None if is_received and filled["answers"] else answers


def pack_answers(filled: Payload, edited: Payload | None) -> tuple[Payload, bool]:
    """Return the answers for a pack, and whether they are those written in its notebook.

    A sign-off for another version of the report is not carried over: it is made out again,
    unticked, for the report that counts. Only the typed remark is carried over.
    """
    if edited is None:
        return filled, False
    receipts = [str(p["answers"].get("signed_receipt", "")) for p in (edited, filled)]
    if filled["form"] != SIGN_OFF or receipts[0].strip().upper() == receipts[1]:
        return edited, True
    remark = edited["answers"].get("signed_remark")
    answers = {**filled["answers"], **({"signed_remark": remark} if remark else {})}
    ancestors = dict.fromkeys([*lineage(edited), *filled.get("ancestors", ())])
    return {**filled, "answers": answers, "ancestors": list(ancestors)[:MOST_ANCESTORS]}, False


def is_from_open(path: Path, pack: Path) -> bool:
    """Return whether a file in a pack was made by 'seminar open' rather than 'seminar prepare'."""
    parts = path.relative_to(pack).parts
    return path.name == START or any(part.startswith(".") for part in parts)


def task_facts(seminar: Seminar, assignment: Assignment) -> dict[str, object]:
    """Return what a list of tasks made from notebooks alone needs to know of a task."""
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
