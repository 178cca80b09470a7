"""What was written for one room alone: for its people, and for its chair."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TypedDict

from seminarkit.core.forms.promises import Promise
from seminarkit.core.forms.shapes import Audience, CompiledForm
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.promise_log import Promises
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.audience import NOTHING, Readable, as_read_by, may_read
from seminarkit.core.submissions.dossier_parts import Entry
from seminarkit.core.submissions.form_entries import entry_of
from seminarkit.topics.briefs.room_forms import concerns
from seminarkit.topics.groups.rooms import Briefed


class FormMaterial(TypedDict):
    """The filled forms of one kind: its name, title, and what each person wrote, as entries."""

    form: str
    title: str
    entries: list[Entry]


def room_material(
    folder: SeminarFolder,
    room: Briefed,
    submissions: Sequence[Submission],
    reader: Audience,
    promises: Promises,
    apart: Collection[str] = (),
) -> list[FormMaterial]:
    """Return what a reader of a room may see and not every core participant may, form by form.

    Entries are those of ``entry_of``, with ``country``; forms are in the order of the tasks,
    without those that are shown ``apart``.
    """
    material: list[FormMaterial] = []
    by_form: dict[str, list[Submission]] = {}
    for submission in submissions:
        by_form.setdefault(submission.form, []).append(submission)
    for name, form in folder.forms.items():
        if name in apart:
            continue
        entries = [
            Entry(**entry_of(folder, form, seen), country=_country(folder, each))
            for each in by_form.get(name, ())
            if concerns(folder, room, each)
            if (
                seen := _beyond_core(
                    form, each, reader, promises.get((name, each.form_version), NOTHING)
                )
            )
        ]
        if entries:
            material.append(FormMaterial(form=name, title=form["title"], entries=entries))
    return material


def _beyond_core(
    form: CompiledForm, submission: Submission, reader: Audience, promise: Promise
) -> Readable | None:
    """Return a submission with the answers that a reader sees and core participants do not."""
    seen = as_read_by(form, submission, reader, promise)
    core = may_read(form, submission, "core", promise)
    if seen is None:
        return None
    missing = object()
    beyond = {n: v for n, v in seen.answers.items() if core.get(n, missing) != v}
    return replace(seen, answers=beyond) if beyond else None


def _country(folder: SeminarFolder, submission: Submission) -> str:
    return folder.seminar.display_name(submission.country) if submission.country else ""
