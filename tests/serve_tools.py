"""A server of forms in a process of its own, and a person's browser without one."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from seminarkit.core.forms.bundle import payload
from seminarkit.core.forms.shapes import Payload
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.serve.personal_links import Links
from seminarkit.topics.packs.personal_form import form_for


@dataclass
class FormServer:
    """``seminar serve`` of one folder; ``port`` stays when it is started again.

    ``notebooks`` is how many may be open live: 0 starts faster.
    """

    folder: SeminarFolder
    port: int = 0
    address: str = ""
    notebooks: int = 0
    process: subprocess.Popen[str] | None = None
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, seconds: float = 60) -> None:
        """Start it and wait until it answers."""
        self.port = self.port or free_port()
        command = [sys.executable, "-m", "seminarkit", "serve", "--port", str(self.port)]
        command += ["--url", self.address] if self.address else []
        command += ["--notebooks", str(self.notebooks), "--warm", "1"]
        with (self.folder.root / "serve.log").open("a") as log:
            self.process = subprocess.Popen(
                command, cwd=self.folder.root, stdout=log, stderr=log, text=True
            )
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.process.poll() is None:
            try:
                # live notebooks come a little later: until then their addresses lead nowhere
                if not self.notebooks or self.get("/p/nobody/live/nothing")[0] == 403:
                    self.get("/")
                    return
            except OSError:
                pass
            time.sleep(0.02)
        raise RuntimeError((self.folder.root / "serve.log").read_text()[-2000:])

    def kill(self) -> None:
        """SIGKILL: no goodbye, no flush."""
        assert self.process
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """End it as Ctrl+C does; an error if it goes on."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired as error:
                self.kill()
                raise AssertionError("Ctrl+C did not end the server") from error

    def terminate(self) -> None:
        """SIGTERM, as a service is ended."""
        assert self.process
        self.process.terminate()
        self.process.wait(10)

    def link(self, person: str) -> str:
        """Return the address of a person's link, made when it is first asked for."""
        if person not in self.tokens:
            self.tokens |= Links(self.folder.links).make([person])
        return f"{self.url}/link/{self.tokens[person]}"

    def get(self, path: str, token: str = "") -> tuple[int, str, dict[str, str]]:
        return self._ask("GET", path, token)

    def post(
        self, person: str, what: str, body: Any, token: str | None = None, **headers: str
    ) -> tuple[int, dict[str, Any]]:
        """Send something as a form's page does; return the number and what was answered."""
        if token is None:
            self.link(person)
            token = self.tokens[person]
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", **headers}
        status, text, _ = self._ask("POST", f"/p/{person}/{what}", token, content, headers)
        return status, json.loads(text or "{}")

    def _ask(
        self,
        method: str,
        path: str,
        token: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, str, dict[str, str]]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            cookie = {"Cookie": f"seminar={token}"} if token else {}
            line.request(method, path, body, {**(headers or {}), **cookie})
            answer = line.getresponse()
            return answer.status, answer.read().decode(), dict(answer.getheaders())
        finally:
            line.close()


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def filled_form(
    folder: SeminarFolder, form: str, person: str, answers: dict[str, Any], rev: int = 1
) -> Payload:
    """Return what a person's page sends."""
    return payload(form_for(folder, form, person), answers, rev, "2020-11-10T10:00:00Z")


def sent(filled: Payload, window: str = "w1") -> dict[str, Any]:
    return {"window": window, "filled": filled}


def drafts_on_disk(path: Path) -> set[tuple[str, int]]:
    """Return every (instance, rev) in the log of drafts."""
    from seminarkit.core.logs.hash_log import ChainedLog

    entries = ChainedLog(path, "").entries()
    return {(e["filled"]["instance"], e["filled"]["rev"]) for e in entries}
