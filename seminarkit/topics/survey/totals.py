"""Which forms are shown as totals, to whom, and on which page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from seminarkit.core.forms.shapes import Audience, CompiledForm
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Task

SURVEY_PAGE = "survey"
_PREFIX = "totals-"
_FORMER_SURVEY = "pre_survey"  # its totals were shown before forms could say so


@dataclass(frozen=True)
class Part:
    """What a form is filled in on, if it is more than once per person: ``before``, ``after``."""

    subject: str
    name: str
    task: Task


@dataclass(frozen=True)
class Totals:
    """A form that is shown as totals, ``readers`` being the widest audience that sees them.

    ``subject`` is the name of its dossier and of its page.
    """

    form: str
    subject: str
    title: str
    readers: Audience
    by: tuple[Literal["region", "profile"], ...]
    parts: tuple[Part, ...]

    def may_see(self, audience: Audience) -> bool:
        """Say whether an audience sees these totals at all."""
        return audience == "core" or self.readers == "public"


def all_totals(folder: SeminarFolder) -> list[Totals]:
    """Return the forms of the seminar that are shown as totals, in the order of its tasks.

    The first whose totals are public is the survey, and has its page under that name.
    """
    return list(_all_totals(folder))


def survey_of(folder: SeminarFolder) -> Totals | None:
    """Return the survey: what chairs read of their groups, or None if the seminar has none."""
    return next((each for each in all_totals(folder) if each.subject == SURVEY_PAGE), None)


def shows_totals(subject: str) -> bool:
    """Say whether a dossier or page is one of totals, by its name."""
    return subject == SURVEY_PAGE or subject.startswith(_PREFIX)


def _all_totals(folder: SeminarFolder) -> Iterator[Totals]:
    named = False
    for name, form in folder.forms.items():
        if found := _declared(form):
            readers, by = found
            survey = readers == "public" and not named
            named |= survey
            parts = _parts(folder, name)
            yield Totals(
                form=name,
                subject=SURVEY_PAGE if survey else f"{_PREFIX}{name}",
                title="Survey" if survey else parts[0].task.title,
                readers=readers,
                by=by if len(parts) == 1 else (),
                parts=parts,
            )


def _declared(
    form: CompiledForm,
) -> tuple[Audience, tuple[Literal["region", "profile"], ...]] | None:
    """Return who sees a form's totals, and by what; None for a form that is not summed up."""
    if readers := form.get("totals"):
        return readers, tuple(form.get("totals_by", ()))
    if form["form"] == _FORMER_SURVEY and form["audience"] in ("organisers", "chairs"):
        return "public", ("region", "profile")
    return None


def _parts(folder: SeminarFolder, form: str) -> tuple[Part, ...]:
    parts = []
    for task in folder.seminar.tasks:
        if task.form == form:
            for subject in task.subjects or [""]:
                name = folder.subject_name(task, subject)
                parts.append(Part(subject, name[:1].upper() + name[1:], task))
    return tuple(parts)
