"""The files of a run of JupyterLab in the pack's folder: settings, port and address."""

from __future__ import annotations

import json
import os
import shutil
import socket
import webbrowser
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path
from threading import Thread
from urllib.error import URLError
from urllib.request import ProxyHandler, Request, build_opener

from seminarkit.core.disk.files import sweep, write_whole
from seminarkit.core.errors import SeminarError, UsageError

HOST = "127.0.0.1"
_LAST_WORDS = 1_000
_PATIENCE = 5  # seconds for a server on this computer to answer


@dataclass(frozen=True)
class Running:
    """A running server: its URL and its access token."""

    url: str
    token: str

    @property
    def start(self) -> str:
        """Return the URL of the list of tasks, which closes the tabs of earlier runs."""
        return f"{self.url}lab/tree/start.ipynb?token={self.token}&reset"


@dataclass(frozen=True)
class Private:
    """The hidden folder in the pack to which JupyterLab writes all its own files."""

    root: Path

    @property
    def log(self) -> Path:
        """JupyterLab's log file."""
        return self.root / "log.txt"

    @property
    def _running(self) -> Path:
        return self.root / "running.json"

    @property
    def _port(self) -> Path:
        return self.root / "port"

    @property
    def _opener(self) -> Path:
        return self.root / "open.html"

    def make(self) -> None:
        """Create the folder, and delete the leftovers of a killed run; raises SeminarError."""
        try:
            sweep(
                self.root.parent, older=False
            )  # it belongs to one person, so nobody else writes there
            self.clear()
            self.log.unlink(missing_ok=True)
            self.root.mkdir(mode=0o700, exist_ok=True)
            (self.root / "runtime").mkdir(mode=0o700)
        except OSError as error:
            raise SeminarError(
                f"{self.root.parent} cannot be written to ({error.strerror}). Copy the pack to "
                "a folder of your own, and open it there: seminar open --pack FOLDER"
            ) from None

    def clear(self) -> None:
        """Delete everything except the port and the log.

        Browsers store drafts per port: on the same port, a person finds them after a crash.
        """
        for path in self.root.glob("*"):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            elif path not in (self._port, self.log):
                path.unlink(missing_ok=True)

    def environment(self) -> dict[str, str]:
        """Return the variables that make Jupyter use this folder instead of the user's own."""
        places = {
            "JUPYTER_CONFIG_DIR": "config",
            "JUPYTER_DATA_DIR": "data",
            "JUPYTER_RUNTIME_DIR": "runtime",
            "JUPYTERLAB_SETTINGS_DIR": "settings",
            "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
            "IPYTHONDIR": "ipython",
        }
        return {name: str(self.root / place) for name, place in places.items()}

    def configure(self, settings: Mapping[str, object]) -> None:
        """Write JupyterLab's settings files."""
        text = json.dumps(settings)
        for name in ("jupyter_server_config.json", "jupyter_lab_config.json"):
            write_whole(self.root / "config" / name, text)

    def last_words(self) -> str:
        """Return the end of the log."""
        try:
            return self.log.read_text("utf-8", errors="replace")[-_LAST_WORDS:]
        except OSError:
            return ""

    def port(self) -> int:
        """Return the port of the last run, or any free port if that is in use."""
        try:
            last = int(self._port.read_text("ascii"))
        except (OSError, ValueError):
            last = 0
        return last if last and is_free(last) else _any_port()

    def note(self, running: Running, port: int) -> None:
        """Record the running server, so that opening the pack again finds it."""
        write_whole(self._running, json.dumps(asdict(running)))
        write_whole(self._port, str(port))
        address = escape(running.start)
        write_whole(
            self._opener,
            '<!doctype html><meta charset="utf-8"><title>My tasks</title>'
            f'<meta http-equiv="refresh" content="0; url={address}"><a href="{address}">Open</a>\n',
        )

    def found(self) -> Running | None:
        """Return the server that is running for this pack, or None."""
        try:
            running = Running(**json.loads(self._running.read_bytes()))
            request = Request(f"{running.url}api/status")
            request.add_header("Authorization", f"token {running.token}")
            # an office proxy cannot reach this computer
            with build_opener(ProxyHandler({})).open(request, timeout=_PATIENCE) as answer:
                return running if answer.status == 200 else None
        except (OSError, ValueError, TypeError, URLError):
            return None

    def show(self) -> None:
        """Open the browser through a file, so that no process list shows the token."""
        Thread(target=webbrowser.open, args=(self._opener.as_uri(),), daemon=True).start()


def checked(port: int) -> int:
    """Return a requested port; raises UsageError if it is in use."""
    if is_free(port):
        return port
    raise UsageError(
        f"Port {port} is used by another program. Choose another, or leave out --port."
    )


def is_free(port: int) -> bool:
    """Say whether a server can listen on a port of this computer."""
    with socket.socket() as probe:
        if os.name != "nt":  # on Windows, this would let two servers share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _any_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
