"""What a report notebook reads: its dossier, and nothing else."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from seminarkit.core.errors import UsageError
from seminarkit.core.submissions.dossier import Dossier
from seminarkit.core.submissions.report_scope import begin_report
from seminarkit.reports.dossier_file import chosen_kind, dossier_file, named_file
from seminarkit.reports.guard.dossier_reads import in_kernel, read_of, show
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
        A file, which wins over all others. A relative one begins at the seminar's folder, wherever
        the notebook lies.
    report
        The kind of report, where neither country nor session says it: "comparison", "survey",
        "day_recap" or "conclusions".
    audience
        "core" or "public"; of a brief "core" or "group", or "" for whoever it is for.
    country
        A country of the seminar, by code or name.
    session
        A session or a discussion group, by id or title: its brief is read.

    In a notebook it is written down what was read; from a dossier for the public on, the notebook's
    kernel opens nothing else of the seminar (guard.py).

    Raises UsageError for a value that is none, with the nearest, and for parameters that papermill
    handed over and the notebook does not declare; SeminarError where there is no such dossier.
    """
    kernel = in_kernel()
    injected = check_injected(cells_that_ran()) if kernel else {}
    kind = None if path else chosen_kind(report, country=country, session=session)
    if kind:
        file = dossier_file(kind, session if country is None else country, audience)
        wanted: object = file.parent.name
    else:
        file, wanted = named_file(path), injected.get("audience")
    content = file.read_bytes()
    dossier = Dossier(json.loads(content))
    if wanted and wanted != dossier.data.get("audience"):
        raise UsageError(
            f"{'/'.join(file.parts[-3:])} is for '{dossier.data.get('audience')}', and this report "
            f"for '{wanted}'."
        )
    if kernel:
        begin_report(str(dossier.data.get("audience")), dossier.data)
        if dossier.data.get("audience") == PUBLIC:
            keep_to(Bounds(str(_seminar_of(file)), str(file), PUBLIC))
        show(read_of(dossier.data, hashlib.sha256(content).hexdigest(), file))
    return dossier


def _seminar_of(file: Path) -> Path:
    """Return the folder of the seminar that a dossier is of: it lies in dossiers/public/ there."""
    above = file.resolve().parents
    written = [folder for folder in above if (folder / "seminar.yml").is_file()]
    return [*written, *above[2:3], above[0]][0]
