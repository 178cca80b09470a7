"""Makes each table: without what a reader may not know, and with its caption in ``attrs``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from seminarkit.data.frames import Column, Row, frame
from seminarkit.data.source import Source


def table(
    source: Source,
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Row],
    about: Mapping[str, object] | None = None,
    *,
    index: str = "",
) -> Any:
    """Return a table of a source; for the public without the columns that name somebody.

    ``attrs`` say what it is and for whom. They serve captions alone: pandas loses them in a merge.
    """
    shown = [column for column in columns if not (column.named and source.is_public)]
    attrs: dict[str, object] = {
        "frame": name,
        "seminar": source.seminar,
        "audience": source.audience,
        "as_of": source.as_of(),
        **{key: value for key, value in (about or {}).items() if value is not None},
    }
    return frame(shown, rows, index=index, attrs=attrs)
