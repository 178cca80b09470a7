"""The audiences that a form named when it was filled in: its promise to the author.

A form may be changed after answers were received. Answers to a version of a form are only for the
readers that this version named, whatever the form says now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from seminarkit.core.forms.audiences import is_read_by
from seminarkit.core.forms.shapes import Answers, Audience, CompiledForm, Field, fields_in, is_note


@dataclass(frozen=True)
class Promise:
    """The audiences that a version of a form named for each question, and its consents.

    A question has several ``audiences`` if its audience was changed under the same version number;
    a reader must then belong to all of them. Nothing is public unless the answers contain all
    ``consents``, which are (question, answer) pairs.
    """

    audiences: Mapping[str, frozenset[Audience]]
    consents: frozenset[tuple[str, str]] = frozenset()

    def allows(self, question: str, reader: Audience) -> bool:
        """Return whether a reader belongs to all audiences of a question; true if it has none."""
        return all(is_read_by(audience, reader) for audience in self.audiences.get(question, ()))

    def agreed(self, answers: Answers) -> bool:
        """Return whether the answers contain all consents."""
        return all(answers.get(question) == answer for question, answer in self.consents)


def audiences_of(form: CompiledForm) -> dict[str, Audience]:
    """Return the audience of every question of a form, also of those in repeats.

    The questions that the consent covers (``consent_shows``) are public.
    """
    return {
        **dict(_audiences(form["fields"], form["audience"])),
        **dict.fromkeys(form.get("consent_shows", ()), "public"),
    }


def _audiences(fields: Sequence[Field], outer: Audience) -> Iterator[tuple[str, Audience]]:
    for field in fields:
        audience: Audience = field.get("audience", outer)
        if not is_note(field):
            yield field["name"], audience
        yield from _audiences(fields_in(field), audience)
