"""A filled form as one reader may see it, from which all tables of answers are made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from seminarkit.topics.progress.same_name import SAMPLE

State = Literal["complete", "draft", "missing", "not_nominated"]


@dataclass(frozen=True)
class Version:
    """The origin of a version, and whether it counts; only organisers see this."""

    id: str
    parent: str
    rev: int
    counts: bool
    arrival: int
    file: str


@dataclass(frozen=True)
class FormVersion:
    """One version of one filled form, with the answers that its reader may see.

    ``person`` is an id such as ``GE-2``, ``role`` the role that the reader may know. ``writers``
    and ``row_writers`` are the authors of each answer and row of a joint form. ``answered`` and
    ``total`` count required questions; they are None if the reader may not know.
    """

    form: str
    country: str
    subject: str
    person: str
    role: str
    state: State
    answers: Mapping[str, object]
    joint: bool = False
    late: bool | None = None
    answered: int | None = None
    total: int | None = None
    saved_at: str = ""
    form_version: str = ""
    receipt: str = ""
    group: str = ""
    writers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    row_writers: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    version: Version | None = None

    def written_by(self, question: str) -> list[str]:
        """Return the authors of the answer to a question."""
        return list(self.writers.get(question, ())) if self.joint else [self.person]

    def row_written_by(self, question: str, number: int) -> list[str]:
        """Return the authors of a row of a repeated question, counted from 0."""
        rows = self.row_writers.get(question, ())
        if not self.joint:
            return [self.person]
        return list(rows[number]) if number < len(rows) else []


def is_sample(value: object) -> bool:
    """Say whether an answer comes from the sample seminar, whose texts are marked."""
    if isinstance(value, Mapping):
        return any(is_sample(item) for item in value.values())
    if isinstance(value, list | tuple):
        return any(is_sample(item) for item in value)
    return isinstance(value, str) and SAMPLE in value
