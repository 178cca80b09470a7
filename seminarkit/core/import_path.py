"""Remove the current folder from Python's module search path before other modules are imported.

The current folder may be the inbox and contain a received file such as ``json.py``. So this module
imports only modules that Python itself has already loaded.
"""

import os
import sys

SAFE = "PYTHONSAFEPATH"
PATH = "PYTHONPATH"


def isolate() -> None:
    """Remove the current folder from the module path of this process and its child processes."""
    unsafe = {os.path.abspath(entry) for entry in _entries() if not os.path.isabs(entry)}
    sys.path[:] = [entry for entry in sys.path if os.path.isabs(entry) and entry not in unsafe]
    os.environ[SAFE] = "1"
    if PATH in os.environ:
        os.environ[PATH] = os.pathsep.join(filter(os.path.isabs, _entries()))
        if not os.environ[PATH]:
            del os.environ[PATH]


def _entries() -> list[str]:
    value = os.environ.get(PATH, "")
    return value.split(os.pathsep) if value else []
