"""List the questions that a report may name, because reports show their answers."""

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
    """Return the names of the questions that the seminar asks and reports may show.

    Each is listed bare and as ``form.question``; questions inside a repeat only bare. Questions for
    organisers, chairs or a delegation are in no report, and their names in no dossier.
    """
    forms = [form for form in folder.forms.values() if is_read_by(form["audience"], "group")]
    return sorted({name for form in forms for name in _names(form["form"], form["fields"])})


def forms_asking(forms: Iterable[CompiledForm], name: str) -> list[str]:
    """Return the names of the forms that ask a question of this name, outside of repeats."""
    return [
        form["form"]
        for form in forms
        if f"{form['form']}.{name}" in _names(form["form"], form["fields"])
    ]


def known_questions(folder: SeminarFolder) -> list[str]:
    """Return the names that a report notebook may use: questions asked here or in the kit's forms.

    The kit's notebooks show all questions of the kit's forms. In a seminar that asks fewer, the
    reports are shorter, which is not an error.
    """
    names = set(asked_questions(folder))
    for path in sorted((KIT / "templates" / "forms").glob("*.yml")):
        form = YamlFile(path).data
        if is_read_by(form.get("audience", "core"), "group"):
            names |= set(_names(path.stem, form["fields"]))
    return sorted(names)


_FIELD_KEYS = (
    *("type", "name", "label", "hint", "audience", "required", "relevant", "appearance"),
    *("unique", "choices", "row", "min"),
)


def asked_in(forms: Mapping[str, CompiledForm], reader: Audience) -> dict[str, AskedForm]:
    """Return the part of each form that tables of answers need, for the forms a reader may read.

    Keys that only affect the form's page are left out.
    """
    readable_forms = {name: form_read_by(form, reader) for name, form in forms.items()}
    return {
        name: {
            "form": form["form"],
            "version": form["version"],
            "title": form["title"],
            "audience": form["audience"],
            "lang": form["lang"],
            "fields": _questions(form["fields"]),
        }
        for name, form in readable_forms.items()
        if form and is_read_by(form["audience"], reader)
    }


def _questions(fields: Iterable[Field]) -> list[AskedField]:
    questions = []
    for field in fields:
        question = cast(
            AskedField, {key: value for key, value in field.items() if key in _FIELD_KEYS}
        )
        if inner_fields := fields_in(field):
            question["fields"] = _questions(inner_fields)
        questions.append(question)
    return questions


def _names(form: str, fields: object) -> Iterator[str]:
    for field in rows_of(fields):  # fields of a compiled form, or of a form's YAML file
        yield str(field["name"])
        if field["type"] == "group":
            yield from _names(form, field["fields"])
        else:
            yield f"{form}.{field['name']}"
            yield from (str(inner["name"]) for inner in rows_of(field.get("fields")))
