"""Remarks on other copies of a seminar's folder, from their logs in this copy."""

from __future__ import annotations

from collections.abc import Iterator

from seminarkit.cli.options import plural
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.log_authors import maker
from seminarkit.core.shown_names import shown_name
from seminarkit.core.store.received_files import ReceivedFiles
from seminarkit.forgetting.other_copies import not_yet


def missing_line_sentences(folder: SeminarFolder) -> Iterator[str]:
    """Yield a sentence per log that is shorter here than in another copy, or differs."""
    for log in (folder.decisions.log, ReceivedFiles(folder.received).log):
        for gap in log.gaps():
            who = maker(folder.received, gap.writer, "").words
            yield (
                f"{log.path.stem.capitalize()} of {who}: {plural(gap.here, 'line is', 'lines are')}"
                f" here, but there were {gap.known}. The rest has not been received yet, or the "
                "log was set back. Use seminar merge or sync with a copy that has the rest."
            )
        for writer in log.strangers():
            who = maker(folder.received, writer, "").words
            yield (
                f"{log.path.stem.capitalize()} of {who} differ from those in another copy: two "
                "computers have written under one id, or the log was set back and then continued. "
                "Take in the other log: seminar merge PATH"
            )


def remarks(folder: SeminarFolder) -> Iterator[str]:
    """Yield remarks: copies that have not forgotten somebody yet, decisions of newer versions."""
    for writer, people in not_yet(folder).items():
        who = maker(folder.received, writer, "").words
        yield (
            f"{plural(people, 'person who was', 'people who were')} forgotten may still be in the "
            f"copy of {who}: it has not been merged with this one since, or has not run seminar "
            "collect. If that copy no longer exists, there is nothing to do."
        )
    if unknown := folder.decisions.unknown():
        kinds = ", ".join(shown_name(kind) for kind in sorted(set(unknown)))
        yield (
            f"{plural(len(unknown), 'decision is', 'decisions are')} of a kind that this version "
            f"of the kit does not know ({kinds}). {'It is' if len(unknown) == 1 else 'They are'} "
            "kept, but not counted here: install a newer version."
        )
