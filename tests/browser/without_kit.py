"""A JupyterLab of somebody who does not have the kit: neither its extension nor its package."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from unittest.mock import patch

from browser_tools import JupyterServer, start_server

# stands before ipykernel: whatever imports the kit in this kernel finds none
_BLOCKED = """
import sys
class NotHere:
    def find_spec(self, name, path=None, target=None):
        if name.split('.')[0] == 'seminarkit':
            raise ModuleNotFoundError(f"No module named '{name}'", name=name)
sys.meta_path.insert(0, NotHere())
from ipykernel.kernelapp import launch_new_instance
launch_new_instance()
"""


def start_without_kit(root: Path, home: Path) -> JupyterServer:
    """Start JupyterLab for somebody who never installed the kit."""
    config = home / "config" / "labconfig"
    config.mkdir(parents=True)
    (config / "page_config.json").write_text('{"disabledExtensions": {"seminarkit": true}}')
    first = home / "first"  # JUPYTER_PATH goes before the kernels of this environment
    kernel = first / "kernels" / "python3"
    kernel.mkdir(parents=True)
    spec = {
        "argv": [sys.executable, "-c", _BLOCKED, "-f", "{connection_file}"],
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
    }
    (kernel / "kernel.json").write_text(json.dumps(spec))
    with patch.dict(os.environ, {"JUPYTER_PATH": str(first)}):
        return start_server("lab", root, home)
