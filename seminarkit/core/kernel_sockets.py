"""Connect to Jupyter kernels by sockets that no other account of this computer can open.

A local TCP port is open to all accounts of a computer, and a kernel sends its outputs to everyone
who connects. Unix sockets have the permissions of their folder. Windows has none and uses ports.
"""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any


def use_private_sockets(manager: Any) -> None:
    """Make a jupyter_client kernel manager use Unix sockets instead of TCP ports."""
    if os.name != "nt":
        manager.transport = "ipc"
        manager.ip = str(_folder() / secrets.token_hex(4))


@cache
def _folder() -> Path:
    """Return the folder of this process for sockets; its path is short, as theirs must be."""
    folder = Path(tempfile.mkdtemp(prefix="seminarkit-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
