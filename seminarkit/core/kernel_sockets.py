"""Where kernels are spoken to: in files that no other account of this computer may open.

A port of this computer is open to all its accounts, and what a kernel shows is sent to whoever
connects. Sockets in files have the rights of their folder; Windows has none, and keeps its ports.
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
    """Have a kernel manager of jupyter_client speak to its kernel by sockets in files."""
    if os.name != "nt":
        manager.transport = "ipc"
        manager.ip = str(_folder() / secrets.token_hex(4))


@cache
def _folder() -> Path:
    """Return this process's folder for sockets: short, as the name of a socket may not be long."""
    folder = Path(tempfile.mkdtemp(prefix="seminarkit-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
