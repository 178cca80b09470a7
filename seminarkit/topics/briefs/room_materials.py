"""Submissions that only one room may read: for its people and for its chair."""

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
from seminarkit.topics.groups.rooms import BriefedRoom


class FormMaterial(TypedDict):
    """The submissions to one form: its name, its title, and one entry per person."""

    form: str
    title: str
    entries: list[Entry]


def room_material(
    folder: SeminarFolder,
    room: BriefedRoom,
    submissions: Sequence[Submission],
    reader: Audience,
    promises: Promises,
    apart: Collection[str] = (),
) -> list[FormMaterial]:
    """Return what a reader of the room may see and other core participants may not, by form.

    Entries are as in ``entry_of``, with ``country``. Forms are in the order of the tasks, without
    those in ``apart``.
    """
    material: list[FormMaterial] = []
    by_form: dict[str, list[Submission]] = {}
    for submission in submissions:
        by_form.setdefault(submission.form, []).append(submission)
    for name, form in folder.forms.items():
        if name in apart:
            continue
        entries = [
            Entry(**entry_of(folder, form, restricted), country=_country(folder, submission))
            for submission in by_form.get(name, ())
            if concerns(folder, room, submission)
            if (
                restricted := _beyond_core(
                    form, submission, reader, promises.get((name, submission.form_version), NOTHING)
                )
            )
        ]
        if entries:
            material.append(FormMaterial(form=name, title=form["title"], entries=entries))
    return material


def _beyond_core(
    form: CompiledForm, submission: Submission, reader: Audience, promise: Promise
) -> Readable | None:
    """Return a submission with only the answers that core participants do not see, or None."""
    visible = as_read_by(form, submission, reader, promise)
    core = may_read(form, submission, "core", promise)
    if visible is None:
        return None
    absent = object()
    beyond = {n: v for n, v in visible.answers.items() if core.get(n, absent) != v}
    return replace(visible, answers=beyond) if beyond else None


def _country(folder: SeminarFolder, submission: Submission) -> str:
    return folder.seminar.display_name(submission.country) if submission.country else ""
