"""Resolve the dossier that a report notebook asks for: by path, or by subject and audience."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from seminarkit.core.errors import SeminarError, UsageError, did_you_mean
from seminarkit.reports.kinds import KINDS, ReportKind, kind_named

if TYPE_CHECKING:
    from seminarkit.core.seminar.folder import SeminarFolder


def chosen_kind(report: str, **subjects: object) -> ReportKind | None:
    """Return the kind of report that a notebook asks for, by name or by its subject; or None.

    ``subjects`` are the values of the parameters that name a subject, None where not set.
    """
    if report:
        return kind_named(report)
    names = [name for name, value in subjects.items() if value is not None]
    if len(names) > 1:
        raise UsageError(f"A report is on one subject: give {' or '.join(names)}, not both.")
    return next((kind for kind in KINDS if kind.parameter in names), None)


def dossier_file(kind: ReportKind, subject: object, audience: object) -> Path:
    """Return the path of the dossier on a subject for an audience.

    ``subject`` is the value of the notebook's parameter, such as a country's code or name, or None
    for a kind of report with a single subject. Raises UsageError for an invalid value, and
    SeminarError if the dossier has not been made yet.
    """
    # imported here, as a report with a path does not need it
    from seminarkit.core.seminar.folder import SeminarFolder

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
            f"The parameter {kind.parameter} is empty. Write in the cell tagged 'parameters' "
            f'what this notebook is to show, such as {kind.parameter} = "{example}".'
        )
    return kind.find(folder, value.strip())


def _audience(readers: tuple[str, ...], value: object) -> str:
    """Return a valid audience; '' is accepted if the report has only one."""
    if value == "" and len(readers) == 1:
        return readers[0]
    if isinstance(value, str) and value in readers:
        return value
    words = " or ".join(f'"{reader}"' for reader in readers)
    hint = did_you_mean(value, readers) if isinstance(value, str) else ""
    raise UsageError(f"audience is {words} here, not {value!r}." + hint)


def named_file(path: str) -> Path:
    """Return the file at a path.

    Raises SeminarError, with the nearest name, if there is none.
    """
    if not isinstance(path, str) or not path.strip():
        raise SeminarError(_no_path(path))
    file = Path(path)
    if not file.is_absolute() and not file.is_file():
        from seminarkit.core.seminar.folder import SeminarFolder  # a batch does not need it

        file = SeminarFolder.find().root / file
    if not file.is_file():
        hint = did_you_mean(file.name, _dossiers_in(file))
        raise SeminarError(
            f"There is no dossier {path}.{hint} Dossiers are made by: seminar report"
        )
    return file


def _no_path(path: object) -> str:
    hint = f"A dossier is named by its path, not by {path!r}. " if path not in ("", None) else ""
    return (
        f"{hint or 'No dossier is named yet. '}Write in the cell tagged 'parameters' which dossier "
        'this notebook shows, such as dossier = "dossiers/core/GE.json" for core participants or '
        'dossier = "dossiers/public/GE.json" for everybody, and run all cells. To make all '
        "dossiers, and to run the notebooks with each of them: seminar report"
    )


def _dossiers_in(file: Path) -> list[str]:
    """Return the names of the dossiers in a folder, or none if it may not be read."""
    try:
        return [path.name for path in file.parent.glob("*.json")]
    except PermissionError:
        return []
