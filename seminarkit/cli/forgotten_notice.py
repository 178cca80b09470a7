"""Reports people who were forgotten on another copy of the seminar's folder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from seminarkit.cli.options import plural

if TYPE_CHECKING:
    from seminarkit.forgetting.other_copies import ForgottenFiles


def forgotten_words(gone: ForgottenFiles) -> Iterator[str]:
    """Yield a sentence per person of whom files were removed, or whose id is in use again."""
    for person, files in gone.people.items():
        if files:
            yield f"{person} was forgotten on another copy, now also here: {plural(files, 'file')}."
    for person in gone.by_hand:
        yield (
            f"{person} was forgotten on another copy, but this id now belongs to somebody else. "
            f"Nothing was removed here. Look: seminar forget {person} --dry-run"
        )
