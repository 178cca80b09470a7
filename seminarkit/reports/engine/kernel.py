"""Runs the cells of a notebook in this process: ipykernel's own kernel, nbclient's own code."""

from __future__ import annotations

import os
import sys
from _thread import interrupt_main
from pathlib import Path
from queue import Empty
from typing import Any

from ipykernel.inprocess.ipkernel import InProcessInteractiveShell, InProcessKernel
from ipykernel.inprocess.manager import InProcessKernelManager
from ipykernel.iostream import OutStream
from nbclient.exceptions import CellExecutionError
from nbformat import from_dict
from nbformat.v4 import new_output
from papermill.clientwrap import PapermillNotebookClient
from traitlets.config import Config

from seminarkit.core.documents.dataframe_formatter import show_frames
from seminarkit.reports.engine.engines import OUTPUT_MEGABYTES, TOO_LARGE, can_fork
from seminarkit.reports.engine.kernel_choice import KERNEL
from seminarkit.reports.engine.kernel_messages import AtOnce, Messages, Socket
from seminarkit.reports.engine.output_capture import Descriptors

_MUCH = 100_000  # characters that are held back
_MOST = OUTPUT_MEGABYTES * 1_000_000
_INLINE = "module://matplotlib_inline.backend_inline"
_SETTINGS = {"HistoryManager": {"hist_file": ":memory:"}}  # as nbclient's: none on the user's disk
_TWICE = "The engine 'seminar' runs one notebook a process, and this one has run one."
_ELSEWHERE = "The engine 'seminar' is made for Linux."
_OTHER = "The notebook asks for the kernel '{}', which the engine 'seminar' does not know."
_made: list[_Kernel] = []  # at most one: IPython allows one shell in a process
_used: list[_Kernel] = []


def make_kernel() -> None:
    """Make the kernel for the one notebook that this process, or each child of it, will run."""
    manager: Any = InProcessKernelManager(config=Config(_SETTINGS), session=Messages())
    manager.kernel = _Kernel(
        parent=manager,
        session=manager.session,
        shell_stream=Socket(),
        _underlying_iopub_socket=Socket(),
    )
    _made.append(manager.kernel)


def unable(kernel_name: str) -> str:
    """Return why no notebook with this kernel can be run here; '' if one can."""
    if not can_fork():
        return _ELSEWHERE
    if kernel_name != KERNEL:
        return _OTHER.format(kernel_name)
    return _TWICE if _used else ""


def run_cells(manager: Any, **options: Any) -> None:
    """Run all cells of papermill's notebook under way, up to the first that fails.

    ``options`` are those of nbclient; without ``record_timing`` no cell is told when it ran.
    """
    os.environ.setdefault("MPLBACKEND", _INLINE)  # as a kernel in a process of its own does
    _Client(manager, **options).execute()


class _NoThread:
    """Stands where ipykernel looks, at an await, for the thread that reads its messages: none."""

    parent_thread = None


class _Stream(OutStream):  # type: ignore[misc]
    """What a cell prints: passed on at its end, and before when it is much."""

    descriptors: Descriptors | None = None
    _held = 0

    def fileno(self) -> int:
        return {"stdout": 1, "stderr": 2}[self.name]

    def write(self, string: str) -> int:
        """Keep words, after those that were written past Python before them."""
        if self.descriptors and (before := self.descriptors.new(self.name, _MOST + 1)):
            self._keep(before)
        return self._keep(string)

    def _keep(self, string: str) -> int:
        self._held += len(string)
        written: int = super().write(string)
        if self._held > _MUCH:
            self._held = 0
            self.flush()
        return written

    def _schedule_flush(self) -> None:
        """Leave it out: there is no clock beside the cell."""


class _Shell(InProcessInteractiveShell):  # type: ignore[misc]
    _ready: tuple[str, str] | None = None

    def transform_cell(self, raw_cell: str) -> str:
        """Return a cell without magics, once for ipykernel, which asks, and then for its run."""
        ready, self._ready = self._ready, None
        if ready and ready[0] == raw_cell:
            return ready[1]
        made: str = super().transform_cell(raw_cell)
        self._ready = raw_cell, made
        return made


class _Kernel(InProcessKernel):  # type: ignore[misc]
    shell_class = _Shell
    _supports_kernel_subshells = False
    shell_channel_thread = _NoThread()
    _execute_sleep = 0.0  # seconds after each cell, for messages on their way through sockets
    said = 0  # bytes of all that cells have said and shown

    def __init__(self, **traits: Any) -> None:
        thread = AtOnce(traits["_underlying_iopub_socket"])
        streams = {
            name: _Stream(traits["session"], thread, name, watchfd=False)
            for name in ("stdout", "stderr")
        }
        super().__init__(iopub_thread=thread, **streams, **traits)

    def _publish_status(self, *_: Any, **__: Any) -> None:
        """Leave out that it is busy, and idle again: nobody runs beside it who would wait."""

    def _publish_execute_input(self, *_: Any, **__: Any) -> None:
        """Leave out what it was asked to run."""

    def _io_dispatch(self, change: Any) -> None:
        """Pass a message on. Too much is dropped, and the cell that goes on is interrupted."""
        was_full, self.said = self.is_full, self.said + self._underlying_iopub_socket.next_size
        if not self.is_full:
            super()._io_dispatch(change)
            return
        self._underlying_iopub_socket.recv_multipart()
        if not was_full:
            interrupt_main()

    @property
    def is_full(self) -> bool:
        return self.said > _MOST

    def settle_here(self) -> None:
        """Belong to this process and folder, if it was made in another, before a fork."""
        self.descriptors = Descriptors()
        self.stdout.descriptors = self.stderr.descriptors = self.descriptors
        self.session.pid = self.stdout._master_pid = self.stderr._master_pid = os.getpid()
        sys.modules["__main__"] = self.shell.user_module
        self.shell.init_environment()
        here = Path.cwd()
        self.shell.starting_dir, self.shell.history_manager.dir_hist[:] = str(here), [here]


class _Client(PapermillNotebookClient):  # type: ignore[misc]
    def execute(self, **_: Any) -> Any:
        self.reset_execution_trackers()
        if not _made:
            make_kernel()
        self.kernel = _made.pop()
        _used.append(self.kernel)
        self.kernel.settle_here()
        self.kc = self.kernel.parent.client()
        self.kc.start_channels()
        self.nb.metadata["language_info"] = from_dict(self.kernel.language_info)
        self.papermill_execute_cells()
        self.set_widgets_metadata()
        return self.nb

    def papermill_execute_cells(self) -> None:
        if self.record_timing:
            super().papermill_execute_cells()
            return
        for index, cell in enumerate(self.nb.cells):
            try:
                self.execute_cell(cell, index)
            except CellExecutionError as error:
                self.nb_man.cell_exception(cell, cell_index=index, exception=error)
                return

    def execute_cell(
        self,
        cell: Any,
        cell_index: int,
        execution_count: int | None = None,
        store_history: bool = True,
    ) -> Any:
        if cell.cell_type != "code" or not cell.source.strip():
            return cell
        cell.outputs = []
        self.clear_before_next_output = False
        fails_as_meant = "raises-exception" in cell.metadata.get("tags", ())
        try:
            answer = self._run(cell, cell_index, store_history, stop=not fails_as_meant)
        except (Empty, KeyboardInterrupt):
            if not self.kernel.is_full:
                raise
        if self.kernel.is_full:
            wrong = new_output("error", ename="TooLarge", evalue=TOO_LARGE, traceback=[])
            cell.outputs = [wrong]
            raise CellExecutionError(TOO_LARGE, "TooLarge", TOO_LARGE)
        if answer["status"] == "error" and not fails_as_meant:
            raise CellExecutionError.from_cell_and_msg(cell, answer)
        return cell

    def _run(self, cell: Any, cell_index: int, store_history: bool, *, stop: bool) -> Any:
        """Run a cell, put its outputs into it as they come, and return the kernel's answer."""
        if "seminarkit" in cell.source:  # in another process, the import would do it
            show_frames()
        with self.kernel.descriptors.caught():
            asked = self.kc.execute(
                cell.source, store_history=store_history, allow_stdin=False, stop_on_error=stop
            )
        for stream in (self.kernel.stdout, self.kernel.stderr):
            stream.write("")  # what was written past Python last
            stream.flush()
        answer = self.kc.get_shell_msg(timeout=0)["content"]
        cell.execution_count = answer.get("execution_count")
        while self.kc.iopub_channel.msg_ready() and not self.kernel.is_full:
            told = self.kc.get_iopub_msg(timeout=0)
            # in one process a stream does not know which cell wrote to it; only one is running
            if told["parent_header"].get("msg_id") == asked or told["msg_type"] == "stream":
                self.process_message(told, cell, cell_index)
        return answer
