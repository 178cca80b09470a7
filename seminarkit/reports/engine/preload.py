"""Imports for the fork server, done before the first report is forked (fork_server.py).

Nothing here may start a thread or open a connection: children would share connections and lack
threads. The kernel is also made here; each child gets a copy. pandas is left out: only the
comparison needs it, and importing it would delay all other reports by a second.
"""

from __future__ import annotations

import gc
import importlib
import os
import sys

from seminarkit.core.isolation import settle
from seminarkit.reports.kinds import loaded_ahead

settle()  # matplotlib reads settings in the current folder, which may be the inbox
gc.disable()  # there is no garbage yet, and collecting takes a seventh of the time
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # its threads would not survive a fork
os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")  # else the debugger prints warnings
# as in a kernel; matplotlib reads it on import
os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")

# Slow to import and not needed here: jsonschema's optional format checks for IRIs and durations,
# and the debugger.
_UNUSED = ("rfc3987_syntax", "isoduration", "debugpy")
_absent: dict[str, None] = {name: None for name in _UNUSED if name not in sys.modules}
sys.modules.update(_absent)  # type: ignore[arg-type]
_MODULES = (
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
    "papermill",  # it imports inprocess.py, which must not be imported before it
    "seminarkit.reports.engine.kernel",
    "seminarkit.reports.engine.engines",
    "seminarkit.reports.engine.fork_server",
    *loaded_ahead(),
    "sqlite3",
    "tornado.platform.asyncio",
    "zmq.utils.garbage",
)


def _load() -> None:
    """Import all modules, warm up their caches, and make the kernel."""
    try:
        for name in _MODULES:
            importlib.import_module(name)
    finally:
        for name in _absent:
            sys.modules.pop(name, None)  # a cell may still import them
    _warm_up()
    from seminarkit.reports.engine.kernel import make_kernel  # papermill must be imported first

    make_kernel()


def _warm_up() -> None:
    """Draw a chart and render a page for nobody, so that lazy imports and caches are filled."""
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

    from seminarkit.core.documents.drawing_sheet import ACCENT, DrawingSheet
    from seminarkit.core.documents.executed_notebook import read_document
    from seminarkit.core.documents.mime_bundle import bundle
    from seminarkit.core.documents.pieces import Chart
    from seminarkit.core.package_folder import KIT
    from seminarkit.reports.html_page import page_content

    sheet = DrawingSheet(1)
    sheet.text(0, 0, "ა")
    sheet.dot(1, 1, 1, ACCENT)
    sheet.bar(1, 1, 1, 1, ACCENT)
    chart = new_output("display_data", data=bundle(Chart("", "", sheet.drawing())))
    book = new_notebook(cells=[new_markdown_cell("# A"), new_code_cell("1", outputs=[chart])])
    page_content(read_document(book, ""), KIT / "templates" / "report")


try:
    _load()
except Exception as error:  # such as a changed library; trial.py reports it
    raise ImportError(str(error)) from error  # Python's fork server ignores ImportError
gc.freeze()  # children do not collect garbage among what is preloaded
gc.enable()
