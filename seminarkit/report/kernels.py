"""Which kernel runs a notebook: the one it asks for, or Python's own where that is not there."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

KERNEL = "python3"  # the only one that the kit's own engine knows


def kernel_of(notebook: Path) -> str:
    """Return the name of the kernel that runs a notebook here.

    A notebook that was saved elsewhere names the kernel of that computer; what is Python runs under
    Python's own all the same. A kernel of another language is named as it is.
    """
    name, language = asked_by(notebook)
    if name == KERNEL or name in _installed():
        return name
    return KERNEL if language in ("", "python", "ipython") else name


def kernel_words(notebook: Path) -> str:
    """Return in a sentence what is unusual about a notebook's kernel, or ''."""
    name, language = asked_by(notebook)
    kernel = kernel_of(notebook)
    if kernel != name:
        return f"{notebook.name} asks for the kernel '{name}', which is not here: Python runs it."
    if kernel == KERNEL:
        return ""
    if kernel in _installed():
        return f"{notebook.name} asks for the kernel '{kernel}': papermill's own engine runs it."
    return (
        f"{notebook.name} asks for the kernel '{kernel}' ({language}), which is not here. There "
        f"are: {', '.join(sorted({KERNEL, *_installed()}))}."
    )


def asked_by(notebook: Path) -> tuple[str, str]:
    """Return the kernel and the language that a notebook names."""
    try:
        spec = json.loads(notebook.read_bytes())["metadata"]["kernelspec"]
        return str(spec["name"] or KERNEL), str(spec.get("language") or "").lower()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return KERNEL, ""


@cache
def _specs(path: str) -> frozenset[str]:
    from jupyter_client.kernelspec import KernelSpecManager  # rarely asked, and slow to load

    return frozenset(KernelSpecManager().find_kernel_specs())


def _installed() -> frozenset[str]:
    import os

    return _specs(os.environ.get("JUPYTER_PATH", ""))
