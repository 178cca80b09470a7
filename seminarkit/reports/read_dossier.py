"""Read the dossier of a report notebook."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from seminarkit.core.errors import UsageError
from seminarkit.core.submissions.dossier import Dossier
from seminarkit.core.submissions.report_scope import begin_report
from seminarkit.reports.dossier_file import chosen_kind, dossier_file, named_file
from seminarkit.reports.guard.dossier_reads import in_kernel, read_of, record_read
from seminarkit.reports.guard.guard import PUBLIC, Bounds, keep_to
from seminarkit.reports.injected_parameters import cells_that_ran, check_injected


def read_dossier(
    path: str = "",
    *,
    report: str = "",
    audience: str = "core",
    country: str | None = None,
    session: str | None = None,
) -> Dossier[Any]:
    """Read the dossier that a report notebook shows.

    Parameters
    ----------
    path
        The path of a dossier; it takes precedence over all other parameters. A relative path starts
        at the seminar's folder, wherever the notebook is.
    report
        The kind of report, if neither country nor session says it: "comparison", "survey",
        "day_recap" or "conclusions".
    audience
        "core" or "public"; for a brief "core" or "group", or "" for the only one it has.
    country
        A country of the seminar, by code or name.
    session
        A session or a discussion group, by id or title: its brief is read.

    Returns
    -------
    Dossier
        The content of the JSON file.

    Raises
    ------
    UsageError
        For an invalid value, with the nearest valid one, and for parameters that papermill
        injected but the notebook does not declare.
    SeminarError
        If there is no such dossier.

    Notes
    -----
    In a notebook the read is recorded as an output of the cell. Once it has read a public dossier,
    the notebook's kernel can open no other file of the seminar (guard.py).
    """
    kernel = in_kernel()
    injected = check_injected(cells_that_ran()) if kernel else {}
    kind = None if path else chosen_kind(report, country=country, session=session)
    if kind:
        file = dossier_file(kind, session if country is None else country, audience)
        expected: object = file.parent.name
    else:
        file, expected = named_file(path), injected.get("audience")
    content = file.read_bytes()
    dossier = Dossier(json.loads(content))
    if expected and expected != dossier.data.get("audience"):
        raise UsageError(
            f"{'/'.join(file.parts[-3:])} is for '{dossier.data.get('audience')}', but this report "
            f"is for '{expected}'."
        )
    if kernel:
        begin_report(str(dossier.data.get("audience")), dossier.data)
        if dossier.data.get("audience") == PUBLIC:
            keep_to(Bounds(str(_seminar_of(file)), str(file), PUBLIC))
        record_read(read_of(dossier.data, hashlib.sha256(content).hexdigest(), file))
    return dossier


def _seminar_of(file: Path) -> Path:
    """Return the folder of the seminar that a dossier in ``dossiers/public/`` belongs to."""
    parents = file.resolve().parents
    seminars = [folder for folder in parents if (folder / "seminar.yml").is_file()]
    return [*seminars, *parents[2:3], parents[0]][0]
