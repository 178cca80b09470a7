"""Which questions a report may name: those whose answers reports show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from seminarkit.core.forms.audiences import is_read_by
from seminarkit.core.forms.shapes import Audience, CompiledForm, Field, fields_in, rows_of
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.submissions.audience import form_read_by
from seminarkit.core.submissions.dossier_parts import AskedField, AskedForm
from seminarkit.core.yaml.yaml_file import YamlFile


def asked_questions(folder: SeminarFolder) -> list[str]:
    """Return the names of the questions that the seminar's forms ask and reports may show.

    Each is there bare and as ``form.question``; those in lists are there bare. What is for
    organisers, chairs or a delegation is in no report, and its name in no dossier.
    """
    forms = [form for form in folder.forms.values() if is_read_by(form["audience"], "group")]
    return sorted({name for form in forms for name in _names(form["form"], form["fields"])})


def forms_asking(forms: Iterable[CompiledForm], name: str) -> list[str]:
    """Return which of some forms have an answer of this name; not those where it is in a list."""
    return [
        form["form"]
        for form in forms
        if f"{form['form']}.{name}" in _names(form["form"], form["fields"])
    ]


def known_questions(folder: SeminarFolder) -> list[str]:
    """Return the names that a report notebook may use: what is asked here, or in the kit's forms.

    The kit's notebooks show what the kit's forms ask: a seminar that asks less has shorter reports,
    and no mistake in them.
    """
    names = set(asked_questions(folder))
    for path in sorted((KIT / "templates" / "forms").glob("*.yml")):
        form = YamlFile(path).data
        if is_read_by(form.get("audience", "core"), "group"):
            names |= set(_names(path.stem, form["fields"]))
    return sorted(names)


_ON_QUESTIONS = (
    *("type", "name", "label", "hint", "audience", "required", "relevant", "appearance"),
    *("unique", "choices", "row", "min"),
)


def asked_in(forms: Mapping[str, CompiledForm], reader: Audience) -> dict[str, AskedForm]:
    """Return of each form what tables of its answers must know, as far as a reader may read it.

    What only a form's page shows is left out.
    """
    read = {name: form_read_by(form, reader) for name, form in forms.items()}
    return {
        name: {
            "form": form["form"],
            "version": form["version"],
            "title": form["title"],
            "audience": form["audience"],
            "lang": form["lang"],
            "fields": _questions(form["fields"]),
        }
        for name, form in read.items()
        if form and is_read_by(form["audience"], reader)
    }


def _questions(fields: Iterable[Field]) -> list[AskedField]:
    asked = []
    for field in fields:
        known = cast(
            AskedField, {key: value for key, value in field.items() if key in _ON_QUESTIONS}
        )
        if inside := fields_in(field):
            known["fields"] = _questions(inside)
        asked.append(known)
    return asked


def _names(form: str, fields: object) -> Iterator[str]:
    for field in rows_of(fields):  # compiled ones, or as a form's file has them
        yield str(field["name"])
        if field["type"] == "group":
            yield from _names(form, field["fields"])
        else:
            yield f"{form}.{field['name']}"
            yield from (str(inner["name"]) for inner in rows_of(field.get("fields")))
