"""What the fork server loads before the first report is forked: see warm.py.

Nothing here may start a thread, open a connection or make a shell: children would share them.
pandas is not among it: the comparison alone needs it, and it takes a second that others would wait.
"""

from __future__ import annotations

import importlib
import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # its threads would not live on in children
os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")  # else the debugger talks at its load
# as in a kernel; matplotlib looks for it when it is loaded
os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")

for _name in (
    "IPython.core.application",
    "IPython.core.completerlib",
    "ipykernel.debugger",
    "matplotlib.backends.backend_svg",
    "nbformat",
    "papermill",  # it loads inprocess.py, which must not be loaded before it
    "seminarkit.report.brief",
    "seminarkit.report.cells",
    "seminarkit.report.charts",
    "seminarkit.report.engine",
    "seminarkit.report.preparation",
    "seminarkit.report.show",
    "seminarkit.report.summary",
    "seminarkit.report.survey",
    "sqlite3",
):
    importlib.import_module(_name)
