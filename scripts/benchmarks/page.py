"""How long a person on a poor line waits for a form's page, and how much is sent.

Each form's page is served from this machine to a real Chromium that is throttled to 512 kbit/s with
300 ms delay. Usable means: a first letter was typed and is in the field.

Example:
    python scripts/benchmarks/page.py
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from measuring import print_table
from playwright.sync_api import Browser, sync_playwright

from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.packs.write_packs import prepare

ROUNDS = 5
LINE = {
    "offline": False,
    "latency": 300,
    "downloadThroughput": 512_000 / 8,
    "uploadThroughput": 512_000 / 8,
}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        """Say nothing of each request."""


def usable(browser: Browser, address: str) -> tuple[float, int]:
    """Return the seconds until the first letter stands, and the number of requests."""
    context = browser.new_context()
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    start = time.monotonic()
    page.goto(address, wait_until="commit")
    field = page.locator(".sk-form textarea").first
    field.press("x")
    field.evaluate("e => { if (!e.value) throw Error('not typed') }")
    seconds = time.monotonic() - start
    context.close()
    return seconds, len(requests) - 1


def main() -> None:
    """Measure and print."""
    rows = []
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        root = Path(temporary)
        (root / "seminar.yml").write_bytes((KIT / "seminar.yml").read_bytes())
        folder = SeminarFolder(root)
        pack = prepare(folder, ["GE"])[0].folder / "GE-2"
        handler = partial(_Quiet, directory=str(pack))
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for path in sorted(pack.glob("GE-2-*.html")):
            form = path.stem.removeprefix("GE-2-")
            address = f"http://127.0.0.1:{server.server_port}/{path.name}"
            runs = [usable(browser, address) for _ in range(ROUNDS)]
            seconds = statistics.median(seconds for seconds, _ in runs)
            more = max(requests for _, requests in runs)
            rows += [
                (f"{form}: size", f"{path.stat().st_size / 1000:.0f} kB", "80 kB"),
                (f"{form}: further requests", str(more), "0"),
                (f"{form}: usable", f"{seconds:.2f} s", "1.5 s"),
            ]
        browser.close()
        server.shutdown()
    print_table("A form's page at 512 kbit/s and 300 ms delay", rows)


if __name__ == "__main__":
    main()
