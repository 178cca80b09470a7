"""Makes a form out to one person, so that nothing is asked that is known."""

from __future__ import annotations

from seminarkit.errors import UsageError, did_you_mean
from seminarkit.forms.bundle import PersonalForm, personal_form
from seminarkit.seminar.clock import deadline_words
from seminarkit.seminar.folder import SeminarFolder


def form_for(folder: SeminarFolder, form: str, person: str) -> PersonalForm:
    """Return a form made out to a core participant; raises UsageError where one is unknown."""
    seminar = folder.seminar
    if form not in folder.forms:
        raise UsageError(f"'{form}' is no form of this seminar.{did_you_mean(form, folder.forms)}")
    participant = seminar.participant(person)
    if participant is None:
        known = [p.id for people in seminar.delegations.values() for p in people]
        raise UsageError(f"'{person}' is no core participant.{did_you_mean(person, known)}")
    country, task = person[:2], seminar.task(form)
    return personal_form(
        folder.forms[form],
        seminar=seminar.id,
        country=country,
        author={"id": participant.id, "name": participant.name, "role": participant.role},
        header=[
            ["For", participant.name],
            ["Country", seminar.display_name(country)],
            ["Please send by", deadline_words(seminar, form, country)],
            ["Time", f"About {task.minutes} minutes. You can stop and go on later."],
            ["Read by", folder.forms[form]["read_by"]],
            ["Send your file to", seminar.send_to],
        ],
        file_name=f"{participant.id}-{form}",
    )
