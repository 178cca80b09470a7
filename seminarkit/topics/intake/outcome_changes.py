"""Says of which forms another version counts, after the index was made again by other rules."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from seminarkit.core.forms.shapes import CompiledForm
from seminarkit.core.store.index import Index

# How an index of any shape names what counts: instance, receipt, saved at.
_COUNTED = "SELECT instance, receipt, saved_at FROM submission WHERE current"
Counted = dict[str, tuple[str, str]]


def counted_before(database: Path) -> Counted:
    """Return what counts by an index, also by one of an earlier version of the kit.

    Nothing where there is none, or where it cannot be read.
    """
    if not database.is_file():
        return {}
    try:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as old:
            return {str(row[0]): (str(row[1]), str(row[2])) for row in old.execute(_COUNTED)}
    except sqlite3.Error:
        return {}


def changed_words(
    before: Mapping[str, tuple[str, str]],
    index: Index,
    forms: Mapping[str, CompiledForm],
    arrived: int,
) -> Iterator[str]:
    """Yield a sentence for each form of which another version counts now.

    Those that came after the first ``arrived`` files have sentences of their own.
    """
    for now in index.current() if before else ():
        receipt, saved_at = before.get(now.instance, ("", ""))
        same = (receipt, saved_at) == (now.receipt, now.saved_at)
        if not receipt or same or now.arrival > arrived or now.form not in forms:
            continue
        about = f" ({now.subject})" if now.subject else ""
        yield (
            f"{forms[now.form]['title']}{about}, {now.person}: {now.receipt} counts now; before, "
            f"{receipt} did. The newer complete version counts, whatever the number of changes. "
            f"To choose the other: seminar version {receipt}"
        )
