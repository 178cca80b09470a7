"""Makes one call to the system fail, or kills the kit at it: see failing.c.

No root is needed: a small library is put before the system's own. Where there is no compiler for
it, tests are skipped and say so.
"""

from __future__ import annotations

import errno
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import loaded
import pytest

SOURCE = Path(__file__).with_name("failing.c")
KILL = -1
KEPT = "kept"  # beside the seminar: what the kit keeps of it outside of its folder
FAULTS = {"kill": KILL, "ENOSPC": errno.ENOSPC, "EIO": errno.EIO, "EROFS": errno.EROFS}
_STATE = struct.Struct("6i")


@dataclass(frozen=True)
class Call:
    """One call that changes something: which of all calls it is, its kind, and the path."""

    number: int
    kind: str
    path: str


@dataclass(frozen=True)
class Ended:
    """How a run ended: its code, what it printed, whether it came to the fault, and all calls."""

    code: int
    printed: str
    hit: bool
    calls: tuple[Call, ...]


@cache
def library() -> Path:
    """Return the compiled library; skips the test where it cannot be made."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if not sys.platform.startswith("linux") or compiler is None:
        pytest.skip("failing calls need Linux and a C compiler: apt-get install gcc libc6-dev")
    import tempfile

    made = Path(tempfile.mkdtemp(prefix="seminarkit-faults-")) / "failing.so"
    words = [compiler, "-shared", "-fPIC", "-O1", "-w", "-o", str(made), str(SOURCE), "-ldl"]
    run = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    if run.returncode:
        pytest.skip(f"the C compiler has no headers (apt-get install libc6-dev): {run.stderr}")
    return made


def run(
    root: Path,
    *words: str,
    target: int = 0,
    error: int = 0,
    lasts: bool = False,
    fault: bool = True,
) -> Ended:
    """Run a command in the seminar ``root``; its call number ``target`` fails with ``error``.

    ``lasts``: the disk stays full, or cannot be written to any more.
    """
    beside = root.parent
    state, log, temporary = beside / "state", beside / "calls", beside / "temporary"
    state.write_bytes(_STATE.pack(0, target, error, lasts, 0, 0))
    log.unlink(missing_ok=True)
    temporary.mkdir(exist_ok=True)
    variables = {
        "TMPDIR": str(temporary),
        "SEMINARKIT_STATE": str(beside / KEPT),
        "LD_PRELOAD": str(library()),
        "FAULT_STATE": str(state),
        "FAULT_LOG": str(log),
        "FAULT_ROOTS": f"{root}:{temporary}:{beside / KEPT}" if fault else "",
    }
    ran = loaded.run("--folder", root, *words, env=os.environ | variables)
    calls = tuple(_calls(log)) if log.exists() else ()
    hit = bool(_STATE.unpack(state.read_bytes())[-1])
    return Ended(ran.returncode, ran.stdout + ran.stderr, hit, calls)


def _calls(log: Path) -> Iterator[Call]:
    for line in log.read_text("utf-8", "replace").splitlines():
        number, kind, path = line.split(" ", 2)
        yield Call(int(number), kind, path)
