"""Takes the current folder off Python's search path, before anything is looked for there.

Only what Python has loaded by itself is imported here: a file of any other name may lie in the
current folder, which may be the inbox.
"""

import os
import sys

SAFE = "PYTHONSAFEPATH"
PATH = "PYTHONPATH"


def isolate() -> None:
    """Take the current folder off the path, here and in every process started from here.

    Absolute entries of PYTHONPATH stay: somebody has named them on purpose.
    """
    unsafe = {os.path.abspath(entry) for entry in _entries() if not os.path.isabs(entry)}
    sys.path[:] = [entry for entry in sys.path if os.path.isabs(entry) and entry not in unsafe]
    os.environ[SAFE] = "1"
    if PATH in os.environ:
        os.environ[PATH] = os.pathsep.join(filter(os.path.isabs, _entries()))
        if not os.environ[PATH]:
            del os.environ[PATH]


def _entries() -> list[str]:
    """Return what PYTHONPATH names; an empty entry is the current folder."""
    value = os.environ.get(PATH, "")
    return value.split(os.pathsep) if value else []
