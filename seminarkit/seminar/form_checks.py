"""Finds what in a seminar's forms does not decide what it seems to decide."""

from __future__ import annotations

import re
from collections.abc import Iterator

from seminarkit.errors import did_you_mean
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.seminar.read_by import form_rooms
from seminarkit.seminar.timetable import Finding

_READ_BY = re.compile(r"^read_by:", re.MULTILINE)


def check_forms(folder: SeminarFolder) -> Iterator[Finding]:
    """Yield a finding for a form's own sentence on its readers, and for rooms that are not there.

    Such a form goes on to work: the sentence is made from its ``audience``, and without a room it
    is for the groups that its author sits in.
    """
    rooms = [session.id for session in folder.seminar.sessions]
    rooms += [group.id for session in folder.seminar.sessions for group in session.groups]
    for name, form in folder.forms.items():
        if _READ_BY.search(folder.form_file(name).read_text(encoding="utf-8")):
            yield Finding(
                "reader",
                f"{name}.yml",
                f"'read_by' is not shown any more: people are told '{form['read_by']}', as its "
                "'audience' says. See that this is meant, and take the line away.",
            )
        for room in set(form.get("rooms", ())) - set(form_rooms(folder.seminar, form)):
            yield Finding(
                "reader",
                f"{name}.yml",
                f"'rooms' names '{room}', which is no session or group.{did_you_mean(room, rooms)}",
            )
