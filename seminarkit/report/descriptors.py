"""What a cell, or a program that it starts, writes past Python: to file descriptors 1 and 2."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile

_NAMES = {1: "stdout", 2: "stderr"}


class Descriptors:
    """Turns the two into files, which, unlike pipes, never keep a writer waiting for a reader."""

    def __init__(self) -> None:
        # they last as long as the notebook, over all of its cells
        self._files = {number: TemporaryFile() for number in _NAMES}  # noqa: SIM115
        self._read = dict.fromkeys(_NAMES, 0)

    @contextmanager
    def caught(self) -> Iterator[None]:
        """Keep what is written to them, until the end of this context."""
        before = {number: os.dup(number) for number in _NAMES}
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

    def new(self, most: int) -> Iterator[tuple[str, str]]:
        """Yield the name and the text of each that was written to since, to so many bytes."""
        for number, file in self._files.items():
            data = os.pread(file.fileno(), most, self._read[number])
            self._read[number] += len(data)
            if data:
                yield _NAMES[number], data.decode("utf-8", "replace")
