"""Capture what a cell, or a program that it starts, writes to file descriptors 1 and 2."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile

_NUMBERS = {"stdout": 1, "stderr": 2}


class Descriptors:
    """Redirects both descriptors to files: unlike a pipe, a file never blocks its writer."""

    def __init__(self) -> None:
        # the files are kept for all cells of the notebook
        self._files = {number: TemporaryFile() for number in _NUMBERS.values()}  # noqa: SIM115
        self._read = dict.fromkeys(self._files, 0)

    @contextmanager
    def capture(self) -> Iterator[None]:
        """Capture what is written to both descriptors inside this context."""
        before = {number: os.dup(number) for number in self._files}
        for number, file in self._files.items():
            os.dup2(file.fileno(), number)
        try:
            yield
        finally:
            for stream in (sys.__stdout__, sys.__stderr__):
                if stream:
                    stream.flush()
            for number, saved in before.items():
                os.dup2(saved, number)
                os.close(saved)

    def new(self, name: str, limit: int) -> str:
        """Return what was written to a stream since the last call, at most so many bytes."""
        number = _NUMBERS[name]
        data = os.pread(self._files[number].fileno(), limit, self._read[number])
        self._read[number] += len(data)
        return data.decode("utf-8", "replace")
