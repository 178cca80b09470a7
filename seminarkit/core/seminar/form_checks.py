"""Find form settings that have no effect or an unexpected effect."""

from __future__ import annotations

import re
from collections.abc import Iterator

from seminarkit.core.errors import did_you_mean
from seminarkit.core.forms.audiences import is_read_by
from seminarkit.core.forms.shapes import CompiledForm, choices_of
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.read_by import form_rooms, leaves
from seminarkit.core.seminar.timetable_checks import CheckFinding

_READ_BY = re.compile(r"^read_by:", re.MULTILINE)
_AUDIENCE = re.compile(r"^audience:", re.MULTILINE)


def check_forms(folder: SeminarFolder) -> Iterator[CheckFinding]:
    """Yield findings on the settings for readers, consent and rooms of all forms."""
    for name, form in folder.forms.items():
        text = folder.form_file(name).read_text(encoding="utf-8")
        yield from (
            CheckFinding("reader", f"{name}.yml", words) for words in _problems(folder, form, text)
        )


def _problems(folder: SeminarFolder, form: CompiledForm, text: str) -> Iterator[str]:
    seminar, audience = folder.seminar, form["audience"]
    if _READ_BY.search(text):
        yield (
            f"'read_by' has no effect. People see '{form.get('read_by', '')}', which follows from "
            "'audience'. Check this sentence, and delete 'read_by'."
        )
    if not _AUDIENCE.search(text):
        yield "It has no 'audience', so all core participants can read it. Write an 'audience'."
    if audience == "public" and "consent" not in form:
        yield "It is for everybody, but does not ask for consent. All its answers are published."
    if "consent" in form:
        field, answer = form["consent"]
        choices = {f["name"]: [name for name, _ in choices_of(f)] for f in leaves(form)}
        if answer not in choices[field]:
            hint = did_you_mean(answer, choices[field])
            yield (
                f"'consent' needs the answer '{answer}', which is not a choice of '{field}': no "
                f"answers are published.{hint}"
            )
    room_ids = [session.id for session in seminar.sessions]
    room_ids += [group.id for session in seminar.sessions for group in session.groups]
    seated = {session.id for session in seminar.sessions if session.seats or session.groups}
    for room in form.get("rooms", ()):
        if room not in form_rooms(seminar, form):
            hint = did_you_mean(room, room_ids)
            yield f"'rooms' names '{room}', which is not a session or group.{hint}"
        elif room in {session.id for session in seminar.sessions} - seated:
            yield f"'rooms' names '{room}', but this session has no groups."
    if form.get("rooms") and is_read_by(audience, "core"):
        yield (
            f"'rooms' has no effect, because the form is for {audience}. Remove 'rooms', or choose "
            "a smaller 'audience'."
        )
