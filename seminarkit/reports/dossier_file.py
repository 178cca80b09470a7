"""Which dossier a report notebook means: by its path, or by country or session, and audience."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from seminarkit.core.errors import SeminarError, UsageError, did_you_mean
from seminarkit.reports.kinds import KINDS, ReportKind, kind_named

if TYPE_CHECKING:
    from seminarkit.core.seminar.folder import SeminarFolder


def chosen_kind(report: str, **subjects: object) -> ReportKind | None:
    """Return the kind of report that a notebook names, itself or by its parameter; None for none.

    ``subjects`` are the values of parameters that name a subject, None where there is none.
    """
    if report:
        return kind_named(report)
    named = [name for name, value in subjects.items() if value is not None]
    if len(named) > 1:
        raise UsageError(f"A report is on one subject: give {' or '.join(named)}, not both.")
    return next((kind for kind in KINDS if kind.parameter in named), None)


def dossier_file(kind: ReportKind, subject: object, audience: object) -> Path:
    """Return the file of the dossier on a subject for an audience.

    ``subject`` is the value of the notebook's parameter, such as a country's code or name; it is
    None for a kind with one subject. Raises UsageError for a value that is none, and SeminarError
    where the dossier was not made yet.
    """
    from seminarkit.core.seminar.folder import (
        SeminarFolder,  # a report that is given a path needs none
    )

    folder = SeminarFolder.find()
    name = _subject(folder, kind, subject)
    reader = _audience(kind.readers(folder, name), audience)
    file = folder.dossiers / reader / f"{name}.json"
    if file.is_file():
        return file
    raise SeminarError(
        f"There is no dossier dossiers/{reader}/{name}.json yet, on "
        f"“{kind.title(folder, name)}”. Dossiers are made by: seminar report"
        + (", as soon as there is something to show" if kind.over_all else "")
    )


def _subject(folder: SeminarFolder, kind: ReportKind, value: object) -> str:
    first = next(iter(kind.subjects(folder)), "")
    if not first:
        raise SeminarError(f"This seminar has nothing that a report of the kind {kind.name} shows.")
    if kind.find is None:
        return first
    example = first.removeprefix(kind.prefix)
    if not isinstance(value, str):
        raise UsageError(f'{kind.parameter} is text, such as "{example}", not {value!r}.')
    if not value.strip():
        raise UsageError(
            f"The parameter {kind.parameter} is empty. Write into the cell tagged 'parameters' "
            f'which one this notebook shows, such as {kind.parameter} = "{example}".'
        )
    return kind.find(folder, value.strip())


def _audience(readers: tuple[str, ...], value: object) -> str:
    """Return for whom a report is; an empty text is enough where there is one audience only."""
    if value == "" and len(readers) == 1:
        return readers[0]
    if isinstance(value, str) and value in readers:
        return value
    words = " or ".join(f'"{reader}"' for reader in readers)
    hint = did_you_mean(value, readers) if isinstance(value, str) else ""
    raise UsageError(f"audience is {words} here, not {value!r}." + hint)


def named_file(path: str) -> Path:
    """Return the file of a path; raises SeminarError where there is none, with the nearest."""
    if not isinstance(path, str) or not path.strip():
        raise SeminarError(_no_path(path))
    file = Path(path)
    if not file.is_absolute() and not file.is_file():
        from seminarkit.core.seminar.folder import SeminarFolder  # what a batch need not load

        file = SeminarFolder.find().root / file
    if not file.is_file():
        hint = did_you_mean(file.name, _beside(file))
        raise SeminarError(
            f"There is no dossier {path}.{hint} Dossiers are made by: seminar report"
        )
    return file


def _no_path(path: object) -> str:
    given = f"A dossier is named by its path, not by {path!r}. " if path not in ("", None) else ""
    return (
        f"{given or 'No dossier is named yet. '}Write into the cell tagged 'parameters' which one "
        'this notebook shows, such as dossier = "dossiers/core/GE.json" for core participants or '
        'dossier = "dossiers/public/GE.json" for everybody, and run all cells. Dossiers are made, '
        "and handed over one by one, by: seminar report"
    )


def _beside(file: Path) -> list[str]:
    """Return the names of the dossiers in a folder, as far as they may be seen."""
    try:
        return [each.name for each in file.parent.glob("*.json")]
    except PermissionError:
        return []
