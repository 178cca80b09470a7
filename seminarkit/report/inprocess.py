"""A papermill engine without a second process: cells run in the process that asks for it.

It speaks to ipykernel's own kernel, which lives in this process, with the messages that papermill's
usual engine sends over sockets; outputs are made of the answers by the same code (nbclient). So
outputs are the same, but for what a process has to itself: a cell that ends its process ends this
one, and what a cell writes past Python (file descriptor 1) goes past the notebook. It is for a
process that exists for one notebook and was forked for it (warm.py).
"""

from __future__ import annotations

from typing import Any

from papermill.engines import Engine


class InProcessEngine(Engine):  # type: ignore[misc]
    """Runs the cells of a notebook in this process; ``papermill --engine seminar``."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, log_output: bool = False, **_: Any
    ) -> None:
        """Run all cells, up to the first that fails."""
        # here, as papermill loads this module whenever it is loaded itself
        from seminarkit.report.cells import run_cells

        run_cells(nb_man, kernel_name, log_output)
