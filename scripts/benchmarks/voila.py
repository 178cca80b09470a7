"""How long 20 people wait who open a form by Voilà at once, with as many kernels preheated.

Everything is on one machine: Voilà, its kernels, and the people. Served means that Voilà ran the
notebook and sent the whole page; a browser then still has to draw it. The same is asked of the page
that ``seminar serve`` opens, which needs no kernel.

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
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import psutil
from measuring import print_table, seminar

from seminarkit.prepare.notebook import form_cells
from seminarkit.prepare.packs import prepare
from seminarkit.seminar.folder import KIT, SeminarFolder
from seminarkit.serve.links import Links

SOURCE = 'from seminarkit import form_widget; form_widget("questions", for_person="GE-2")'


def free_port() -> int:
    """Return a port that nobody listens to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fetch(url: str, cookie: str = "") -> tuple[float, str]:
    """Return the seconds until the whole page was there, and the page."""
    start = time.monotonic()
    request = urllib.request.Request(url, headers={"Cookie": cookie})
    with urllib.request.urlopen(request, timeout=300) as answer:
        page = answer.read().decode("utf-8")
    return time.monotonic() - start, page


def at_once(people: int, url: str, cookie: str = "") -> tuple[list[float], float, list[str]]:
    """Let all of them open an address; return their seconds, the whole time, and the pages."""
    start = time.monotonic()
    with ThreadPoolExecutor(people) as pool:
        answers = list(pool.map(lambda _: fetch(url, cookie), range(people)))
    took = time.monotonic() - start
    return [seconds for seconds, _ in answers], took, [page for _, page in answers]


def kernels_of(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """Return the kernels that a Voilà has started."""
    found = []
    for child in psutil.Process(process.pid).children(recursive=True):
        with suppress(psutil.Error):  # it has ended meanwhile
            if "ipykernel" in " ".join(child.cmdline()):
                found.append(child)
    return found


def start_voila(root: Path, port: int, people: int) -> tuple[subprocess.Popen[bytes], float]:
    """Start Voilà on a form, and wait until its kernels are warm; return it and the seconds."""
    command = [sys.executable, "-m", "voila", str(root / "form.ipynb"), "--no-browser"]
    command += [f"--port={port}", "--template=seminar", "--preheat_kernel=True"]
    command += [f"--pool_size={people}", "--VoilaConfiguration.http_keep_alive_timeout=300"]
    start = time.monotonic()
    process = subprocess.Popen(
        command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while len(kernels_of(process)) < people and time.monotonic() - start < 200:
        time.sleep(0.5)
    # kernels that need no processor any more have run their notebooks
    before, used = -1e9, 0.0
    while used - before > 0.1 * people:
        time.sleep(5)
        before, used = used, sum(sum(each.cpu_times()[:2]) for each in kernels_of(process))
    return process, time.monotonic() - start


def main(people: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        (root / "seminar.yml").write_bytes((KIT / "seminar.yml").read_bytes())
        folder = SeminarFolder(root)
        pack = prepare(folder, ["GE"])[0].folder / "GE-2"
        book = json.loads((pack / "GE-2-questions.ipynb").read_text("utf-8"))
        (cell,) = form_cells(book)
        cell["source"], cell["outputs"] = SOURCE, []
        (root / "form.ipynb").write_text(json.dumps(book), encoding="utf-8")
        port = free_port()
        process, heated = start_voila(root, port, people)
        try:
            times, wall, pages = at_once(people, f"http://127.0.0.1:{port}/")
            memory = [each.memory_info().rss / 2**20 for each in kernels_of(process)]
        finally:
            for each in (*kernels_of(process), psutil.Process(process.pid)):
                with suppress(psutil.Error):
                    each.kill()
            process.wait()
        served = sum("widget-view" in page for page in pages)

        token = Links(folder.links).make(["GE-2"])["GE-2"]
        port = free_port()
        server = subprocess.Popen(
            seminar("serve", "--port", str(port)), cwd=root, stdout=subprocess.DEVNULL
        )
        while socket.socket().connect_ex(("127.0.0.1", port)):
            time.sleep(0.1)
        address = f"http://127.0.0.1:{port}/p/GE-2/GE-2-questions.html"
        plain, plain_wall, _ = at_once(people, address, f"seminar={token}")
        server.terminate()
        server.wait()
    print_table(
        f"{people} people open a form at once",
        [
            ("Voilà: forms served", str(served), str(people)),
            ("Voilà: all served within", f"{wall:.1f} s", "60 s"),
            ("Voilà: median", f"{statistics.median(times):.1f} s", "–"),
            ("Voilà: kernels warm after", f"{heated:.0f} s", "–"),
            ("Voilà: kernels and memory", f"{len(memory)}, {sum(memory):.0f} MiB", "–"),
            ("page: all served within", f"{plain_wall:.2f} s", "–"),
            ("page: median", f"{statistics.median(plain):.2f} s", "–"),
        ],
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
