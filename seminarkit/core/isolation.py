"""Start other processes that import no modules from the current folder.

Python searches the current folder for modules first. If this is the inbox, a received ``json.py``
would be executed. So each process starts with safe paths, usually in an empty folder.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from seminarkit.core.import_path import isolate

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext

_START_LOCK = threading.Lock()  # one thread at a time starts a process
# IPython before 9.7 adds the current folder to the path of a kernel, also with safe paths
KERNEL_OPTIONS = ("--IPKernelApp.ignore_cwd=True",)


def start_python(words: Sequence[str], **options: Any) -> subprocess.Popen[Any]:
    """Start Python with these arguments, in an empty folder unless ``cwd`` is given."""
    options = {"cwd": empty_folder(), **options}
    isolate()
    return subprocess.Popen([sys.executable, "-P", *words], **options)


def run_program(words: Sequence[str], seconds: float) -> subprocess.CompletedProcess[str]:
    """Run a program in an empty folder, for at most ``seconds``, and return its result."""
    isolate()
    return subprocess.run(
        words, cwd=empty_folder(), capture_output=True, text=True, timeout=seconds, check=False
    )


def fork_context(preload: Sequence[str]) -> ForkServerContext:
    """Return a multiprocessing context with a fork server that has loaded ``preload``."""
    import multiprocessing

    isolate()
    _choose_socket_folder()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(preload))
    return context


@cache
def _choose_socket_folder() -> tempfile.TemporaryDirectory[str]:
    """Choose and return a folder for the sockets of multiprocessing.

    Errors at its removal are ignored. The folder that multiprocessing makes itself ends in a
    traceback if a failed disk keeps it.
    """
    from multiprocessing import process

    folder = tempfile.TemporaryDirectory(prefix="seminarkit-", ignore_cleanup_errors=True)
    process.current_process()._config["tempdir"] = folder.name  # type: ignore[attr-defined]
    return folder


def start_fork_server() -> None:
    """Start the fork server of ``fork_context`` in the background."""
    from multiprocessing import forkserver

    isolate()
    forkserver.ensure_running()


@contextmanager
def without_main() -> Iterator[None]:
    """Prevent multiprocessing from importing the main module again in every child process.

    With this spec, it skips the main module as it does for ``python -m`` of a package.
    """
    main = sys.modules["__main__"]
    with _START_LOCK:
        spec = main.__spec__
        main.__spec__ = ModuleSpec("seminarkit.__main__", None)
        try:
            yield
        finally:
            main.__spec__ = spec


def spawn_context() -> SpawnContext:
    """Return a multiprocessing context for new processes, which must first call ``settle``."""
    import multiprocessing

    isolate()
    return multiprocessing.get_context("spawn")


def settle() -> None:
    """Change to an empty folder. A process that was spawned calls this first."""
    os.chdir(empty_folder())


@contextmanager
def elsewhere() -> Iterator[None]:
    """Run a block in an empty folder, for libraries that read settings from the current folder."""
    previous = os.getcwd()  # noqa: PTH109
    settle()
    try:
        yield
    finally:
        os.chdir(previous)


def empty_folder() -> Path:
    """Return an empty folder that only this user can access."""
    name = "seminarkit-empty" if os.name == "nt" else f"seminarkit-empty-{os.getuid()}"
    folder = Path(tempfile.gettempdir()) / name
    with suppress(OSError):
        folder.mkdir(mode=0o700)
    if _is_private_and_empty(folder):
        return folder
    return Path(tempfile.mkdtemp(prefix="seminarkit-empty-"))


def _is_private_and_empty(folder: Path) -> bool:
    try:
        status = folder.lstat()
        if os.name != "nt" and (
            status.st_uid != os.getuid() or status.st_mode & 0o170077 != 0o040000
        ):
            return False
        return not any(folder.iterdir())
    except OSError:
        return False
