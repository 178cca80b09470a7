"""Runs a command as a process of its own that need not load the kit first: see loaded_kit.py."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

SCRIPT = Path(sys.executable).with_name("seminar.exe" if os.name == "nt" else "seminar")
PATIENCE = 120  # seconds for a command, on a machine that others use too
AT_START = ("PYTHON", "LC_", "LANG")  # variables that Python reads when it starts
OURS = ("PYTHONIOENCODING", "PYTHONSAFEPATH", "PYTHONPATH")  # loaded_kit.py does as they say

Run = subprocess.CompletedProcess[str]


def run(
    *words: str | Path,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    timeout: float = PATIENCE,
) -> Run:
    """Run a command of the kit in a process, and return how it ended and what it printed.

    Raises subprocess.TimeoutExpired after so many seconds, when it is killed.
    """
    variables = dict(os.environ if env is None else env)
    if hasattr(os, "fork") and _at_start(variables) == _at_start(os.environ):
        kit = _loaded_for(os.getpid(), variables.get("LD_PRELOAD", ""))
        if kit.free.acquire(blocking=False):  # else another thread of a test has it
            try:
                return kit.run([*map(str, words)], cwd or Path.cwd(), variables, timeout)
            finally:
                kit.free.release()
    return started(*words, cwd=cwd, env=env, timeout=timeout)


def _at_start(variables: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in variables.items() if name.startswith(AT_START) and name not in OURS}  # fmt: skip


def started(
    *words: str | Path,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    timeout: float = PATIENCE,
) -> Run:
    """Run a command in a process that is started as a person starts it."""
    return subprocess.run(
        [SCRIPT, *words], cwd=cwd, env=env, stdin=subprocess.DEVNULL, capture_output=True,
        encoding="utf-8", errors="backslashreplace", timeout=timeout, check=False,
    )  # fmt: skip


class LoadedKit:
    """A process that has loaded the kit, and before it a library that answers for the system."""

    def __init__(self, library: str = "") -> None:
        self.free = threading.Lock()
        words = [sys.executable, "-P", str(Path(__file__).with_name("loaded_kit.py"))]
        # a library's threads would not live on in a fork
        ours = {"PYTHONIOENCODING": "utf-8", "OPENBLAS_NUM_THREADS": "1", "LD_PRELOAD": library}
        self._process = subprocess.Popen(
            words,
            env={**os.environ, **ours},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._line() == "ready"

    def run(
        self, words: list[str], cwd: Path, variables: Mapping[str, str], timeout: float = PATIENCE
    ) -> Run:
        """Run one command, as the function of this name does."""
        with tempfile.TemporaryDirectory(prefix="printed-") as place:
            printed = [Path(place, name) for name in ("out", "err")]
            for path in printed:
                path.touch()
            asked = {
                "words": words,
                "cwd": str(cwd),
                "variables": dict(variables),
                "printed": [*map(str, printed)],
                "program": str(SCRIPT),
            }
            code = self._code(json.dumps(asked), timeout)
            out, err = (path.read_text("utf-8", "backslashreplace") for path in printed)
        if code is None:
            raise subprocess.TimeoutExpired(words, timeout, out, err)
        return subprocess.CompletedProcess(words, code, out, err)

    def _code(self, asked: str, timeout: float) -> int | None:
        """Return the exit code, or None of a command that had to be killed."""
        assert self._process.stdin
        self._process.stdin.write(asked + "\n")
        self._process.stdin.flush()
        process = int(self._line())
        late = threading.Event()

        def end() -> None:
            late.set()
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

        timer = threading.Timer(timeout, end)
        timer.start()
        try:
            code = int(self._line())
        finally:
            timer.cancel()
        return None if late.is_set() else code

    def _line(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline().strip()


@cache
def _loaded_for(process: int, library: str) -> LoadedKit:
    """Return the one of this process: what was forked from it gets its own."""
    return LoadedKit(library)
