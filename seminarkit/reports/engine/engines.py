"""Run one notebook with papermill, on any engine."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seminarkit.core.disk.attempts import reason_of
from seminarkit.core.disk.files import write_whole
from seminarkit.core.documents.executed_notebook import read_document
from seminarkit.core.documents.table_names import note_document
from seminarkit.core.import_path import isolate
from seminarkit.core.isolation import KERNEL_OPTIONS
from seminarkit.reports.engine.kernel_choice import KERNEL
from seminarkit.reports.guard.dossier_reads import DossierRead, collect_reads, deviation, note_page
from seminarkit.reports.guard.guard import PUBLIC, Bounds
from seminarkit.reports.html_page import page_content
from seminarkit.reports.own_cells import without_cells

CELL_SECONDS = 300
OUTPUT_MEGABYTES = 20  # size of a notebook with its outputs
TOO_LARGE = f"Its outputs are larger than {OUTPUT_MEGABYTES} MB."
_LONGEST_SOCKET = 98  # bytes of a socket's path without its number; macOS allows 103 in all
ENGINE = "seminar"  # papermill's name for the kit's own engine: inprocess.py
_OWN_ERRORS = ("NotForPublicError", "SeminarError", "UsageError")  # no class name in messages
_VOLATILE = ("start_time", "end_time", "duration", "environment_variables", "exception", "status")


@dataclass(frozen=True)
class Run:
    """A notebook to run, with its parameters, working folder and output file."""

    notebook: str
    output: str
    folder: str
    parameters: dict[str, object]
    engine: str | None = None  # a papermill engine; None is its default, with a kernel process
    kernel: str = KERNEL
    template: str | None = None  # nbconvert template for the page; None makes no page
    dossier: DossierRead | None = (
        None  # the dossier that the notebook must read; None for no report
    )
    root: str = ""  # the seminar's folder, if it is not ``folder``
    hidden_cells: tuple[int, ...] = ()  # indices of the cells that this audience does not see

    @property
    def in_process(self) -> bool:
        """Whether cells run in the process that runs papermill, and not in a kernel process."""
        return self.engine == ENGINE and self.kernel == KERNEL

    @property
    def bounds(self) -> Bounds | None:
        """The files of the seminar that the run may open, or None if it is not a report."""
        if self.dossier is None or "dossier" not in self.parameters:
            return None
        dossier_path = Path(self.folder, str(self.parameters["dossier"]))
        own_files = (self.notebook, self.output, *([self.template] if self.template else []))
        return Bounds(self.root or self.folder, str(dossier_path), self.dossier.audience, own_files)

    @property
    def page(self) -> Path:
        """The page content beside the output, as HTML without a frame."""
        return Path(self.output).with_suffix(".html")


@dataclass(frozen=True)
class Failure:
    """Where and why a notebook failed: the cell's id and the last line of its error."""

    cell: str
    reason: str

    @classmethod
    def of(cls, name: str, message: object, cell: str = "") -> Failure:
        """Return the failure for an error, from the name of its class and its message."""
        if name == "MemoryError":
            message = "It asked for more memory than a report may have."
        if name in _OWN_ERRORS:
            return cls(cell, str(message))
        return cls(cell, f"{name}: {message}")


DIED = Failure("", "The process that ran it crashed.")


def can_fork() -> bool:
    """Say whether a loaded process can be forked: Windows cannot, and macOS not safely."""
    return sys.platform.startswith("linux")


def run_notebook(run: Run) -> Failure | None:
    """Run a notebook; write its output and page completely, or not at all.

    If a cell fails, the partly executed notebook is written beside the output with the suffix
    ``.failed.ipynb``. An earlier good output is kept.
    """
    output = Path(run.output)
    failed_copy = output.with_suffix(".failed.ipynb")
    try:
        book, failure = _execute(run)
        if failure:
            if book:
                write_whole(failed_copy, _text(book))
            return failure
        reads = collect_reads(book)
        if run.dossier and (problem := deviation(run.dossier, reads)):
            write_whole(failed_copy, _text(book))
            return Failure("", problem)
        document = read_document(book, Path(run.notebook).name)
        note_document(book, document)
        page = page_content(document, Path(run.template)) if run.template else None
        if page is not None:
            note_page(book, page)
        text = _text(book)
        if len(text) > OUTPUT_MEGABYTES * 1_000_000:
            return Failure("", TOO_LARGE)
        if page is not None:
            write_whole(run.page, page)
        write_whole(output, text)
    except OSError as error:  # such as a full disk
        return Failure("", reason_of(error))
    except Exception as error:  # such as an output that cannot be rendered
        return Failure.of(type(error).__name__, error)
    failed_copy.unlink(missing_ok=True)
    return None


def _execute(run: Run) -> tuple[Any, Failure | None]:
    """Return the notebook as far as it was executed, or None, and its failure, or None."""
    import nbformat
    import papermill
    from papermill.exceptions import PapermillExecutionError

    isolate()  # a kernel process inherits the environment
    with tempfile.TemporaryDirectory() as temporary:
        result = Path(temporary) / "result.ipynb"
        try:
            book = papermill.execute_notebook(
                _escape_braces(_for_audience(run, Path(temporary))),
                _escape_braces(result),
                parameters=run.parameters,
                cwd=run.folder,
                kernel_name=run.kernel,
                language="python" if run.kernel == KERNEL else None,  # a file may lack it
                engine_name=run.engine,
                progress_bar=False,
                request_save_on_cell_execute=False,
                autosave_cell_every=0,
                log_output=False,
                record_timing=False,
                execution_timeout=CELL_SECONDS,
                extra_arguments=["--log-level=CRITICAL", *KERNEL_OPTIONS, *_guard_option(run)],
                **_transport(temporary),
            )
            return _without_volatile(book), None
        except PapermillExecutionError as error:
            cell = _cell_id(Path(run.notebook), error)
            failure = Failure.of(error.ename, error.evalue, cell)
        except OSError as error:
            failure = Failure("", reason_of(error))
        except Exception as error:  # a dead kernel raises various errors
            failure = Failure.of(type(error).__name__, error)
        with suppress(OSError, ValueError):  # it may be missing, or written in part
            return _without_volatile(nbformat.read(result, as_version=4)), failure
        return None, failure


def _for_audience(run: Run, folder: Path) -> Path:
    """Return the notebook to run, without the cells that its audience may not see."""
    if not run.hidden_cells:
        return Path(run.notebook)
    book = json.loads(Path(run.notebook).read_bytes())
    shortened = folder / Path(run.notebook).name
    shortened.write_text(json.dumps(without_cells(book, {*run.hidden_cells})), encoding="utf-8")
    return shortened


def _text(book: Any) -> str:
    from nbformat.v4 import writes  # without validation: papermill has just done it

    return str(writes(book)) + "\n"


def _guard_option(run: Run) -> list[str]:
    """Return the option with which a kernel process applies the guard before its first cell."""
    bounds = run.bounds
    unknown_language = run.kernel != KERNEL
    if not bounds or run.in_process or (bounds.audience != PUBLIC and unknown_language):
        return []
    home = "seminarkit.reports.guard.guard"
    call = f"from {home} import keep_to_words as _; _('{bounds.words()}'); del _"
    return [f"--IPKernelApp.exec_lines={[call]!r}"]


# jupyter_client has no types for its keyword arguments
def _transport(folder: str) -> dict[str, Any]:
    """Return the transport to the kernel: Unix sockets where possible, so that no port is opened.

    Socket paths have a maximum length. The sockets are in the run's own folder, as kernels that
    share one would mix up their messages.
    """
    from traitlets.config import Config

    socket = str(Path(folder) / "kernel")
    if os.name == "nt" or len(os.fsencode(socket)) > _LONGEST_SOCKET:
        return {}
    return {"config": Config(KernelManager={"transport": "ipc", "ip": socket})}


def _escape_braces(path: Path) -> str:
    """Return a path with braces escaped, which papermill would read as parameters."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _without_volatile(book: Any) -> Any:
    """Return an executed notebook without timestamps and random ids: equal runs are equal."""
    for key in _VOLATILE:
        book.metadata.get("papermill", {}).pop(key, None)
    for name in ("input_path", "output_path"):
        book.metadata.get("papermill", {}).pop(name, None)
    for number, cell in enumerate(book.cells):
        for key in _VOLATILE:
            cell.metadata.get("papermill", {}).pop(key, None)
        cell.metadata.pop("execution", None)
        cell.metadata["transient"] = {"remove_source": cell.cell_type == "code"}  # for nbconvert
        if "injected-parameters" in cell.metadata.get("tags", ()):
            cell["id"] = "injected-parameters"
        elif "papermill-error-cell-tag" in cell.metadata.get("tags", ()):
            cell["id"] = f"papermill-error-{number}"
    return book


def _cell_id(notebook: Path, error: Any) -> str:
    """Return the id of the cell that failed, or its number if it has no id.

    papermill's own number counts its injected cell too.
    """
    import nbformat

    cells = nbformat.read(notebook, as_version=4).cells
    for number, cell in enumerate(cells, start=1):
        if cell.source == error.source:
            return str(cell.get("id") or number)
    return str(error.cell_index)
