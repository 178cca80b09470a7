"""Find settings of forms that have no effect, or not the effect that they seem to have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from seminarkit.core.errors import did_you_mean
from seminarkit.core.forms.audiences import is_read_by
from seminarkit.core.forms.shapes import CompiledForm, choices_of
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.read_by import form_rooms, leaves
from seminarkit.core.seminar.timetable_checks import Finding

_READ_BY = re.compile(r"^read_by:", re.MULTILINE)
_AUDIENCE = re.compile(r"^audience:", re.MULTILINE)


def check_forms(folder: SeminarFolder) -> Iterator[Finding]:
    """Yield findings on a form's obsolete ``read_by``, missing audience, consent and rooms.

    Such a form still works: the sentence on its readers is made from ``audience``, and without
    rooms it is for the groups that its author sits in.
    """
    for name, form in folder.forms.items():
        text = folder.form_file(name).read_text(encoding="utf-8")
        yield from (
            Finding("reader", f"{name}.yml", words) for words in _problems(folder, form, text)
        )


def _problems(folder: SeminarFolder, form: CompiledForm, text: str) -> Iterator[str]:
    seminar, audience = folder.seminar, form["audience"]
    if _READ_BY.search(text):
        yield (
            f"'read_by' is not shown any more: people are told '{form.get('read_by', '')}', as its "
            "'audience' says. See that this is meant, and take the line away."
        )
    if not _AUDIENCE.search(text):
        yield "It says no 'audience', so it is for all core participants. Write whom it is for."
    if audience == "public" and "consent" not in form:
        yield "It is for everybody, and asks for no consent: what comes is published as it is."
    if "consent" in form:
        field, answer = form["consent"]
        choices = {f["name"]: [name for name, _ in choices_of(f)] for f in leaves(form)}
        if answer not in choices[field]:
            hint = did_you_mean(answer, choices[field])
            yield (
                f"'consent' waits for '{answer}', which is no choice of '{field}': nothing of it "
                f"is published.{hint}"
            )
    room_ids = [session.id for session in seminar.sessions]
    room_ids += [group.id for session in seminar.sessions for group in session.groups]
    seated = {session.id for session in seminar.sessions if session.seats or session.groups}
    for room in form.get("rooms", ()):
        if room not in form_rooms(seminar, form):
            hint = did_you_mean(room, room_ids)
            yield f"'rooms' names '{room}', which is no session or group.{hint}"
        elif room in {session.id for session in seminar.sessions} - seated:
            yield f"'rooms' names '{room}', a session without groups: nobody sits in it."
    if form.get("rooms") and is_read_by(audience, "core"):
        yield f"'rooms' decides nothing, as the form is for {audience}. Take one of the two away."
