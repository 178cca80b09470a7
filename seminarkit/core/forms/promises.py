"""What a form promised to those who filled it in: who reads which answer.

A form may be changed after answers came. What was sent under a version of it stays for the readers
that this version named, whoever reads the form's answers now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from seminarkit.core.forms.audiences import is_read_by
from seminarkit.core.forms.shapes import Answers, Audience, CompiledForm, Field, fields_in, is_note


@dataclass(frozen=True)
class Promise:
    """One version of a form: the audiences it has named for each question, and its consents.

    ``audiences`` holds more than one for a question whose audience was changed under the same
    version number; then all of them hold. ``consents`` are (question, answer) pairs without which
    nothing is public.
    """

    audiences: Mapping[str, frozenset[Audience]]
    consents: frozenset[tuple[str, str]] = frozenset()

    def allows(self, question: str, reader: Audience) -> bool:
        """Return whether a reader was named for a question; of an unknown one nothing was said."""
        return all(is_read_by(each, reader) for each in self.audiences.get(question, ()))

    def agreed(self, answers: Answers) -> bool:
        """Return whether answers hold every consent that was asked for."""
        return all(answers.get(question) == answer for question, answer in self.consents)


def audiences_of(form: CompiledForm) -> dict[str, Audience]:
    """Return the audience of every question of a form, those in rows too.

    What the consent of a form for fewer shows to everybody is for everybody.
    """
    return {
        **dict(_audiences(form["fields"], form["audience"])),
        **dict.fromkeys(form.get("consent_shows", ()), "public"),
    }


def _audiences(fields: Sequence[Field], around: Audience) -> Iterator[tuple[str, Audience]]:
    for field in fields:
        own: Audience = field.get("audience", around)
        if not is_note(field):
            yield field["name"], own
        yield from _audiences(fields_in(field), own)
