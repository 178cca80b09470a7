"""Every command of the kit, run as a person runs it: for walks that hold something against all."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from loaded import SCRIPT as SCRIPT
from loaded import run as loaded_kit
from serve_tools import free_port
from shared import complete_report, keep_countries
from two_copies import newest_id

from seminarkit.cli.main import COMMANDS
from seminarkit.core.forms.bundle import output, payload
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.serve.personal_links import Links
from seminarkit.topics.packs.form_notebook import form_cells, form_notebook, read_prose
from seminarkit.topics.packs.personal_form import form_for

MODULE = (sys.executable, "-m", "seminarkit")
CHAT = "10:00:01 From Ana to Everyone:\n\tWhat does a learner pay for it?\n"
# What each command is given, in an order in which each has something to do. A command that is not
# named here is run without a word.
WORDS: Mapping[str, Sequence[Sequence[str]]] = {
    "prepare": [["--country", "GE", "--word"]],
    "links": [["--country", "GE"], ["--json"]],
    "collect": [["--verbose"], ["--rebuild"], ["--json"]],
    "nominate": [[], ["--json"]],
    "status": [[], ["--json"]],
    "remind": [["--country", "AM"], ["--json", "--dry-run"]],
    "ask": [["GE", "Which of the examples carry credits?"]],
    "extend": [["GE", "country_report", "2020-12-01"]],
    "chat": [["{chat}", "--session", "{session}"]],
    "questions": [[], ["--json"]],
    "question": [["GE-2-q1", "--parked"]],
    "groups": [["--keep", "--seconds", "1"]],
    "report": [["--country", "GE", "--force"], ["--country", "GE", "--explain", "--force"]],
    "statement": [[]],
    "answers": [["--form", "questions"], ["--json"], []],
    "mail": [
        ["invitation"],
        ["thanks", "--json"],
        ["results", "--pages", "https://www.example.org"],
    ],
    "log": [[], ["GE"], ["--json"]],
    "undo": [["{decision}", "--dry-run"], ["{decision}"]],
    "next": [[], ["--json"]],
    "backup": [["{backup}"]],
    "merge": [["{backup}", "--dry-run"], ["{backup}"]],
    "sync": [["{other}"]],
    "forget": [["GE-2", "--dry-run"], ["GE-1", "--yes"]],
    "demo": [["{demo}"]],
}
ORDER = ["collect", "groups", *(name for name in COMMANDS if name not in ("collect", "groups"))]
IMPORTS = "import colorsys, docx"  # of Python, and of what is installed
PATIENCE = 150  # seconds for a server or a kernel to begin, on a machine that others use too
LONG = ("demo",)  # for a nightly walk
COUNTRIES = ("AM", "GE", "XK")  # one answers, one is silent, one has a footnote


@dataclass
class Ran:
    """How one run ended, and all that it printed."""

    words: Sequence[str]
    code: int
    printed: str


@dataclass
class Walk:
    """All commands on one folder, from ``cwd``, with the folder named."""

    folder: SeminarFolder
    cwd: Path
    program: Sequence[str] = (str(SCRIPT),)
    environment: Mapping[str, str] = field(default_factory=dict)
    every: bool = True  # of a command's words; else the first alone
    loaded: bool = False  # a command's further words are run without starting Python once more
    long: bool = False

    def run(self) -> Iterator[Ran]:
        """Run each command with each of its words; a new one is run by itself."""
        for name in ORDER:
            if name == "serve":
                yield self.serve()
            elif name == "open":
                yield self.open()
            elif self.long or name not in LONG:
                given = WORDS.get(name, [[]])
                for number, words in enumerate(given if self.every else given[:1]):
                    yield self.one(name, *words, loaded=self.loaded and number > 0)

    def one(self, *words: str, loaded: bool = False) -> Ran:
        """Run a command with some words, in a process that is started anew or has the kit loaded."""
        placed = placed_words(self.folder, words)
        if loaded:
            at = ("--folder", self.folder.root)
            run = loaded_kit(*at, *placed, cwd=self.cwd, env=self.variables(), timeout=280)
            return Ran(words, run.returncode, run.stdout + run.stderr)
        started = subprocess.run(
            self.command(*placed),
            cwd=self.cwd,
            env=self.variables(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=280,
            check=False,
        )
        printed = (started.stdout + started.stderr).decode("utf-8", "replace")
        return Ran(words, started.returncode, printed)

    def serve(self) -> Ran:
        """Start the server, open a link, a page and a live notebook, and end it."""
        port = free_port()
        token = Links(self.folder.links).make(["AM-2"])["AM-2"]

        def look() -> None:
            _until(lambda: _get(port, "/p/nobody/live/nothing") == 403)
            cookie = {"Cookie": f"seminar={token}"}
            assert _get(port, f"/link/{token}") == 200
            assert _get(port, "/p/AM-2/", cookie) == 200
            assert _get(port, "/p/AM-2/AM-2-questions.html", cookie) == 200
            assert _get(port, "/p/AM-2/live/AM-2-questions", cookie) == 200

        return self._while_running(
            ["serve", "--port", str(port), "--notebooks", "1", "--warm", "1"], look
        )

    def open(self) -> Ran:
        """Start JupyterLab for a person, start a kernel in it, and end it."""
        port = free_port()

        def look() -> None:
            note = self.folder.packs / "GE" / "GE-3" / ".lab" / "running.json"
            _until(note.exists)
            time.sleep(0.2)
            key = {"Authorization": f"token {json.loads(note.read_text())['token']}"}
            assert _get(port, "/lab", key) == 200
            body = json.dumps({"name": "python3", "path": "GE-3-questions.ipynb"})
            assert _get(port, "/api/kernels", key, body) == 201
            self._import_in_kernel(note.parent / "runtime")

        return self._while_running(["open", "GE-3", "--no-browser", "--port", str(port)], look)

    def _import_in_kernel(self, runtime: Path) -> None:
        """Have the kernel import what nothing has loaded yet, as a notebook might."""
        from jupyter_client.blocking.client import BlockingKernelClient

        (connection,) = runtime.glob("kernel-*.json")
        client = BlockingKernelClient(connection_file=str(connection))
        client.load_connection_file()
        client.start_channels(hb=False)  # a busy machine misses a beat, which is called death
        try:
            client.wait_for_ready(timeout=PATIENCE)
            answer = client.execute_interactive(IMPORTS, timeout=60, output_hook=lambda _: None)
            assert answer["content"]["status"] == "ok", answer["content"]
        finally:
            client.stop_channels()

    def command(self, *words: str) -> list[str]:
        return [*self.program, "--folder", str(self.folder.root), *words]

    def variables(self) -> dict[str, str]:
        ours = ("PYTHONSAFEPATH", "PYTHONPATH", "JUPYTER_")
        plain = {name: text for name, text in os.environ.items() if not name.startswith(ours)}
        return {**plain, "PYTHONIOENCODING": "utf-8", **self.environment}

    def _while_running(self, words: Sequence[str], look: Callable[[], None]) -> Ran:
        log = self.folder.root.parent / f"{words[0]}.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                self.command(*words),
                cwd=self.cwd,
                env=self.variables(),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
            )
            try:
                look()
            except Exception as error:
                raise AssertionError(log.read_text("utf-8", "replace")[-3000:]) from error
            finally:
                process.send_signal(signal.SIGINT)
                try:
                    process.wait(30)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
        return Ran(words, process.returncode, log.read_text("utf-8", "replace"))


def placed_words(folder: SeminarFolder, words: Sequence[str]) -> list[str]:
    """Return a command's words with the places in ``WORDS`` filled in for a folder."""
    places = {
        "{chat}": str(folder.root / "chat.txt"),
        "{session}": folder.seminar.sessions[0].id,
        "{demo}": str(folder.root.parent / "demo"),
        "{backup}": str(folder.root.parent / "backup.zip"),
        "{other}": str(folder.root.parent / "other"),
    }
    if "{decision}" in words:
        places["{decision}"] = newest_id(folder)
    return [places.get(word, word) for word in words]


def small_seminar(
    folder: SeminarFolder, text: str = "Who pays?", *, countries: Sequence[str] = COUNTRIES
) -> None:
    """Put into the inbox a report and questions whose free texts are ``text``.

    Of the countries some are kept; of none named, all.
    """
    if countries:
        keep_countries(folder.root, countries)
    send(folder, "GE-2", "country_report", complete_report(legislation=text, institutions=text))
    send(folder, "GE-2", "questions", {"questions": [{"question": text, "about": "d1-keynote"}]})
    (folder.root / "chat.txt").write_text(CHAT, "utf-8")


def send(folder: SeminarFolder, person: str, form: str, answers: dict[str, object]) -> None:
    """Put a filled form into the inbox, arrived long enough ago to be read at once."""
    made = form_for(folder, form, person)
    book = form_notebook(read_prose(folder.form_notebook(form)), made)
    (cell,) = form_cells(book)
    cell["outputs"] = [output(made, payload(made, answers, 5, "2020-11-10T10:00:00Z"))]
    folder.inbox.mkdir(exist_ok=True)
    path = folder.inbox / f"{person}-{form}.ipynb"
    path.write_text(json.dumps(book, ensure_ascii=True), "utf-8")
    os.utime(path, (1_600_000_000, 1_600_000_000))


def _get(
    port: int, path: str, headers: Mapping[str, str] | None = None, body: str | None = None
) -> int:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.request("POST" if body else "GET", path, body, dict(headers or {}))
        answer = line.getresponse()
        answer.read()
        return answer.status
    finally:
        line.close()


def _until(true: Callable[[], bool], seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if true():
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise AssertionError("it did not happen in time")
