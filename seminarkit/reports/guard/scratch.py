"""A folder for temporary files that no other report can read.

Otherwise a report for the public could find temporary files of a report for core participants.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = "seminarkit-run-"


@contextmanager
def own_scratch() -> Iterator[str]:
    """Give this process and its kernels a temporary folder, which is removed at the end."""
    variable, chosen = os.environ.get("TMPDIR"), tempfile.tempdir
    with tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as folder:
        os.environ["TMPDIR"] = tempfile.tempdir = folder
        try:
            yield folder
        finally:
            tempfile.tempdir = chosen
            if variable is None:
                del os.environ["TMPDIR"]
            else:
                os.environ["TMPDIR"] = variable


def is_scratch(path: str) -> bool:
    """Say whether a path is among the temporary files of a report."""
    return any(part.startswith(PREFIX) for part in Path(path).parts)
