"""Runs one notebook with papermill: the one door that another engine would take."""

from __future__ import annotations

import json
import os
import sys
import tempfile
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
from seminarkit.reports.guard.dossier_reads import Read, note_page, settle, wrong
from seminarkit.reports.guard.guard import PUBLIC, Bounds
from seminarkit.reports.html_page import page_content
from seminarkit.reports.own_cells import without

CELL_SECONDS = 300
OUTPUT_MEGABYTES = 20  # of a notebook with its outputs
TOO_LARGE = f"Its outputs come to more than {OUTPUT_MEGABYTES} MB."
_LONGEST_SOCKET = 98  # bytes of a socket's path without its number: macOS takes 103 in all
ENGINE = "seminar"  # the name of the kit's own among papermill's engines: inprocess.py
_SENTENCES = ("NotForPublicError", "SeminarError", "UsageError")  # whose words say it all
_VOLATILE = ("start_time", "end_time", "duration", "environment_variables", "exception", "status")


@dataclass(frozen=True)
class Run:
    """What to run: a notebook with parameters, in a folder, to a file."""

    notebook: str
    output: str
    folder: str
    parameters: dict[str, object]
    engine: str | None = None  # of papermill's engines; None is its own, with a kernel's process
    kernel: str = KERNEL
    template: str | None = None  # nbconvert's, for the page beside the output; None makes no page
    given: Read | None = None  # the dossier that it must have read at its end; None reads none
    root: str = ""  # the seminar's folder, where ``folder`` is another
    left_out: tuple[int, ...] = ()  # places of the cells that this audience does not see

    @property
    def alone(self) -> bool:
        """Whether its cells run in the process that runs it, and not in a kernel's own."""
        return self.engine == ENGINE and self.kernel == KERNEL

    @property
    def bounds(self) -> Bounds | None:
        """What it may open of the seminar; None for a run that is no report."""
        if self.given is None or "dossier" not in self.parameters:
            return None
        own = Path(self.folder, str(self.parameters["dossier"]))
        mine = (self.notebook, self.output, *([self.template] if self.template else []))
        return Bounds(self.root or self.folder, str(own), self.given.audience, mine)

    @property
    def page(self) -> Path:
        """What is shown of the output, as HTML without a frame."""
        return Path(self.output).with_suffix(".html")


@dataclass(frozen=True)
class Failure:
    """Where a notebook stopped, and why: the cell's id and the last line of its error."""

    cell: str
    reason: str

    @classmethod
    def of(cls, name: str, words: object, cell: str = "") -> Failure:
        """Return what an error of this class's name says."""
        if name == "MemoryError":
            words = "It asked for more memory than a report may have."
        if name in _SENTENCES:
            return cls(cell, str(words))
        return cls(cell, f"{name}: {words}")


DIED = Failure("", "It killed the process that ran it.")


def can_fork() -> bool:
    """Say whether a loaded process may be forked here: not on Windows, nor safely on macOS."""
    return sys.platform.startswith("linux")


def run_notebook(run: Run) -> Failure | None:
    """Run a notebook; its result appears whole at ``run.output``, or not at all, with its page.

    When a cell fails, the notebook as far as it came is put beside the output, its name ending in
    ``.failed.ipynb``; an earlier good output stays as it is.
    """
    output = Path(run.output)
    failed = output.with_suffix(".failed.ipynb")
    try:
        book, failure = _executed(run)
        if failure:
            if book:
                write_whole(failed, _text(book))
            return failure
        reads = settle(book)
        if run.given and (departed := wrong(run.given, reads)):
            write_whole(failed, _text(book))
            return Failure("", departed)
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
    except OSError as error:  # a full disk
        return Failure("", reason_of(error))
    except Exception as error:  # an output that no page can hold
        return Failure.of(type(error).__name__, error)
    failed.unlink(missing_ok=True)
    return None


def _executed(run: Run) -> tuple[Any, Failure | None]:
    """Return a notebook as far as it came, None if nowhere, and why it came no further."""
    import nbformat
    import papermill
    from papermill.exceptions import PapermillExecutionError

    isolate()  # the kernel's process takes this one's variables
    with tempfile.TemporaryDirectory() as temporary:
        result = Path(temporary) / "result.ipynb"
        try:
            book = papermill.execute_notebook(
                _plain(_for_audience(run, Path(temporary))),
                _plain(result),
                parameters=run.parameters,
                cwd=run.folder,
                kernel_name=run.kernel,
                language="python" if run.kernel == KERNEL else None,  # a file may name none
                engine_name=run.engine,
                progress_bar=False,
                request_save_on_cell_execute=False,
                autosave_cell_every=0,
                log_output=False,
                record_timing=False,
                execution_timeout=CELL_SECONDS,
                extra_arguments=["--log-level=CRITICAL", *KERNEL_OPTIONS, *_kept_to(run)],
                **_transport(temporary),
            )
            return _settled(book), None
        except PapermillExecutionError as error:
            cell = _cell_id(Path(run.notebook), error)
            failure = Failure.of(error.ename, error.evalue, cell)
        except OSError as error:
            failure = Failure("", reason_of(error))
        except Exception as error:  # a kernel that dies raises what its library likes
            failure = Failure.of(type(error).__name__, error)
        book = nbformat.read(result, as_version=4) if result.exists() else None
        return (_settled(book) if book else None), failure


def _for_audience(run: Run, folder: Path) -> Path:
    """Return the notebook to run, without the cells that its audience does not see."""
    if not run.left_out:
        return Path(run.notebook)
    book = json.loads(Path(run.notebook).read_bytes())
    made = folder / Path(run.notebook).name
    made.write_text(json.dumps(without(book, {*run.left_out})), encoding="utf-8")
    return made


def _kept_to(run: Run) -> list[str]:
    """Return how a kernel in a process of its own is kept to its bounds before its first cell."""
    bounds = run.bounds
    if bounds is None or run.alone:
        return []
    if bounds.audience != PUBLIC and run.kernel != KERNEL:
        return []  # it may be of another language, which the public is not given
    home = "seminarkit.reports.guard.guard"
    call = f"from {home} import keep_to_words as _; _('{bounds.words()}'); del _"
    return [f"--IPKernelApp.exec_lines={[call]!r}"]


def _text(book: Any) -> str:
    from nbformat.v4 import writes  # without a check: papermill has just checked it

    return str(writes(book)) + "\n"


# keyword arguments of jupyter_client, which has no types
def _transport(folder: str) -> dict[str, Any]:
    """Return how to speak to the kernel: no port is opened where the system has sockets in files.

    Below a long path it has none. The sockets lie in the run's own folder; kernels that share one
    would mix their messages.
    """
    from traitlets.config import Config

    place = str(Path(folder) / "kernel")
    if os.name == "nt" or len(os.fsencode(place)) > _LONGEST_SOCKET:
        return {}
    return {"config": Config(KernelManager={"transport": "ipc", "ip": place})}


def _plain(path: Path) -> str:
    """Return a path as papermill takes it: it reads braces in paths as parameters."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _settled(book: Any) -> Any:
    """Return an executed notebook without clocks and random ids, so that equal runs are equal."""
    for volatile in _VOLATILE:
        book.metadata.get("papermill", {}).pop(volatile, None)
    for name in ("input_path", "output_path"):
        book.metadata.get("papermill", {}).pop(name, None)
    for number, cell in enumerate(book.cells):
        for volatile in _VOLATILE:
            cell.metadata.get("papermill", {}).pop(volatile, None)
        cell.metadata.pop("execution", None)
        cell.metadata["transient"] = {"remove_source": cell.cell_type == "code"}  # for nbconvert
        if "injected-parameters" in cell.metadata.get("tags", ()):
            cell["id"] = "injected-parameters"
        elif "papermill-error-cell-tag" in cell.metadata.get("tags", ()):
            cell["id"] = f"papermill-error-{number}"
    return book


def _cell_id(notebook: Path, error: Any) -> str:
    """Return the id of the cell that failed, or its number where it has none.

    papermill counts with its injected cell.
    """
    import nbformat

    cells = nbformat.read(notebook, as_version=4).cells
    for number, cell in enumerate(cells, start=1):
        if cell.source == error.source:
            return str(cell.get("id") or number)
    return str(error.cell_index)
