"""What has come, for those who only read the store."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from seminarkit.store.index import Index, Submission
from seminarkit.store.replied import Replied


def submissions(database: Path) -> list[Submission]:
    """Return the version that counts of every form; none where nothing was collected yet."""
    if not database.exists():
        return []
    with closing(Index(database)) as index:
        return index.current()


def replies(database: Path) -> list[Replied]:
    """Return the replies that name a receipt, in the order of arrival."""
    if not database.exists():
        return []
    with closing(Index(database)) as index:
        return index.replies()


def arrived(database: Path, *forms: str) -> list[tuple[str, Submission]]:
    """Return every version of these forms with the moment it was received, in order of arrival."""
    if not database.exists():
        return []
    with closing(Index(database)) as index:
        moments = {arrival.number: arrival.received_at for arrival, _ in index.outcomes(0)}
        versions = [each for form in forms for each in index.all_of_form(form)]
    return [(moments.get(each.arrival, ""), each) for each in versions]


def versions_of(database: Path, form: str) -> list[Submission]:
    """Return every version of a form that anybody sent, in the order of arrival."""
    if not database.exists():
        return []
    with closing(Index(database)) as index:
        return index.all_of_form(form)
