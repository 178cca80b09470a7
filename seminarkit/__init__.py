"""The Seminar Kit: prepare, hold and conclude a seminar of country delegations, with notebooks.

Notebooks may use the names in ``__all__``. They are imported on first use, so that the command
line starts without them. This module imports only what Python itself has already loaded, since
``python -m seminarkit`` runs it while the current folder is still on the module search path. In a
notebook, importing it makes pandas DataFrames appear as tables of the kit.
"""

import sys
from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__version__ = "0.7.0"

# the module, or the module and the name in it, that defines a name for notebooks
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
