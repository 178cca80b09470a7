"""Choose the kernel that runs a notebook: the one it names, or Python's if it is missing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

KERNEL = "python3"  # the only kernel that the kit's own engine can run
_PYTHON = ("", "python", "python3", "ipython")  # names of the language in notebooks, or none


def kernel_of(notebook: Path) -> str:
    """Return the name of the kernel that runs a notebook here.

    A notebook saved on another computer may name a kernel of that computer, or none; if its
    language is Python, Python's kernel runs it. The name of a kernel for another language is kept.
    """
    name, language = kernel_and_language(notebook)
    if name == KERNEL or name in _installed():
        return name
    return KERNEL if language in _PYTHON else name


def kernel_words(notebook: Path) -> str:
    """Return a sentence on what is unusual about a notebook's kernel, or ''."""
    name, _ = kernel_and_language(notebook)
    kernel = kernel_of(notebook)
    if kernel == KERNEL:
        if name == KERNEL:
            return ""
        return f"{notebook.name} {_request(name)}. The Python kernel runs it."
    return kernel_problem(notebook) or (
        f"{notebook.name} asks for the kernel '{kernel}': papermill's own engine runs it."
    )


def kernel_problem(notebook: Path) -> str:
    """Return a sentence that says why no kernel here can run a notebook, or ''."""
    name, language = kernel_and_language(notebook)
    if kernel_of(notebook) == KERNEL or name in _installed():
        return ""
    return (
        f"{notebook.name} is written in {language}, and {_request(name)}. Installed are: "
        f"{', '.join(sorted({KERNEL, *_installed()}))}. Install its kernel, or open the notebook "
        "in JupyterLab and choose another."
    )


def _request(name: str) -> str:
    """Return words on the kernel that a notebook names, for which there is no kernel here."""
    if not name:
        return "does not name a kernel"
    return f"asks for the kernel '{name}', which is not installed here"


def kernel_and_language(notebook: Path) -> tuple[str, str]:
    """Return the kernel and the language that a notebook names, each '' if it names none."""
    try:
        metadata = _mapping(_mapping(json.loads(notebook.read_bytes())).get("metadata"))
    except (OSError, ValueError):
        return KERNEL, ""  # an unreadable file is reported elsewhere
    spec, info = _mapping(metadata.get("kernelspec")), _mapping(metadata.get("language_info"))
    language = spec.get("language") or info.get("name") or ""
    return _text(spec.get("name")), _text(language).lower()


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


@cache
def _specs(path: str) -> frozenset[str]:
    from jupyter_client.kernelspec import KernelSpecManager  # rarely needed, and slow to import

    return frozenset(KernelSpecManager().find_kernel_specs())


def _installed() -> frozenset[str]:
    import os

    return _specs(os.environ.get("JUPYTER_PATH", ""))
