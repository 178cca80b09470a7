"""What a cell, or a program that it starts, writes past Python: to file descriptors 1 and 2."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile

_NUMBERS = {"stdout": 1, "stderr": 2}


class Descriptors:
    """Turns the two into files, which, unlike pipes, never keep a writer waiting for a reader."""

    def __init__(self) -> None:
        # they last as long as the notebook, over all of its cells
        self._files = {number: TemporaryFile() for number in _NUMBERS.values()}  # noqa: SIM115
        self._read = dict.fromkeys(self._files, 0)

    @contextmanager
    def caught(self) -> Iterator[None]:
        """Keep what is written to them, until the end of this context."""
        before = {number: os.dup(number) for number in self._files}
        for number, file in self._files.items():
            os.dup2(file.fileno(), number)
        try:
            yield
        finally:
            for stream in (sys.__stdout__, sys.__stderr__):
                if stream:
                    stream.flush()
            for number, kept in before.items():
                os.dup2(kept, number)
                os.close(kept)

    def new(self, name: str, most: int) -> str:
        """Return what was written to the one of this name since, to so many bytes."""
        number = _NUMBERS[name]
        data = os.pread(self._files[number].fileno(), most, self._read[number])
        self._read[number] += len(data)
        return data.decode("utf-8", "replace")
