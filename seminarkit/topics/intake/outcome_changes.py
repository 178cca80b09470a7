"""Report forms whose current version changed when the index was rebuilt."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from seminarkit.core.forms.shapes import CompiledForm
from seminarkit.core.store.index import Index

# works on the index of any version of the kit
_CURRENT_VERSIONS = "SELECT instance, receipt, saved_at FROM submission WHERE current"
CurrentVersions = dict[str, tuple[str, str]]


def current_before_rebuild(database: Path) -> CurrentVersions:
    """Return receipt and time of the current version of each form instance in an index.

    The index may be of an earlier version of the kit. Empty if it is missing or unreadable.
    """
    if not database.is_file():
        return {}
    try:
        with closing(
            sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)
        ) as connection:
            return {
                str(row[0]): (str(row[1]), str(row[2]))
                for row in connection.execute(_CURRENT_VERSIONS)
            }
    except (sqlite3.Error, UnicodeDecodeError):
        return {}


def change_sentences(
    previous: Mapping[str, tuple[str, str]],
    index: Index,
    forms: Mapping[str, CompiledForm],
    arrived: int,
) -> Iterator[str]:
    """Yield a sentence for each form whose current version is another one than before.

    Versions that arrived after file number ``arrived`` are reported as outcomes instead.
    """
    for version in index.current() if previous else ():
        receipt, saved_at = previous.get(version.instance, ("", ""))
        unchanged = (receipt, saved_at) == (version.receipt, version.saved_at)
        if not receipt or unchanged or version.arrival > arrived or version.form not in forms:
            continue
        about = f" ({version.subject})" if version.subject else ""
        yield (
            f"{forms[version.form]['title']}{about}, {version.person}: {version.receipt} counts "
            f"now; before, {receipt} did. The newer complete version counts, whatever the number "
            f"of changes. To choose the other: seminar version {receipt}"
        )
