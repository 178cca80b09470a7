"""How submissions and arrivals are rows of the index: the columns, and the way there and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import fields
from functools import partial
from typing import Any

from seminarkit.core.forms.shapes import Answers
from seminarkit.core.store.pending_versions import LaterAnswers
from seminarkit.core.store.received_files import Arrival
from seminarkit.core.store.submission import Submission, written
from seminarkit.core.store.version_states import Judged

COLUMNS = ", ".join(field.name for field in fields(Submission))
WITHOUT_ANSWERS = COLUMNS.replace(" answers,", " rowid AS answers,")
PLACES = ", ".join("?" for _ in fields(Submission))

EARLIER_SHAPES = (3, 4, 5, 6, 7)  # of 0.1.0, of no release, of 0.4.0 and 0.5.0, of no release
_LATER_TEXTS = ("version", "ancestors", "written_in", "salt", "places", "sent_as", "answers_hash")
_ADDED = {
    **dict.fromkeys(_LATER_TEXTS, "''"),
    "moment": "saved_at",
}


def earlier_columns(there: Collection[str]) -> str:
    """Return what is selected where columns are lacking that were added since."""
    return ", ".join(
        name if name in there else f"{_ADDED[name]} AS {name}" for name in COLUMNS.split(", ")
    )


def arrival_row(arrival: Arrival) -> tuple[Any, ...]:
    """Return the row of an arrival."""
    # a name with bytes that are no text is kept as it is in the log; the index shows it
    name = arrival.name.encode("utf-8", "replace").decode("utf-8")
    return (arrival.number, arrival.sha256, name, arrival.size, arrival.received_at)


def standing_rows(judged: Iterable[Judged[Submission]]) -> Iterator[tuple[Any, ...]]:
    """Yield how each version stands and whether it counts, behind which its row is named."""
    for form in judged:
        for version, standing in zip(form.versions, form.standings, strict=True):
            place = (version.instance, version.arrival, version.part, version.version)
            yield (standing, standing == "counts", *place)


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
    later: Callable[[int], Answers] | None = None,
) -> Submission:
    """Return the submission of a row, by the names of its columns.

    ``later`` reads the answers of a row of ``WITHOUT_ANSWERS``, when somebody looks at them.
    """
    answers = row["answers"]
    return Submission(
        **{
            **row,
            "answers": LaterAnswers(partial(later, answers)) if later else json.loads(answers),
            "complete": bool(row["complete"]),
            "ancestors": tuple(row["ancestors"].split()),
            "sent_as": dict(pair.split("=") for pair in row["sent_as"].split()),
        }
    )
