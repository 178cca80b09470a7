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
    "brief": "topics.briefs.view",
    "charts": "reports.charts",
    "compare": "reports.comparison_view",
    "data": "data",
    "form": "topics.packs.form_cell:form",
    "form_widget": "topics.packs.form_cell:form_widget",
    "preparation": "topics.countries.preparation_view",
    "read_dossier": "reports.read_dossier:read_dossier",
    "show": "topics.countries.view",
    "summary": "topics.conclusions.view",
    "survey": "topics.survey.view",
}
__all__ = list(HOME)


def __getattr__(name: str) -> "Any":
    if name not in HOME:
        raise AttributeError(f"module 'seminarkit' has no attribute '{name}'")
    module, _, part = HOME[name].partition(":")
    home = import_module(f"seminarkit.{module}")
    return getattr(home, part) if part else home


if "IPython" in sys.modules:
    import_module("seminarkit.core.documents.dataframe_formatter").show_frames()
