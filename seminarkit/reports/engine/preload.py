"""What the fork server loads before the first report is forked: see fork_server.py.

Nothing here may start a thread or open a connection: children would share them, or miss them. The
kernel is made here too; of it each child has a copy.
pandas is not among it: the comparison alone needs it, and it takes a second that others would wait.
"""

from __future__ import annotations

import gc
import importlib
import os
import sys

from seminarkit.core.isolation import settle
from seminarkit.reports.kinds import loaded_ahead

settle()  # matplotlib reads settings in the current folder, which may be the inbox
gc.disable()  # a seventh of the time would go by in looking for garbage, where there is none
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # its threads would not live on in children
os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")  # else the debugger talks at its load
# as in a kernel; matplotlib looks for it when it is loaded
os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")

# Slow to load, and asked for by nobody here: checks of addresses in other scripts and of durations
# (by jsonschema, when it is asked to), and the debugger.
_UNUSED = ("rfc3987_syntax", "isoduration", "debugpy")
_absent: dict[str, None] = {name: None for name in _UNUSED if name not in sys.modules}
sys.modules.update(_absent)  # type: ignore[arg-type]
_LOADED = (
    "IPython.core.application",
    "IPython.core.completerlib",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.utils.wildcard",
    "bdb",
    "ipykernel.debugger",
    "matplotlib.backends.backend_svg",
    "nbconvert.exporters.html",
    "nbformat",
    "psutil",
    "papermill",  # it loads inprocess.py, which must not be loaded before it
    "seminarkit.reports.engine.kernel",
    "seminarkit.reports.engine.engines",
    "seminarkit.reports.engine.fork_server",
    *loaded_ahead(),
    "sqlite3",
    "tornado.platform.asyncio",
    "zmq.utils.garbage",
)


def _load() -> None:
    """Load all, draw and make what is kept, and the kernel."""
    try:
        for name in _LOADED:
            importlib.import_module(name)
    finally:
        for name in _absent:
            sys.modules.pop(name, None)  # a cell may still load them
    _rehearse()
    from seminarkit.reports.engine.kernel import make_kernel  # papermill has been loaded before it

    make_kernel()


def _rehearse() -> None:
    """Draw a chart and make a page that nobody sees: what is loaded late and kept is there then."""
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

    from seminarkit.core.documents.drawing_sheet import ACCENT, Sheet
    from seminarkit.core.documents.executed_notebook import read_document
    from seminarkit.core.documents.mime_bundle import bundle
    from seminarkit.core.documents.pieces import Chart
    from seminarkit.core.package_folder import KIT
    from seminarkit.reports.html_page import page_content

    sheet = Sheet(1)
    sheet.text(0, 0, "ა")
    sheet.dot(1, 1, 1, ACCENT)
    sheet.bar(1, 1, 1, 1, ACCENT)
    chart = new_output("display_data", data=bundle(Chart("", "", sheet.drawing())))
    book = new_notebook(cells=[new_markdown_cell("# A"), new_code_cell("1", outputs=[chart])])
    page_content(read_document(book, ""), KIT / "templates" / "report")


try:
    _load()
except Exception as error:  # a library that has changed; trial.py finds out and says so
    raise ImportError(str(error)) from error  # which Python's fork server goes on after
gc.freeze()  # no child looks through what is loaded for what nobody uses any more
gc.enable()
