"""Selects the submissions that the people of one room may read."""

from __future__ import annotations

from collections.abc import Sequence

from seminarkit.core.forms.shapes import Audience
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.read_by import form_rooms
from seminarkit.core.store.promise_log import Promises
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.audience import NOTHING, Readable, as_read_by
from seminarkit.topics.groups.rooms import BriefedRoom
from seminarkit.topics.questions.question_sessions import sessions_about


def readable_in_room(
    folder: SeminarFolder,
    room: BriefedRoom,
    submissions: Sequence[Submission],
    reader: Audience,
    promises: Promises,
) -> list[Readable]:
    """Return the submissions that a reader of the room may see, each with the visible answers only.

    ``reader`` is ``group``, ``presenter`` or ``chairs``. Submissions about other rooms are shown as
    every core participant may read them.
    """
    visible_submissions = []
    for submission in submissions:
        form = folder.forms.get(submission.form)
        if form:
            audience = reader if concerns(folder, room, submission) else "core"
            promise = promises.get((submission.form, submission.form_version), NOTHING)
            visible = as_read_by(form, submission, audience, promise)
            visible_submissions += [visible] if visible else []
    return visible_submissions


def room_reader(room: BriefedRoom) -> Audience:
    """Return the audience of a room's brief: ``group`` for a group, else ``core``.

    While a session's groups are undecided, the room has no people of its own, and its brief shows
    nothing that is for a group.
    """
    return "group" if room.group else "core"


def concerns(folder: SeminarFolder, room: BriefedRoom, submission: Submission) -> bool:
    """Return whether a submission to chairs or groups is about this room.

    It is if the form names the room; if it names the session or nothing, and the author is seated
    in the room; or if it is about the case that the room discusses. Until a session's groups are
    decided, what is about any of them concerns the session.
    """
    if not room.group and not room.session.seats:
        return False
    if submission.subject in folder.cases:
        if room.group:
            return room.case == submission.subject
        return room.session.id in sessions_about(folder.seminar, submission.subject)
    rooms = form_rooms(folder.seminar, folder.forms[submission.form])
    if room.group is None:
        session_rooms = {room.session.id, *(group.id for group in room.session.groups)}
        return bool(session_rooms & set(rooms))
    if room.id in rooms:
        return True
    return submission.person in room.group.people and (not rooms or room.session.id in rooms)
