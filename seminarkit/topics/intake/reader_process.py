"""Parent side of the reader process: start it, send it files, report files that crash it."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen

from seminarkit.core.errors import SeminarError
from seminarkit.core.isolation import start_python
from seminarkit.core.store.submission import Reading
from seminarkit.topics.intake.chair_replies import Reply
from seminarkit.topics.intake.payload import Expected
from seminarkit.topics.intake.reader import CPU_SECONDS, MEMORY, PartRead

WALL_SECONDS = 60


class ReaderProcess:
    """A child process that reads files one by one, and is restarted when it dies."""

    def __init__(self, expected: Expected, wall_seconds: float = WALL_SECONDS) -> None:
        self._expected_line = json.dumps(asdict(expected))
        self._wall_seconds = wall_seconds
        self._process: Popen[str] | None = None

    def read(self, path: Path, size: int) -> list[PartRead]:
        """Return the parts of one stored file; a crash or timeout is returned as a problem."""
        process = self._running()
        assert process.stdin and process.stdout
        killed_by_clock = threading.Event()

        def give_up() -> None:
            killed_by_clock.set()
            process.kill()

        timer = threading.Timer(self._wall_seconds, give_up)
        timer.start()
        try:
            process.stdin.write(json.dumps({"path": str(path), "size": size}) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except BrokenPipeError:
            line = ""
        finally:
            timer.cancel()
        if not line.endswith("\n"):
            code = process.wait()
            self._process = None
            return [PartRead("", problem=_crash_message(code, killed_by_clock.is_set()))]
        return [_part(entry) for entry in json.loads(line)]

    def close(self) -> None:
        """End the child process."""
        if self._process is not None:
            if self._process.stdin:
                self._process.stdin.close()
            self._process.wait()
            self._process = None

    def _running(self) -> Popen[str]:
        if self._process is None or self._process.poll() is not None:
            self._process = start_python(
                ["-m", "seminarkit.topics.intake.reader"],
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
                text=True,
                encoding="utf-8",
            )
            assert self._process.stdin and self._process.stdout
            self._process.stdin.write(self._expected_line + "\n")
            self._process.stdin.flush()
            if self._process.stdout.readline() != "ready\n":
                raise SeminarError(
                    "The process that reads received files cannot be started, so nothing was read. "
                    "The files in the inbox are kept. Try: python -P -m "
                    "seminarkit.topics.intake.reader"
                )
        return self._process


@contextmanager
def reader_process(expected: Expected) -> Iterator[ReaderProcess]:
    """Yield a reader, and end its process afterwards."""
    reader = ReaderProcess(expected)
    try:
        yield reader
    finally:
        reader.close()


def _part(entry: dict[str, object]) -> PartRead:
    reading, reply = entry.pop("reading"), entry.pop("reply")
    return PartRead(
        reading=Reading(**reading) if reading else None,  # type: ignore[arg-type]
        reply=Reply(*reply) if reply else None,  # type: ignore[misc]
        **entry,  # type: ignore[arg-type]
    )


def _crash_message(code: int, by_clock: bool) -> str:
    slow = f"Reading it took more than {CPU_SECONDS} seconds, which no form needs."
    cpu = getattr(signal, "SIGXCPU", None)
    if by_clock or (cpu and code == -cpu):
        return f"{slow} Ask for the form's own file."
    return (
        f"It could not be read within {MEMORY >> 20} MB of memory, or it crashed the reader (code "
        f"{code}). Ask for the form's own file."
    )
