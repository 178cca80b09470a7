"""Convert submissions and arrivals to rows of the index, and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import fields
from functools import partial
from typing import Any

from seminarkit.core.forms.shapes import Answers
from seminarkit.core.store.pending_versions import LazyAnswers
from seminarkit.core.store.received_files import Arrival
from seminarkit.core.store.submission import Submission, written
from seminarkit.core.store.version_states import JudgedVersions

COLUMNS = ", ".join(field.name for field in fields(Submission))
WITHOUT_ANSWERS = COLUMNS.replace(" answers,", " rowid AS answers,")
PLACEHOLDERS = ", ".join("?" for _ in fields(Submission))

EARLIER_SCHEMA_VERSIONS = (3, 4, 5, 6, 7)  # of 0.1.0, unreleased, 0.4.0 and 0.5.0, unreleased
_ADDED_TEXTS = ("version", "ancestors", "written_in", "salt", "places", "sent_as", "answers_hash")
_DEFAULTS = {
    **dict.fromkeys(_ADDED_TEXTS, "''"),
    "moment": "saved_at",
}


def earlier_columns(columns: Collection[str]) -> str:
    """Return the SELECT list for an earlier index, with defaults for missing columns."""
    return ", ".join(
        name if name in columns else f"{_DEFAULTS[name]} AS {name}" for name in COLUMNS.split(", ")
    )


def arrival_row(arrival: Arrival) -> tuple[Any, ...]:
    """Return the row of an arrival."""
    # the log has the exact name; the index replaces bytes that are not text
    name = arrival.name.encode("utf-8", "replace").decode("utf-8")
    return (arrival.number, arrival.sha256, name, arrival.size, arrival.received_at)


def standing_rows(judged: Iterable[JudgedVersions[Submission]]) -> Iterator[tuple[Any, ...]]:
    """Yield the parameters of the UPDATE that sets the standing of each version."""
    for form in judged:
        for version, standing in zip(form.versions, form.standings, strict=True):
            key = (version.instance, version.arrival, version.part, version.version)
            yield (standing, standing == "counts", *key)


def submission_row(submission: Submission) -> tuple[Any, ...]:
    """Return the row of a submission, in the order of ``COLUMNS``."""
    answers = written(submission.answers)
    values = {field.name: getattr(submission, field.name) for field in fields(submission)}
    ancestors = " ".join(submission.ancestors)
    sent_as = " ".join(f"{now}={then}" for now, then in sorted(submission.sent_as.items()))
    texts = {"answers": answers, "ancestors": ancestors, "sent_as": sent_as}
    return tuple({**values, **texts}.values())


def submission_of(
    row: Mapping[str, Any],  # SQLite gives values of any type
    read_answers: Callable[[int], Answers] | None = None,
) -> Submission:
    """Return the submission in a row, given by column names.

    ``read_answers`` reads the answers of a row of ``WITHOUT_ANSWERS``, at their first use.
    """
    answers = row["answers"]
    return Submission(
        **{
            **row,
            "answers": LazyAnswers(partial(read_answers, answers))
            if read_answers
            else json.loads(answers),
            "complete": bool(row["complete"]),
            "ancestors": tuple(row["ancestors"].split()),
            "sent_as": dict(pair.split("=") for pair in row["sent_as"].split()),
        }
    )
