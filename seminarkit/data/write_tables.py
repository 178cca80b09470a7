"""Write tables as a workbook or as CSV files, in which no text becomes a formula."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from seminarkit.core.disk.files import write_whole
from seminarkit.core.documents.table_files import TableSheet, Value, csv_file, xlsx_file
from seminarkit.core.errors import UsageError, did_you_mean
from seminarkit.data.frames import column_names, records
from seminarkit.data.lookup_errors import AudienceError, NotCollected

if TYPE_CHECKING:
    from seminarkit.data.material import Material

_FOR_ORGANISERS = (
    "This file is for organisers alone. It contains what people wrote to organisers, with "
    "their names. Do not pass it on."
)
_ALONE = (
    *("countries", "people", "sessions", "groups", "submissions", "compare", "status"),
    *("survey", "questions", "statements", "facts", "decisions", "reports"),
)
# pandas frames by name: pandas is loaded in one place alone
Frames = Sequence[str] | Mapping[str, Any] | None


def write_workbook(material: Material, path: Path, frames: Frames) -> Path:
    """Write tables as one workbook and return its path."""
    if path.suffix.lower() != ".xlsx":
        raise UsageError(f"'{path.name}' is not the name of a workbook: it must end in .xlsx.")
    sheets = [sheet_of(name, data) for name, data in _tables(material, frames)]
    if material.audience == "organisers":
        sheets.insert(0, TableSheet("For organisers alone", [_FOR_ORGANISERS], []))
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, xlsx_file(sheets))
    return path


def write_csv(material: Material, folder: Path, frames: Frames) -> Path:
    """Write tables as CSV files into a folder and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in _tables(material, frames):
        write_whole(folder / f"{name}.csv", csv_file(sheet_of(name, data)))
    return folder


def sheet_of(name: str, data: Any) -> TableSheet:
    """Return a table as a sheet: lists joined by "; ", yes and no in words, blank for missing."""
    heads = column_names(data)
    return TableSheet(name, heads, [[_cell(row[head]) for head in heads] for row in records(data)])


def _cell(value: object) -> Value:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(str(_cell(item)) for item in value)
    return value if isinstance(value, int | float) else str(value)


def _tables(material: Material, frames: Frames) -> Iterator[tuple[str, Any]]:
    """Yield the requested tables with their names, the dictionary first."""
    if isinstance(frames, Mapping):
        yield from frames.items()
    elif frames is not None:
        for name in sorted(frames, key=lambda name: name != "dictionary"):
            if name not in ("dictionary", *_ALONE):
                raise UsageError(
                    f"There is no table '{name}' to write."
                    f"{did_you_mean(name, ('dictionary', *_ALONE))}"
                )
            yield name, getattr(material, name)()
    else:
        yield from _every_table(material)


def _every_table(material: Material) -> Iterator[tuple[str, Any]]:
    """Yield every table that the source has for the reader, one per form and list."""
    dictionary = material.dictionary()
    yield "dictionary", dictionary
    for name in _ALONE:
        try:
            yield name, getattr(material, name)()
        except (AudienceError, NotCollected):
            continue
    asked = [(str(q["form"]), str(q["question"]), str(q["type"])) for q in records(dictionary)]
    for form in dict.fromkeys(form for form, _, _ in asked):
        yield form, material.form(form)
        for other, question, kind in asked:
            if other == form and kind == "repeat":
                yield f"{form}.{question}", material.rows(f"{form}.{question}")
