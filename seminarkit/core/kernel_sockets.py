"""Connect to Jupyter kernels by sockets that no other account of this computer can open.

Every account can open a local TCP port and read a kernel's outputs there. A Unix socket has the
permissions of its folder. Windows has no such permissions, so TCP ports are used there.
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
    folder = Path(tempfile.mkdtemp(prefix="seminarkit-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
