"""Text templates for mails, packs and server pages, which organisers may change."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template
from typing import Any

from seminarkit.core.errors import SeminarError
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.yaml.yaml_file import read_text


class NamedTemplate(Template):
    """A string template whose errors name the template and the placeholder."""

    def __init__(self, text: str, where: str) -> None:
        super().__init__(text)
        self.where = where

    def substitute(self, mapping: Mapping[str, object] | None = None, /, **words: Any) -> str:
        """Return the text with its placeholders filled in; raise SeminarError if it is invalid."""
        words = {**(mapping or {}), **words}
        if not self.is_valid():
            raise SeminarError(f"{self.where} has a dollar sign without a word. Write it as $$.")
        if unknown := [word for word in self.get_identifiers() if word not in words]:
            known = ", ".join(f"${word}" for word in sorted(words))
            raise SeminarError(
                f"{self.where} uses ${', $'.join(unknown)}, which is not one of its words. Its "
                f"words are: {known}. To write a dollar sign, write $$."
            )
        return super().substitute(words)


def read_template(folder: SeminarFolder, kind: str, name: str) -> NamedTemplate:
    """Return templates/``kind``/``name``; raise FileError if it is not a text file."""
    text = read_text(folder.material("templates", kind, name))
    return NamedTemplate(text, f"templates/{kind}/{name}")
