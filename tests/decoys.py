"""Decoys: a file or a package for each module that Python, the kit or what it needs might look for.

Each leaves a mark if it is executed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

# What Python would read by itself, and what libraries read in the current folder.
BY_THEMSELVES = ("sitecustomize", "usercustomize", "jupyter_config", "jupyter_lab_config",
    "jupyter_server_config", "ipython_config", "ipython_kernel_config", "voila", "conftest")  # fmt: skip
LIST_LOADED = """
import pkgutil, sys, importlib, seminarkit
for each in pkgutil.walk_packages(seminarkit.__path__, "seminarkit."):
    if not each.name.startswith(("seminarkit.kit.", "seminarkit.__main__")):
        try:
            importlib.import_module(each.name)
        except Exception:
            pass
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


@cache
def decoy_names() -> list[str]:
    """Return every name that something might import: of Python, of all that is installed."""
    run = subprocess.run([sys.executable, "-P", "-c", LIST_LOADED], capture_output=True, text=True, timeout=120, check=True)  # fmt: skip
    loaded = run.stdout.split()
    assert "papermill" in loaded and "tornado" in loaded and "typst" in loaded
    names = {*loaded, *sys.stdlib_module_names, *packages_distributions(), *BY_THEMSELVES}
    return sorted(name for name in names if name.isidentifier() and name != "__main__")


def set_decoys(folder: Path, names: Sequence[str], mark: Path) -> None:
    """Put a decoy for each name: a module or, for every third, a package; readable by us alone."""
    program = f"open({str(mark)!r}, 'a').write(__name__ + ' ' + __file__ + '\\n')\n"
    folder.mkdir(exist_ok=True)
    for number, name in enumerate(names):
        path = folder / f"{name}.py" if number % 3 else folder / name / "__init__.py"
        if not path.parent.exists():
            path.parent.mkdir(mode=0o700)
        if not path.exists():
            path.write_text(program)
            path.chmod(0o600)
            os.utime(path, (1_600_000_000, 1_600_000_000))
    for name, text in (
        ("decoy.pth", f"import sys; {program}"),
        ("matplotlibrc", "backend: module://decoy_backend\n"),
    ):
        (folder / name).write_text(text)
        (folder / name).chmod(0o600)


def marks(mark: Path) -> list[str]:
    return sorted(set(mark.read_text().splitlines())) if mark.exists() else []
