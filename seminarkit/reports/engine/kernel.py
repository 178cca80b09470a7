"""Run the cells of a notebook in this process, with ipykernel's kernel and nbclient's client."""

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
from seminarkit.reports.engine.kernel_messages import Messages, Socket, SynchronousThread
from seminarkit.reports.engine.output_capture import Descriptors

_BUFFER_SIZE = 100_000  # characters that a stream buffers
_LIMIT = OUTPUT_MEGABYTES * 1_000_000
_INLINE = "module://matplotlib_inline.backend_inline"
_SETTINGS = {"HistoryManager": {"hist_file": ":memory:"}}  # no history on the disk
_USED_UP = "The engine 'seminar' runs one notebook per process; this process has already run one."
_NOT_LINUX = "The engine 'seminar' works on Linux only."
_OTHER_KERNEL = "The notebook asks for the kernel '{}', which the engine 'seminar' cannot run."
_unused: list[_Kernel] = []  # at most one: IPython allows one shell per process
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
    _unused.append(manager.kernel)


def in_process_problem(kernel_name: str) -> str:
    """Return why this process cannot run a notebook with this kernel, or ''."""
    if not can_fork():
        return _NOT_LINUX
    if kernel_name != KERNEL:
        return _OTHER_KERNEL.format(kernel_name)
    return _USED_UP if _used else ""


def run_cells(manager: Any, **options: Any) -> None:
    """Run all cells of papermill's current notebook up to the first that fails.

    ``options`` are nbclient's; without ``record_timing``, cells get no timestamps.
    """
    os.environ.setdefault("MPLBACKEND", _INLINE)  # as in a kernel process
    _Client(manager, **options).execute()


class _NoThread:
    """A placeholder for the thread that reads messages, which ipykernel looks up on ``await``."""

    parent_thread = None


class _Stream(OutStream):  # type: ignore[misc]
    """Standard output or error of cells, flushed at the end of a cell or when much is buffered."""

    descriptors: Descriptors | None = None
    _pending_size = 0

    def fileno(self) -> int:
        return {"stdout": 1, "stderr": 2}[self.name]

    def write(self, string: str) -> int:
        """Buffer text, after what was written directly to the file descriptor before it."""
        if self.descriptors and (before := self.descriptors.new(self.name, _LIMIT + 1)):
            self._hold(before)
        return self._hold(string)

    def _hold(self, string: str) -> int:
        self._pending_size += len(string)
        written: int = super().write(string)
        if self._pending_size > _BUFFER_SIZE:
            self._pending_size = 0
            self.flush()
        return written

    def _schedule_flush(self) -> None:
        """Do nothing: there is no timer beside the cell."""


class _Shell(InProcessInteractiveShell):  # type: ignore[misc]
    _transformed: tuple[str, str] | None = None

    def transform_cell(self, raw_cell: str) -> str:
        """Return a cell with its magics replaced; cached, as ipykernel asks before the run."""
        transformed, self._transformed = self._transformed, None
        if transformed and transformed[0] == raw_cell:
            return transformed[1]
        code: str = super().transform_cell(raw_cell)
        self._transformed = raw_cell, code
        return code


class _Kernel(InProcessKernel):  # type: ignore[misc]
    shell_class = _Shell
    _supports_kernel_subshells = False
    shell_channel_thread = _NoThread()
    _execute_sleep = 0.0  # seconds after each cell; sockets would need some
    output_bytes = 0  # bytes of all outputs so far

    def __init__(self, **traits: Any) -> None:
        thread = SynchronousThread(traits["_underlying_iopub_socket"])
        streams = {
            name: _Stream(traits["session"], thread, name, watchfd=False)
            for name in ("stdout", "stderr")
        }
        super().__init__(iopub_thread=thread, **streams, **traits)

    def _publish_status(self, *_: Any, **__: Any) -> None:
        """Do nothing: no other process waits for the status busy or idle."""

    def _publish_execute_input(self, *_: Any, **__: Any) -> None:
        """Do nothing: no other process shows the input."""

    def _io_dispatch(self, change: Any) -> None:
        """Pass a message on. Beyond the limit, drop it and interrupt the running cell."""
        was_full = self.is_full
        self.output_bytes += self._underlying_iopub_socket.next_size
        if not self.is_full:
            super()._io_dispatch(change)
            return
        self._underlying_iopub_socket.recv_multipart()
        if not was_full:
            interrupt_main()

    @property
    def is_full(self) -> bool:
        return self.output_bytes > _LIMIT

    def adopt_process(self) -> None:
        """Adopt this process and its folder, as the kernel may have been made before a fork."""
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
        if not _unused:
            make_kernel()
        self.kernel = _unused.pop()
        _used.append(self.kernel)
        self.kernel.adopt_process()
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
        may_fail = "raises-exception" in cell.metadata.get("tags", ())
        try:
            answer = self._run(cell, cell_index, store_history, stop=not may_fail)
        except (Empty, KeyboardInterrupt):
            if not self.kernel.is_full:
                raise
        if self.kernel.is_full:
            error = new_output("error", ename="TooLarge", evalue=TOO_LARGE, traceback=[])
            cell.outputs = [error]
            raise CellExecutionError(TOO_LARGE, "TooLarge", TOO_LARGE)
        if answer["status"] == "error" and not may_fail:
            raise CellExecutionError.from_cell_and_msg(cell, answer)
        return cell

    def _run(self, cell: Any, cell_index: int, store_history: bool, *, stop: bool) -> Any:
        """Run a cell, add its outputs to it, and return the kernel's reply."""
        if "seminarkit" in cell.source:  # in a kernel process, importing the kit does it
            show_frames()
        with self.kernel.descriptors.capture():
            request_id = self.kc.execute(
                cell.source, store_history=store_history, allow_stdin=False, stop_on_error=stop
            )
        for stream in (self.kernel.stdout, self.kernel.stderr):
            stream.write("")  # the last output written directly to the descriptor
            stream.flush()
        answer = self.kc.get_shell_msg(timeout=0)["content"]
        cell.execution_count = answer.get("execution_count")
        while self.kc.iopub_channel.msg_ready() and not self.kernel.is_full:
            msg = self.kc.get_iopub_msg(timeout=0)
            # here stream messages have no parent cell, but only one cell is running
            if msg["parent_header"].get("msg_id") == request_id or msg["msg_type"] == "stream":
                self.process_message(msg, cell, cell_index)
        return answer
