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

__version__ = "0.7.0"

# where each name that notebooks use is defined: a module, or a module and a name in it
HOME = {
    "brief": "report.brief",
    "charts": "report.charts",
    "compare": "report.compare",
    "data": "data",
    "form": "prepare.cell:form",
    "form_widget": "prepare.cell:form_widget",
    "preparation": "report.preparation",
    "read_dossier": "report.dossier:read_dossier",
    "show": "report.show",
    "summary": "report.summary",
    "survey": "report.survey",
}
__all__ = list(HOME)


def __getattr__(name: str) -> "Any":
    if name not in HOME:
        raise AttributeError(f"module 'seminarkit' has no attribute '{name}'")
    module, _, part = HOME[name].partition(":")
    home = import_module(f"seminarkit.{module}")
    return getattr(home, part) if part else home


if "IPython" in sys.modules:
    import_module("seminarkit.core.documents.showing").show_frames()
