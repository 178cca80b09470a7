"""Build a table without the columns that a reader may not see."""

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
    """Return a table of a source; the public gets no columns that name people.

    ``attrs`` contain its name, seminar and audience, for captions only: a merge drops them.
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
