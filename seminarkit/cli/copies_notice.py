"""What is to be said of the other copies of a seminar's folder, as far as their logs are here."""

from __future__ import annotations

from collections.abc import Iterator

from seminarkit.cli.options import many
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.log_authors import maker
from seminarkit.core.shown_names import shown_name
from seminarkit.core.store.received_files import Received
from seminarkit.forgetting.other_copies import not_yet


def lacking(folder: SeminarFolder) -> Iterator[str]:
    """Yield a sentence for each log that goes less far here than somebody knew it."""
    for log in (folder.decisions.log, Received(folder.received).log):
        for gap in log.gaps():
            who = maker(folder.received, gap.writer, "").words
            yield (
                f"{log.path.stem.capitalize()} of {who}: {gap.here} lines are here, and there were "
                f"{gap.known}. The rest has not come yet, or was set back: seminar merge or sync "
                "with a copy that has it."
            )
        for writer in log.strangers():
            who = maker(folder.received, writer, "").words
            yield (
                f"{log.path.stem.capitalize()} of {who} are not those that another copy knew: two "
                "computers have written under one id, or the log was set back and gone on with. "
                "Bring the other one: seminar merge PATH"
            )


def remarks(folder: SeminarFolder) -> Iterator[str]:
    """Yield what is no damage: copies that still hold somebody, decisions of a newer version."""
    for writer, people in not_yet(folder).items():
        who = maker(folder.received, writer, "").words
        yield (
            f"{many(people, 'person who was', 'people who were')} forgotten may still be known to "
            f"the copy of {who}: it has not met this one since, or has not "
            "collected. Where that copy is no more, nothing is to be done."
        )
    if unknown := folder.decisions.unknown():
        kinds = ", ".join(shown_name(kind) for kind in sorted(set(unknown)))
        yield (
            f"{many(len(unknown), 'decision is', 'decisions are')} of a kind that this version of "
            f"the kit does not know ({kinds}). They are kept, and do not count here: install a "
            "newer version."
        )
