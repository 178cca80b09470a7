"""How long 20 people wait who open a form as a live notebook at once, with as many kernels warm.

Everything is on one machine: the server, Voilà's kernels, and the people, each behind the link of
their own. Served means that the notebook was run and the whole page sent; a browser then still has
to draw it. Meanwhile somebody else saves drafts, whom this must not keep waiting. The same is asked
of the page of the form, which needs no kernel.

Example:
    python scripts/benchmarks/voila.py
    python scripts/benchmarks/voila.py 5
"""

from __future__ import annotations

import json
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import psutil
from measuring import print_table, seminar

from seminarkit.core.forms.bundle import payload
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.assignments import assignments
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.serve.personal_links import Links
from seminarkit.topics.packs.personal_form import form_for

PATIENCE = 200  # seconds


def free_port() -> int:
    """Return a port that nobody listens to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(url: str, token: str, body: bytes | None = None) -> tuple[float, str]:
    """Return the seconds until the whole answer was there, and the answer."""
    start = time.monotonic()
    headers = {"Cookie": f"seminar={token}", "Content-Type": "application/json"}
    request = urllib.request.Request(url, body, headers)
    with urllib.request.urlopen(request, timeout=300) as answer:
        text = answer.read().decode("utf-8")
    return time.monotonic() - start, text


def at_once(urls: dict[str, str], tokens: dict[str, str]) -> tuple[list[float], float, list[str]]:
    """Let each person open their address; return their seconds, the whole time, and the pages."""
    start = time.monotonic()
    with ThreadPoolExecutor(len(urls)) as pool:
        answers = list(pool.map(lambda person: ask(urls[person], tokens[person]), urls))
    took = time.monotonic() - start
    return [seconds for seconds, _ in answers], took, [page for _, page in answers]


def kernels_of(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """Return the kernels that a server has started."""
    found = []
    for child in psutil.Process(process.pid).children(recursive=True):
        with suppress(psutil.Error):  # it has ended meanwhile
            if "ipykernel" in " ".join(child.cmdline()):
                found.append(child)
    return found


def wait_until_warm(process: subprocess.Popen[bytes], kernels: int) -> float:
    """Wait until there are so many kernels and they need no processor; return the seconds."""
    start = time.monotonic()
    before, used = -1e9, 0.0
    while time.monotonic() - start < PATIENCE:
        time.sleep(2)
        alive = kernels_of(process)
        before, used = used, sum(sum(each.cpu_times()[:2]) for each in alive)
        if len(alive) >= kernels and used - before < 0.02 * kernels:
            break
    return time.monotonic() - start


class Saver(threading.Thread):
    """Somebody who saves a draft five times a second, and how long each takes."""

    def __init__(self, folder: SeminarFolder, address: str, token: str) -> None:
        super().__init__()
        self.seconds: list[float] = []
        self.done = threading.Event()
        self._url, self._token = f"{address}/p/AM-2/save", token
        self._filled = payload(form_for(folder, "questions", "AM-2"))

    def run(self) -> None:
        """Save until it is told to end."""
        rev = 0
        while not self.done.wait(0.2):
            rev += 1
            answers = {"questions": [{"about": "ghent", "question": f"Who pays? {rev}"}]}
            filled = {**self._filled, "rev": rev, "answers": answers}
            body = json.dumps({"window": "w", "filled": filled}).encode()
            self.seconds.append(ask(self._url, self._token, body)[0])


def main(people: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        (root / "seminar.yml").write_bytes((KIT / "seminar.yml").read_bytes())
        folder = SeminarFolder(root)
        asked = assignments(folder.seminar)
        names = [each.author.id for each in asked if each.task.form == "questions"][:people]
        tokens = Links(folder.links).make(sorted({*names, "AM-2"}))
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        size = ("--notebooks", str(people), "--warm", str(people))
        server = subprocess.Popen(
            seminar("serve", "--port", str(port), *size), cwd=root, stdout=subprocess.DEVNULL
        )
        try:
            heated = wait_until_warm(server, people)
            saver = Saver(folder, address, tokens["AM-2"])
            saver.start()
            live = {p: f"{address}/p/{p}/live/{p}-questions" for p in names}
            times, wall, pages = at_once(live, tokens)
            saver.done.set()
            saver.join()
            memory = [each.memory_info().rss / 2**20 for each in kernels_of(server)]
            flat = {p: f"{address}/p/{p}/{p}-questions.html" for p in names}
            plain, plain_wall, _ = at_once(flat, tokens)
        finally:
            server.terminate()
            server.wait()
        served = sum("widget-view" in page for page in pages)
        slow = statistics.quantiles(saver.seconds, n=20)[-1] if len(saver.seconds) > 1 else 0.0
    print_table(
        f"{people} people open a form at once",
        [
            ("live: forms served", str(served), str(people)),
            ("live: all served within", f"{wall:.1f} s", "60 s"),
            ("live: median", f"{statistics.median(times):.1f} s", "–"),
            ("live: kernels warm after", f"{heated:.0f} s", "–"),
            ("live: kernels and memory", f"{len(memory)}, {sum(memory):.0f} MiB", "–"),
            ("live: a save meanwhile, median", f"{statistics.median(saver.seconds):.2f} s", "–"),
            ("live: a save meanwhile, p95", f"{slow:.2f} s", "–"),
            ("page: all served within", f"{plain_wall:.2f} s", "–"),
            ("page: median", f"{statistics.median(plain):.2f} s", "–"),
        ],
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
