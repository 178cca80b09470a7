"""Five ways to make the same reports, for reports.py."""

from __future__ import annotations

import ast
import json
import multiprocessing
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from seminarkit.core.package_folder import KIT
from seminarkit.reports import batch
from seminarkit.reports.batch import run_batch
from seminarkit.reports.run_record import Report

LOOPED = 3  # reports of the loop, which takes long
JOBS = 2
NOTEBOOK = KIT / "notebooks" / "report" / "country_profile.ipynb"
TEMPLATE = KIT / "templates" / "report"


def reports(folder: Path, output: Path, number: int = 0) -> list[Report]:
    """Return a profile of each country for core participants, or so many, countries by turns."""
    dossiers = sorted((folder / "dossiers" / "core").glob("??.json"))
    return [
        Report(
            NOTEBOOK,
            dossier.stem,
            "core",
            dossier,
            output / f"{dossier.stem}{i // len(dossiers) or ''}.ipynb",
            TEMPLATE,
        )
        for i, dossier in enumerate(dossiers * (number // len(dossiers) + 1))
        if i < (number or len(dossiers))
    ]


def by_kit(folder: Path, output: Path) -> None:
    """Make all as the kit does."""
    assert not run_batch(reports(folder, output), folder, jobs=JOBS, force=True).failed


def by_papermill(folder: Path, output: Path) -> None:
    """Make all by papermill's API in a pool: the kit's way where no process can be forked."""
    batch.can_fork = lambda: False
    by_kit(folder, output)


def by_ploomber(folder: Path, output: Path) -> None:
    """Make all by ploomber-engine in a pool."""
    with ProcessPoolExecutor(JOBS, mp_context=multiprocessing.get_context("spawn")) as pool:
        made = [pool.submit(_ploomber, folder, report) for report in reports(folder, output)]
        for each in made:
            each.result()


def _ploomber(folder: Path, report: Report) -> None:
    from ploomber_engine import execute_notebook

    from seminarkit.core.documents.executed_notebook import read_document
    from seminarkit.reports.html_page import page_content

    report.output.parent.mkdir(parents=True, exist_ok=True)
    dossier = report.dossier.relative_to(folder).as_posix()
    book = execute_notebook(
        NOTEBOOK, report.output, parameters={"dossier": dossier}, cwd=folder, progress_bar=False
    )
    report.page.write_text(
        page_content(book, read_document(book, NOTEBOOK.name), TEMPLATE), encoding="utf-8"
    )


def by_functions(folder: Path, output: Path) -> None:
    """Call what the notebook calls, in children of a loaded process, and write plain pages."""
    from seminarkit.reports.engine.engines import Run
    from seminarkit.reports.engine.fork_server import run_forked

    output.mkdir(parents=True, exist_ok=True)
    runs = {
        r.subject: Run(str(NOTEBOOK), str(r.output), str(folder), {"dossier": str(r.dossier)})
        for r in reports(folder, output)
    }
    for _, (failure, _seconds) in run_forked(runs, JOBS, plainly):
        assert failure is None, failure


def plainly(run: Any) -> None:
    """Run a notebook's cells as one program, and write what their last values show."""
    names: dict[str, object] = {}
    shown = []
    for cell in json.loads(Path(run.notebook).read_text("utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            tree = ast.parse("".join(cell["source"]))
            last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
            exec(compile(tree, "cell", "exec"), names)
            if "parameters" in cell["metadata"].get("tags", []):
                names |= run.parameters
            if last:
                value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
                shown.append(value._repr_html_() if value is not None else "")
    run.page.write_text("<!doctype html>" + "\n".join(shown), encoding="utf-8")


def by_loop(folder: Path, output: Path) -> None:
    """Make a few as a loop in a shell does: papermill, then nbconvert."""
    output.mkdir(parents=True, exist_ok=True)
    for report in reports(folder, output)[:LOOPED]:
        dossier = report.dossier.relative_to(folder).as_posix()
        for command in (
            ["papermill", str(NOTEBOOK), str(report.output), "-p", "dossier", dossier],
            [
                *("jupyter", "nbconvert", "--to", "html", "--log-level=ERROR"),
                *(f"--TemplateExporter.extra_template_basedirs={TEMPLATE.parent}",),
                *(f"--template={TEMPLATE.name}", "--no-input", str(report.output)),
            ],
        ):
            program = [str(Path(sys.executable).with_name(command[0])), *command[1:]]
            subprocess.run(program, cwd=folder, check=True, capture_output=True)


WAYS: dict[str, Callable[[Path, Path], None]] = {
    "the kit": by_kit,
    "papermill's API in a pool of 2": by_papermill,
    "ploomber-engine in a pool of 2": by_ploomber,
    "the same functions called plainly": by_functions,
    "loop of papermill and nbconvert": by_loop,
}
