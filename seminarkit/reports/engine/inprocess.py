"""The kit's papermill engine, which runs cells in the calling process instead of a kernel process.

It talks to ipykernel's own kernel in this process, with the messages that papermill's default
engine sends over sockets, and nbclient turns the answers into outputs. So outputs are the same. But
a cell that kills its process kills this one, so each notebook is run in a process forked for it
(fork_server.py). A notebook that this engine cannot run is passed on to papermill's default engine,
with a warning.
"""

from __future__ import annotations

from typing import Any

from papermill.engines import Engine, NBClientEngine
from papermill.log import logger


class InProcessEngine(Engine):  # type: ignore[misc]
    """Runs the cells of a notebook in this process; ``papermill --engine seminar``."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> None:
        """Run all cells up to the first that fails; ``options`` are papermill's."""
        # imported here, because papermill always imports this module
        from seminarkit.reports.engine.kernel import in_process_problem, run_cells

        if reason := in_process_problem(kernel_name):
            logger.warning(f"{reason} Papermill's own engine is used.")
            NBClientEngine.execute_managed_notebook(nb_man, kernel_name, **options)
            return
        run_cells(
            nb_man,
            kernel_name=kernel_name,
            log_output=options.get("log_output", False),
            record_timing=options.get("record_timing", True),
        )
