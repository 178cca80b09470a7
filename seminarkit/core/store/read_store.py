"""Read the index of what was received, without writing to the store."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.index import Index
from seminarkit.core.store.received_files import Arrival, ReceivedFiles
from seminarkit.core.store.reply import ChairReply
from seminarkit.core.store.submission import Outcome, Submission
from seminarkit.core.store.version_states import JudgedVersions, choices, judge_versions


def submissions(database: Path) -> list[Submission]:
    """Return the counting version of each form; none before the first collect."""
    if not database.exists():
        return []
    with closing(Index(database, to_read=True)) as index:
        return index.current()


def judged_forms(database: Path, decisions: Iterable[Decision]) -> list[JudgedVersions[Submission]]:
    """Return all versions of every form with their standings, in the order of arrival."""
    if not database.exists():
        return []
    with closing(Index(database, to_read=True)) as index:
        everything = index.everything()
    by_instance: dict[str, list[Submission]] = {}
    for submission in everything:
        by_instance.setdefault(submission.instance, []).append(submission)
    chosen = choices(decisions)
    return [judge_versions(v, chosen.get(instance, ())) for instance, v in by_instance.items()]


def unsettled(database: Path, decisions: Iterable[Decision]) -> list[JudgedVersions[Submission]]:
    """Return the forms that have changes begun, or need an organiser's choice."""
    if not database.exists():
        return []
    chosen = choices(decisions)
    with closing(Index(database, to_read=True)) as index:
        instances = dict.fromkeys(version.instance for version, _ in index.standings())
        judged = [judge_versions(index.versions(i), chosen.get(i, ())) for i in instances]
    return [form for form in judged if form.waits or form.undecided]


def replies(database: Path) -> list[ChairReply]:
    """Return the replies that name a receipt, in the order of arrival."""
    if not database.exists():
        return []
    with closing(Index(database, to_read=True)) as index:
        return index.replies()


def outcomes(database: Path) -> list[tuple[Arrival, Outcome]]:
    """Return every arrival with its outcome, in the order of arrival."""
    if not database.exists():
        return []
    with closing(Index(database, to_read=True)) as index:
        return index.outcomes(since=0)


def arrived(database: Path, *forms: str) -> list[tuple[str, Submission]]:
    """Return each version of some forms with the moment it was received, oldest first."""
    if not database.exists():
        return []
    with closing(Index(database, to_read=True)) as index:
        moments = {arrival.number: arrival.received_at for arrival, _ in index.outcomes(0)}
        versions = [version for form in forms for version in index.all_of_form(form)]
    return [(moments.get(version.arrival, ""), version) for version in versions]


def version_list(database: Path) -> list[Submission]:
    """Return every version of every form, in the order of arrival."""
    if not database.exists():
        return []
    with closing(Index(database, to_read=True)) as index:
        return index.everything()


def seen_by(folder: SeminarFolder) -> dict[str, int]:
    """Return which arrivals are in the index, as a number of lines of each writer's log."""
    if not folder.database.exists():
        return {}
    with closing(Index(folder.database, to_read=True)) as index:
        number, _ = index.last_arrival()
    return ReceivedFiles(folder.received).seen(number)


def version_ids(database: Path) -> frozenset[str]:
    """Return the id of every version that was received."""
    return frozenset(version.version for version in version_list(database))


def versions_of(database: Path, form: str) -> list[Submission]:
    """Return every version of one form, in the order of arrival."""
    if not database.exists():
        return []
    with closing(Index(database, to_read=True)) as index:
        return index.all_of_form(form)
