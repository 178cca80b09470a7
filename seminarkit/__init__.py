"""The Seminar Kit: prepare, hold and conclude a seminar of country delegations, with notebooks.

What a notebook may use is what ``__all__`` lists. The names are loaded when they are first used,
so that the command line starts without them. Nothing is imported here that Python has not loaded
by itself: ``python -m seminarkit`` comes through here while it still looks in the current folder.
In a notebook, frames of pandas are shown as tables of the kit from then on.
"""

import sys
from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__version__ = "0.6.0"

_HOME = {
    "brief": "seminarkit.report",
    "charts": "seminarkit.report",
    "compare": "seminarkit.report",
    "form": "seminarkit.prepare.cell",
    "form_widget": "seminarkit.prepare.cell",
    "preparation": "seminarkit.report",
    "read_dossier": "seminarkit.report.dossier",
    "show": "seminarkit.report",
    "summary": "seminarkit.report",
    "survey": "seminarkit.report",
}
__all__ = [
    "brief",
    "charts",
    "compare",
    "form",
    "form_widget",
    "preparation",
    "read_dossier",
    "show",
    "summary",
    "survey",
]


def __getattr__(name: str) -> "Any":
    if name in ("brief", "charts", "compare", "preparation", "show", "summary", "survey"):
        return import_module(f"{_HOME[name]}.{name}")
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'seminarkit' has no attribute '{name}'")


if "IPython" in sys.modules:
    import_module("seminarkit.core.documents.showing").show_frames()
