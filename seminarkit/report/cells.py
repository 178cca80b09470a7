"""Runs the cells of a notebook in this process: ipykernel's own kernel, nbclient's own code."""

from __future__ import annotations

import os
from _thread import interrupt_main
from queue import Empty
from threading import RLock
from typing import Any

from ipykernel.inprocess.ipkernel import InProcessKernel
from ipykernel.inprocess.manager import InProcessKernelManager
from ipykernel.inprocess.socket import DummySocket
from ipykernel.iostream import IOPubThread, OutStream
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_output
from papermill.clientwrap import PapermillNotebookClient

from seminarkit.report.engine import OUTPUT_MEGABYTES, TOO_LARGE

_MUCH = 100_000  # characters that are held back
_INLINE = "module://matplotlib_inline.backend_inline"


def run_cells(manager: Any, kernel_name: str, log_output: bool) -> None:
    """Run all cells of papermill's notebook under way, up to the first that fails."""
    os.environ.setdefault("MPLBACKEND", _INLINE)  # as a kernel in a process of its own does
    _Client(manager, kernel_name=kernel_name, log_output=log_output, record_timing=False).execute()


class _NoThread:
    """Stands where ipykernel looks, at an await, for the thread that reads its messages: none."""

    parent_thread = None


class _Socket(DummySocket):  # type: ignore[misc]
    """Passes on one message after the other, also where threads of a cell send some."""

    def __init__(self) -> None:
        super().__init__()
        self._one = RLock()

    def send_multipart(self, *args: Any, **more: Any) -> None:
        with self._one:
            super().send_multipart(*args, **more)


class _Stream(OutStream):  # type: ignore[misc]
    """What a cell prints: passed on at its end, and before when it is much."""

    _held = 0

    def write(self, string: str) -> int:
        self._held += len(string)
        written: int = super().write(string)
        if self._held > _MUCH:
            self._held = 0
            self.flush()
        return written


class _Kernel(InProcessKernel):  # type: ignore[misc]
    _supports_kernel_subshells = False
    shell_channel_thread = _NoThread()
    _execute_sleep = 0.0  # seconds after each cell, for messages on their way through sockets
    said = 0  # bytes of all that cells have said and shown

    def __init__(self, **traits: Any) -> None:
        socket, session = traits["_underlying_iopub_socket"], traits["session"]
        # never started: what it is asked to do it then does at once, and nobody waits for it
        thread = IOPubThread(socket, session=session)
        streams = {
            name: _Stream(session, thread, name, watchfd=False) for name in ("stdout", "stderr")
        }
        super().__init__(iopub_thread=thread, **streams, **traits)

    def _publish_status(self, *_: Any, **__: Any) -> None:
        """Leave out that it is busy, and idle again: nobody runs beside it who would wait."""

    def _publish_execute_input(self, *_: Any, **__: Any) -> None:
        """Leave out what it was asked to run."""

    def _io_dispatch(self, change: Any) -> None:
        """Pass a message on. Too much is dropped, and the cell that goes on is interrupted."""
        frames = self._underlying_iopub_socket.queue.queue[0]
        was_full, self.said = self.is_full, self.said + sum(len(frame) for frame in frames)
        if not self.is_full:
            super()._io_dispatch(change)
            return
        self._underlying_iopub_socket.recv_multipart()
        if not was_full:
            interrupt_main()

    @property
    def is_full(self) -> bool:
        return self.said > OUTPUT_MEGABYTES * 1_000_000


class _Client(PapermillNotebookClient):  # type: ignore[misc]
    def execute(self, **_: Any) -> Any:
        self.reset_execution_trackers()
        manager: Any = InProcessKernelManager()
        self.kernel = _Kernel(
            parent=manager, session=manager.session, _underlying_iopub_socket=_Socket()
        )
        manager.kernel = self.kernel
        self.kc = manager.client()
        self.kc.start_channels()
        self.kc.kernel_info()
        self.nb.metadata["language_info"] = self.kc.get_shell_msg()["content"]["language_info"]
        self.papermill_execute_cells()
        self.set_widgets_metadata()
        return self.nb

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
        asked = self.kc.execute(
            cell.source, store_history=store_history, allow_stdin=False, stop_on_error=stop
        )
        answer = self.kc.get_shell_msg(timeout=0)["content"]
        cell.execution_count = answer.get("execution_count")
        while self.kc.iopub_channel.msg_ready() and not self.kernel.is_full:
            told = self.kc.get_iopub_msg(timeout=0)
            # in one process a stream does not know which cell wrote to it; only one is running
            if told["parent_header"].get("msg_id") == asked or told["msg_type"] == "stream":
                self.process_message(told, cell, cell_index)
        return answer
