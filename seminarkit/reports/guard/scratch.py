"""A folder for temporary files that no other report reads.

What a report for core participants leaves among everybody's temporary files, a report for the
public could find there at its next run.
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
    """Give this process, and the kernels that it starts, a folder of their own; then remove it."""
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


def of_a_run(path: str) -> bool:
    """Return whether a path lies among the temporary files of some report."""
    return any(part.startswith(PREFIX) for part in Path(path).parts)
