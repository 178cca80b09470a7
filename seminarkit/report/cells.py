"""Runs the cells of a notebook in this process: ipykernel's own kernel, nbclient's own code."""

from __future__ import annotations

import os
from typing import Any

from ipykernel.inprocess.ipkernel import InProcessKernel
from ipykernel.inprocess.manager import InProcessKernelManager
from nbclient.exceptions import CellExecutionComplete, CellExecutionError
from papermill.clientwrap import PapermillNotebookClient

_PATIENCE = 10  # seconds for the kernel's last words on a cell, once it has answered
_INLINE = "module://matplotlib_inline.backend_inline"


def run_cells(manager: Any, kernel_name: str, log_output: bool) -> None:
    """Run all cells of papermill's notebook under way, up to the first that fails."""
    os.environ.setdefault("MPLBACKEND", _INLINE)  # as a kernel in a process of its own does
    _Client(manager, kernel_name=kernel_name, log_output=log_output, record_timing=False).execute()


class _NoThread:
    """Stands where ipykernel looks, at an await, for the thread that reads its messages: none."""

    parent_thread = None


class _Kernel(InProcessKernel):
    _supports_kernel_subshells = False
    shell_channel_thread = _NoThread()


class _Client(PapermillNotebookClient):  # type: ignore[misc]
    def execute(self, **_: Any) -> Any:
        self.reset_execution_trackers()
        manager: Any = InProcessKernelManager()
        manager.kernel = _Kernel(  # type: ignore[no-untyped-call]
            parent=manager, session=manager.session
        )
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
        asked = self.kc.execute(
            cell.source,
            store_history=store_history,
            allow_stdin=False,
            stop_on_error=not fails_as_meant,
        )
        answer = self.kc.get_shell_msg()["content"]
        while True:
            told = self.kc.get_iopub_msg(timeout=_PATIENCE)
            # in one process a stream does not know which cell wrote to it; only one is running
            if told["parent_header"].get("msg_id") == asked or told["msg_type"] == "stream":
                try:
                    self.process_message(told, cell, cell_index)
                except CellExecutionComplete:
                    break
        if answer["status"] == "error" and not fails_as_meant:
            raise CellExecutionError.from_cell_and_msg(cell, answer)
        return cell
