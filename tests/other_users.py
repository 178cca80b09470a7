"""What another user of the same computer can read, by looking as that user."""

from __future__ import annotations

import os
import shutil
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


# In a mount namespace of its own the way to Python is opened, where it lies in somebody's home
_OPENED = 'mount --bind "$1" "$2"; mount -t tmpfs -o mode=755 none "$3"; mkdir -p "$1"; mount --bind "$2" "$1"; shift 3; exec "$@"'


def as_account(number: int, group: int, place: Path) -> list[str]:
    """Return the words before a command by which an account runs it, in one more group.

    ``place`` is an empty folder. Skips where this user cannot be another one.
    """
    if not sys.platform.startswith("linux") or os.getuid() != 0 or not shutil.which("setpriv"):
        pytest.skip("only root on Linux can be another account; run this test so to have it")
    become = [
        "setpriv",
        "--reuid",
        str(number),
        "--regid",
        str(number),
        "--groups",
        str(group),
        "--",
    ]
    same = "import sys, sqlite3; sys.exit(sys.argv[1] != sys.base_prefix)"
    look = [sys.executable, "-c", same, sys.base_prefix]
    if (
        subprocess.run([*become, *look], capture_output=True, timeout=60, check=False).returncode
        == 0
    ):
        return become
    base = Path(sys.base_prefix)
    closed = next((p for p in reversed(base.parents) if not p.stat().st_mode & 0o001), None)
    place.mkdir(exist_ok=True)
    opened = ["unshare", "-m", "sh", "-ec", _OPENED, "sh", str(base), str(place), str(closed)]
    words = [*opened, *become]
    if closed is None or subprocess.run([*words, *look], capture_output=True, timeout=60, check=False).returncode:  # fmt: skip
        pytest.skip(f"another account cannot run {sys.executable}")
    return words
