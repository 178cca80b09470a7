"""Which kernel runs a notebook: the one it asks for, or Python's own where that is not there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

KERNEL = "python3"  # the only one that the kit's own engine knows
_PYTHON = ("", "python", "python3", "ipython")  # what files call the language, or nothing


def kernel_of(notebook: Path) -> str:
    """Return the name of the kernel that runs a notebook here.

    A notebook that was saved elsewhere names the kernel of that computer, or none; what is Python
    runs under Python's own all the same. A kernel of another language is named as it is.
    """
    name, language = asked_by(notebook)
    if name == KERNEL or name in _installed():
        return name
    return KERNEL if language in _PYTHON else name


def kernel_words(notebook: Path) -> str:
    """Return in a sentence what is unusual about a notebook's kernel, or ''."""
    name, _ = asked_by(notebook)
    kernel = kernel_of(notebook)
    if kernel == KERNEL:
        if name == KERNEL:
            return ""
        asks = f"asks for the kernel '{name}', which is not here" if name else "names no kernel"
        return f"{notebook.name} {asks}: Python runs it."
    return kernel_problem(notebook) or (
        f"{notebook.name} asks for the kernel '{kernel}': papermill's own engine runs it."
    )


def kernel_problem(notebook: Path) -> str:
    """Return in a sentence why no kernel here can run a notebook, or ''."""
    name, language = asked_by(notebook)
    if kernel_of(notebook) == KERNEL or name in _installed():
        return ""
    asks = f"asks for the kernel '{name}', which is not here" if name else "names no kernel"
    return (
        f"{notebook.name} is written in {language}, and {asks}. Installed are: "
        f"{', '.join(sorted({KERNEL, *_installed()}))}. Install its kernel, or open the notebook "
        "in JupyterLab and choose another."
    )


def asked_by(notebook: Path) -> tuple[str, str]:
    """Return the kernel and the language that a notebook names, each '' where it names none."""
    try:
        metadata = _mapping(_mapping(json.loads(notebook.read_bytes())).get("metadata"))
    except (OSError, ValueError):
        return KERNEL, ""  # what cannot be read is refused elsewhere, and by its own name
    spec, info = _mapping(metadata.get("kernelspec")), _mapping(metadata.get("language_info"))
    language = spec.get("language") or info.get("name") or ""
    return _text(spec.get("name")), _text(language).lower()


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


@cache
def _specs(path: str) -> frozenset[str]:
    from jupyter_client.kernelspec import KernelSpecManager  # rarely asked, and slow to load

    return frozenset(KernelSpecManager().find_kernel_specs())


def _installed() -> frozenset[str]:
    import os

    return _specs(os.environ.get("JUPYTER_PATH", ""))
