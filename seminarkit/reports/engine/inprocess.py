"""A papermill engine without a second process: cells run in the process that asks for it.

It speaks to ipykernel's own kernel, which lives in this process, with the messages that papermill's
usual engine sends over sockets; outputs are made of the answers by the same code (nbclient). So
outputs are the same, but for what a process has to itself: a cell that ends its process ends this
one. It is for a process that exists for one notebook and was forked for it (fork_server.py). What
it cannot do it leaves to papermill's own engine, and says so.
"""

from __future__ import annotations

from typing import Any

from papermill.engines import Engine, NBClientEngine
from papermill.log import logger


class InProcessEngine(Engine):  # type: ignore[misc]
    """Runs the cells of a notebook in this process; ``papermill --engine seminar``."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> None:
        """Run all cells, up to the first that fails; ``options`` are papermill's."""
        # here, as papermill loads this module whenever it is loaded itself
        from seminarkit.reports.engine.kernel import run_cells, unable

        if reason := unable(kernel_name):
            logger.warning(f"{reason} Papermill's own engine is used.")
            NBClientEngine.execute_managed_notebook(nb_man, kernel_name, **options)
            return
        run_cells(
            nb_man,
            kernel_name=kernel_name,
            log_output=options.get("log_output", False),
            record_timing=options.get("record_timing", True),
        )
