"""The records of what was received: the index stores them, everything else reads them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from seminarkit.core.forms.renamed_questions import with_sent_names
from seminarkit.core.forms.shapes import Answers


@dataclass(frozen=True)
class Reading:
    """One filled form, checked: its author, version and answers, and how complete it is.

    ``version``, ``ancestors``, ``salt`` and ``written_in`` (a browser window) are those of
    ``answer_versions.py``. ``moment`` decides which version is later: when it was saved, if that is
    plausible, else when it arrived. ``sent_as`` maps names of ``answers`` to the names in the file,
    for questions that were renamed since.
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
        """The answers under the question names that the file has."""
        return with_sent_names(self.answers, self.sent_as)

    @property
    def key(self) -> tuple[str, str, str]:
        """The key of the form, whatever its version, as in ``Assignment.key``."""
        return self.person, self.form, self.subject


@dataclass(frozen=True)
class Submission(Reading):
    """One version of one filled form; ``arrival`` and ``part`` say where its bytes are.

    ``places`` are the log lines of the arrival, see ``Arrival``. ``answers_hash`` identifies equal
    answers; it is empty in an index of an earlier kit.
    """

    arrival: int
    part: str
    places: str = field(default="", kw_only=True)
    answers_hash: str = field(default="", kw_only=True)

    @property
    def logged_at(self) -> str:
        """The log lines of the arrival; in an earlier index, that of the first log."""
        return self.places or f":{self.arrival}"


def written(answers: Answers) -> str:
    """Return answers as canonical JSON: equal answers give equal text."""
    return json.dumps(answers, ensure_ascii=False, sort_keys=True)


def hash_of(answers: Answers) -> str:
    """Return the hash that identifies equal answers."""
    return hashlib.sha256(written(answers).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Outcome:
    """What became of one file, or one part of a zip or mail: its kind and a sentence."""

    arrival: int
    part: str
    kind: str
    text: str
    country: str = ""
