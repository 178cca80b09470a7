"""What is kept of what came: the shapes that the index holds, and that all else reads."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from seminarkit.core.forms.renamed_questions import with_sent_names
from seminarkit.core.forms.shapes import Answers


@dataclass(frozen=True)
class Reading:
    """What one filled form says, checked: who filled in which version with what, and how far.

    ``version``, ``ancestors``, ``salt`` and ``written_in`` (a window of the browser) are those of
    ``answer_versions.py``. ``moment`` is what decides which is later: when it was saved, where that
    can be true, else when it arrived. ``sent_as`` leads from the names of ``answers`` to those that
    the file has for them, where a question was renamed since.
    """

    form: str
    subject: str
    form_version: str
    instance: str
    rev: int
    saved_at: str
    country: str
    person: str
    answers: Answers
    answered: int
    total: int
    complete: bool
    receipt: str
    version: str = field(default="", kw_only=True)
    ancestors: tuple[str, ...] = field(default=(), kw_only=True)
    written_in: str = field(default="", kw_only=True)
    salt: str = field(default="", kw_only=True)
    moment: str = field(default="", kw_only=True)
    sent_as: Mapping[str, str] = field(default_factory=dict, kw_only=True)

    @property
    def sent_answers(self) -> dict[str, object]:
        """The answers under the names that they were sent under, whatever a question is now."""
        return with_sent_names(self.answers, self.sent_as)

    @property
    def key(self) -> tuple[str, str, str]:
        """Which form it is, whatever its version, as ``Assignment.key`` says it."""
        return self.person, self.form, self.subject


@dataclass(frozen=True)
class Submission(Reading):
    """One version of one filled form. ``arrival`` and ``part`` say where its bytes are.

    ``places`` are the lines of the logs that tell of the arrival: see ``Arrival``. By
    ``answers_hash`` the same answers are known again; that of an earlier index is empty.
    """

    arrival: int
    part: str
    places: str = field(default="", kw_only=True)
    answers_hash: str = field(default="", kw_only=True)

    @property
    def logged_at(self) -> str:
        """These lines; where an earlier index holds none, that of the first writer's log."""
        return self.places or f":{self.arrival}"


def written(answers: Answers) -> str:
    """Return answers as the text that the index stores: the same answers, the same text."""
    return json.dumps(answers, ensure_ascii=False, sort_keys=True)


def hash_of(answers: Answers) -> str:
    """Return the hash by which the same answers are known again."""
    return hashlib.sha256(written(answers).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Outcome:
    """How one file, or one part of a zip or mail, ended: what it is, and a sentence."""

    arrival: int
    part: str
    kind: str
    text: str
    country: str = ""
