"""The one door to other processes of Python: none finds a module in the folder it is started in.

Python looks for modules in the current folder first. That may be the inbox, where a received
``json.py`` would then be executed. So every process is started with safe paths, in a folder that
is empty, unless its work needs another one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from seminarkit.core.import_path import isolate

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext

_STARTING = threading.Lock()  # a process is started by one thread at a time
# IPython before 9.7 puts the current folder on the path of a kernel, whatever Python was told
KERNEL_OPTIONS = ("--IPKernelApp.ignore_cwd=True",)


def start_python(words: Sequence[str], **options: Any) -> subprocess.Popen[Any]:
    """Start Python with some words, in an empty folder unless ``cwd`` is named."""
    options = {"cwd": empty_folder(), **options}
    isolate()
    return subprocess.Popen([sys.executable, "-P", *words], **options)


def run_program(words: Sequence[str], seconds: float) -> subprocess.CompletedProcess[str]:
    """Run another program in an empty folder, and return what it said.

    Raises subprocess.TimeoutExpired after so many seconds.
    """
    isolate()
    return subprocess.run(
        words, cwd=empty_folder(), capture_output=True, text=True, timeout=seconds, check=False
    )


def fork_context(preload: Sequence[str]) -> ForkServerContext:
    """Return how to fork processes from one that has loaded some modules."""
    import multiprocessing

    isolate()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(preload))
    return context


def start_fork_server() -> None:
    """Begin to load what was named for ``fork_context``, and return at once."""
    from multiprocessing import forkserver

    isolate()
    forkserver.ensure_running()


@contextmanager
def without_main() -> Iterator[None]:
    """Keep multiprocessing from running the program that starts it once more in every child.

    No work of ours needs it. A program that is a package's own, as of ``python -m``, is left out.
    """
    main = sys.modules["__main__"]
    with _STARTING:
        spec = main.__spec__
        main.__spec__ = ModuleSpec("seminarkit.__main__", None)
        try:
            yield
        finally:
            main.__spec__ = spec


def spawn_context() -> SpawnContext:
    """Return how to start fresh processes for a pool; its initializer calls ``settle``."""
    import multiprocessing

    isolate()
    return multiprocessing.get_context("spawn")


def settle() -> None:
    """Go to a folder that holds nothing: a process that was started elsewhere calls it first."""
    os.chdir(empty_folder())


@contextmanager
def elsewhere() -> Iterator[None]:
    """Be in a folder that holds nothing, for what reads settings from the current one."""
    before = os.getcwd()  # noqa: PTH109
    settle()
    try:
        yield
    finally:
        os.chdir(before)


def empty_folder() -> Path:
    """Return a folder of this user's alone that holds nothing."""
    name = "seminarkit-empty" if os.name == "nt" else f"seminarkit-empty-{os.getuid()}"
    folder = Path(tempfile.gettempdir()) / name
    with suppress(OSError):
        folder.mkdir(mode=0o700)
    if _is_ours(folder):
        return folder
    return Path(tempfile.mkdtemp(prefix="seminarkit-empty-"))


def _is_ours(folder: Path) -> bool:
    try:
        facts = folder.lstat()
        if os.name != "nt" and (
            facts.st_uid != os.getuid() or facts.st_mode & 0o170077 != 0o040000
        ):
            return False
        return not any(folder.iterdir())
    except OSError:
        return False
