"""Which questions there are: those that the forms of a seminar ask, and those of the kit's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from seminarkit.files import KIT
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.yamlfile import YamlFile


def asked_questions(folder: SeminarFolder) -> list[str]:
    """Return the names of all questions that the seminar's forms ask, those in lists among them."""
    return sorted({name for form in folder.forms.values() for name in _names(form["fields"])})


def known_questions(folder: SeminarFolder) -> list[str]:
    """Return the names that a report notebook may use: what is asked here, or in the kit's forms.

    The kit's notebooks show what the kit's forms ask: a seminar that asks less has shorter reports,
    and no mistake in them.
    """
    names = set(asked_questions(folder))
    for path in sorted((KIT / "templates" / "forms").glob("*.yml")):
        names |= set(_names(YamlFile(path).data["fields"]))
    return sorted(names)


def _names(fields: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for field in fields:
        yield field["name"]
        yield from _names(field.get("fields", ()))
