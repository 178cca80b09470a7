"""Run JupyterLab for one pack in this process."""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from seminarkit.core.errors import SeminarError
from seminarkit.core.import_path import isolate
from seminarkit.core.isolation import elsewhere
from seminarkit.lab.running import Private, Running, checked

_PATIENCE = 2  # seconds
_HERE = Path(__file__).resolve().parent
# Variables of another server or of the user's own settings must not affect this run.
_FOREIGN = ("JUPYTER_TOKEN", "JUPYTER_PORT", "JUPYTER_NO_CONFIG", "JUPYTERLAB_DIR")


def serve(
    place: Path, private: Private, port: int | None, ready: Callable[[Running], None]
) -> None:
    """Run JupyterLab for the pack in ``place`` until Ctrl+C, SIGTERM or its own Shut Down.

    ``ready`` is called once, when the list of tasks can be opened. JupyterLab's own files are
    written to ``private``, which is cleared at the end. Raises SeminarError if JupyterLab is not
    installed or does not start, UsageError if the port is in use.
    """
    if not find_spec("jupyterlab"):
        raise SeminarError(
            "JupyterLab is not installed here. Install the kit again, or use the pages of the "
            "pack: open index.html in its folder with a double click."
        )
    asked = checked(port) if port else None
    isolate()
    private.make()
    _set_environment(private)
    try:
        with elsewhere():  # Jupyter also reads settings from the current folder
            _run(place, private, asked, ready)
    finally:
        private.clear()


def _set_environment(private: Private) -> None:
    for name in _FOREIGN:
        os.environ.pop(name, None)
    os.environ.update(private.environment())
    os.environ["JUPYTER_CONFIG_PATH"] = str(_HERE / "config")


def _run(
    place: Path, private: Private, asked: int | None, ready: Callable[[Running], None]
) -> None:
    from jupyterlab.labapp import LabApp

    token = secrets.token_urlsafe(24)
    private.configure(_settings(place, private, asked, token))
    try:
        server = LabApp.initialize_server(argv=[])
    except SystemExit:
        raise SeminarError(f"JupyterLab did not start:\n{private.last_words()}") from None
    running = Running(server.connection_url, token)

    def report_ready() -> None:
        private.note(running, server.port)
        ready(running)

    server.io_loop.add_callback(report_ready)
    with _ended_by_signal(server):
        server.start()
    server.io_loop.run_sync(_finish)


async def _finish() -> None:
    """Wait for running tasks, such as a save, then cancel them: their threads must end."""
    for give_up in (False, True):
        under_way = asyncio.all_tasks() - {asyncio.current_task()}
        for task in under_way if give_up else ():
            task.cancel()
        if under_way:
            await asyncio.wait(under_way, timeout=_PATIENCE)


def _settings(place: Path, private: Private, asked: int | None, token: str) -> dict[str, object]:
    """Return the settings that differ between runs; the others are in config/."""
    to_file = {"level": "DEBUG", "handlers": ["file"]}
    file = {"class": "logging.FileHandler", "level": "INFO", "filename": str(private.log)}
    return {
        "Application": {
            "logging_config": {
                "handlers": {"file": {**file, "encoding": "utf-8", "formatter": "console"}},
                "loggers": {"LabApp": to_file, "ServerApp": to_file, "seminarkit": to_file},
            }
        },
        "IdentityProvider": {"token": token},
        "LabApp": {"extra_labextensions_path": [str(_HERE / "labextensions")]},
        "ServerApp": {
            "port": asked or private.port(),
            "port_retries": 0 if asked else 50,
            "root_dir": str(place),
        },
    }


@contextmanager
def _ended_by_signal(server: Any) -> Iterator[None]:
    """Stop the server and its kernels on Ctrl+C, SIGTERM, or when the terminal is closed.

    Afterwards the default handlers are restored, so that a second Ctrl+C ends the program.
    """
    names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    numbers = [getattr(signal, name) for name in names]
    for number in numbers:
        signal.signal(number, lambda *_: server.stop(from_signal=True))
    try:
        yield
    finally:
        for number in numbers:
            is_ctrl_c = number == signal.SIGINT
            signal.signal(number, signal.default_int_handler if is_ctrl_c else signal.SIG_DFL)
