"""The Seminar Kit: prepare, hold and conclude a seminar of country delegations, with notebooks.

What a notebook may use is what ``__all__`` lists. The names are loaded when they are first used,
so that the command line starts without them.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOME = {
    "form": "seminarkit.prepare.cell",
}
__all__ = ["form"]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'seminarkit' has no attribute '{name}'")
