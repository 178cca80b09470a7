"""Which forms are published as totals, for which audience, and on which page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from seminarkit.core.forms.shapes import Audience, CompiledForm
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Task

SURVEY_PAGE = "survey"
_PREFIX = "totals-"
_FORMER_SURVEY = "pre_survey"  # was published before forms had the key ``totals``


@dataclass(frozen=True)
class Part:
    """One subject of a form that each person fills in several times, such as before and after."""

    subject: str
    name: str
    task: Task


@dataclass(frozen=True)
class Totals:
    """A form that is published as totals; ``readers`` is the widest audience that sees them.

    ``subject`` is the name of its dossier and of its page.
    """

    form: str
    subject: str
    title: str
    readers: Audience
    by: tuple[Literal["region", "profile"], ...]
    parts: tuple[Part, ...]

    def may_see(self, audience: Audience) -> bool:
        """Return whether an audience may see these totals."""
        return audience == "core" or self.readers == "public"


def all_totals(folder: SeminarFolder) -> list[Totals]:
    """Return the forms that are published as totals, in the order of the seminar's forms.

    The first one with public totals is the survey; its page is called so.
    """
    return list(_all_totals(folder))


def survey_of(folder: SeminarFolder) -> Totals | None:
    """Return the survey, whose answers chairs see by group; None where the seminar has none."""
    return next((totals for totals in all_totals(folder) if totals.subject == SURVEY_PAGE), None)


def shows_totals(subject: str) -> bool:
    """Return whether a dossier or page of this name shows totals."""
    return subject == SURVEY_PAGE or subject.startswith(_PREFIX)


def _all_totals(folder: SeminarFolder) -> Iterator[Totals]:
    has_survey = False
    for name, form in folder.forms.items():
        if declaration := _declared(form):
            readers, by = declaration
            survey = readers == "public" and not has_survey
            has_survey |= survey
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
    """Return the audience and the groupings of a form's totals; None where it has no totals."""
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
