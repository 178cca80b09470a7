"""What another user of the same computer can read, by looking as that user."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

LOOK = """
import os, pathlib, sys
os.setgroups([]); os.setgid(65534); os.setuid(65534)
for folder, below, files in os.walk(sys.argv[1]):
    for name in files:
        path = pathlib.Path(folder, name)
        try:
            path.read_bytes()
            print(path)
        except OSError:
            pass
    for name in list(below):
        try:
            os.listdir(os.path.join(folder, name))
            print(os.path.join(folder, name) + "/")
        except OSError:
            pass
# also by their names, without a list
for line in sys.stdin:
    try:
        pathlib.Path(line.rstrip("\\n")).read_bytes()
        print(line, end="")
    except OSError:
        pass
"""


def seen_by_others(root: Path) -> set[str]:
    """Return what another user can read or list, by looking as that user."""
    if os.getuid() != 0:
        pytest.skip("only root can look as another user; run this test as root to have it")
    everything = "".join(f"{path}\n" for path in root.rglob("*") if path.is_file())
    run = subprocess.run([sys.executable, "-I", "-c", LOOK, str(root)], input=everything, capture_output=True, text=True, timeout=60, check=True, cwd="/")  # fmt: skip
    return {Path(line).relative_to(root).as_posix() for line in run.stdout.splitlines()}
