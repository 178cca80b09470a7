"""Try the kit's own engine on a small notebook before it runs reports.

The engine uses private parts of ipykernel, which may be missing or different in an untested
version. In that case papermill's default engine runs all reports: slower, but with the same
outputs.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from seminarkit.core.disk.attempts import reason_of
from seminarkit.core.disk.files import write_whole
from seminarkit.reports.engine.engines import ENGINE, Run, run_notebook
from seminarkit.reports.engine.kernel_choice import KERNEL

# cells with their expected outputs: printed text, a value, and a display
_CELLS = {
    "print('words')": "words\n",
    "1 + 1": "2",
    "from IPython.display import HTML, display\ndisplay(HTML('<p>shown</p>'))": "<p>shown</p>",
}
_INSTEAD = "papermill's own engine is used, which takes longer."


@cache
def engine_problem() -> str:
    """Return a sentence that says why the kit's own engine cannot run reports here, or ''.

    Call it only if processes can be forked (engines.can_fork). It takes as long as one small
    report.
    """
    try:
        reason = _trial()
    except Exception as error:  # a changed library may raise anything
        reason = reason_of(error)
    return f"The kit's own engine does not work here ({reason}): {_INSTEAD}" if reason else ""


def _trial() -> str:
    """Run the cells; return the reason of the failure, or ''."""
    from seminarkit.reports.engine.fork_server import run_forked  # Windows cannot import it

    with tempfile.TemporaryDirectory() as temporary:
        notebook, output = Path(temporary, "trial.ipynb"), Path(temporary, "out.ipynb")
        write_whole(notebook, json.dumps(_notebook()))
        run = Run(str(notebook), str(output), temporary, {}, ENGINE)
        for _, (failure, _) in run_forked({0: run}, 1, run_notebook):
            if failure:
                return failure.reason
        if [*_outputs(output)] != [*_CELLS.values()]:
            return "it loses the outputs of cells"
    return ""


def _notebook() -> dict[str, object]:
    template: dict[str, object] = {
        "cell_type": "code",
        "metadata": {},
        "execution_count": None,
        "outputs": [],
    }
    cells = [{**template, "id": f"trial-{i}", "source": cell} for i, cell in enumerate(_CELLS)]
    kernel = {"name": KERNEL, "language": "python", "display_name": "Python 3"}
    metadata = {"kernelspec": kernel}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def _outputs(path: Path) -> Iterator[str]:
    """Yield the output of each cell, as HTML if there is any."""
    for cell in json.loads(path.read_bytes())["cells"]:
        for output in cell["outputs"]:
            data = output.get("data", {})
            yield "".join(output.get("text") or data.get("text/html") or data["text/plain"])
