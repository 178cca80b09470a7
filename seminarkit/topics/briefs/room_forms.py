"""What the people of one room may read: of the forms for chairs and groups, those about it."""

from __future__ import annotations

from collections.abc import Sequence

from seminarkit.core.forms.shapes import Audience
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.read_by import form_rooms
from seminarkit.core.store.promise_log import Promises
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.audience import NOTHING, Readable, as_read_by
from seminarkit.topics.groups.rooms import Briefed
from seminarkit.topics.questions.question_sessions import sessions_about


def readable_in(
    folder: SeminarFolder,
    room: Briefed,
    submissions: Sequence[Submission],
    reader: Audience,
    promises: Promises,
) -> list[Readable]:
    """Return the submissions that a reader of one room may see, with the answers it may see.

    ``reader`` is ``group``, ``presenter`` or ``chairs``. What does not concern the room is there as
    every core participant may read it.
    """
    readable_forms = []
    for each in submissions:
        form = folder.forms.get(each.form)
        if form:
            own = reader if concerns(folder, room, each) else "core"
            promise = promises.get((each.form, each.form_version), NOTHING)
            seen = as_read_by(form, each, own, promise)
            readable_forms += [seen] if seen else []
    return readable_forms


def room_reader(room: Briefed) -> Audience:
    """Return who reads a room's brief: the people of a group, else all core participants.

    A session whose groups are not decided has no people of its own yet, and nothing of theirs is
    on its brief.
    """
    return "group" if room.group else "core"


def concerns(folder: SeminarFolder, room: Briefed, submission: Submission) -> bool:
    """Return whether a form that is for chairs or groups is about this room.

    It is where the form names the room; where it names the session, or nothing, and the author
    sits in the room; and for a form on a case study where the room discusses that case. Before the
    groups of a session are decided, what is about any of them concerns the session.
    """
    if not room.group and not room.session.seats:
        return False
    if submission.subject in folder.cases:
        if room.group:
            return room.case == submission.subject
        return room.session.id in sessions_about(folder.seminar, submission.subject)
    named = form_rooms(folder.seminar, folder.forms[submission.form])
    if room.group is None:
        own = {room.session.id, *(group.id for group in room.session.groups)}
        return bool(own & set(named))
    if room.id in named:
        return True
    return submission.person in room.group.people and (not named or room.session.id in named)
