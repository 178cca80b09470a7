"""Chromium and Jupyter servers: where they are, how they are started and ended."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
from playwright.sync_api import BrowserContext, Locator, Page, Playwright, expect
from serve_tools import FormServer

from seminarkit.topics.packs.form_notebook import form_cells

CHROMIUM = next(
    (p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


WIDGET = 'from seminarkit import form_widget; form_widget("country_report", for_person="{}")'


@dataclass
class Computer:
    """A person's computer: a browser whose profile lies on the disk. The power may fail."""

    playwright: Playwright
    profile: Path
    context: BrowserContext | None = None

    def switch_on(self) -> BrowserContext:
        self.context = self.playwright.chromium.launch_persistent_context(
            self.profile, executable_path=CHROMIUM, args=ARGUMENTS, accept_downloads=True
        )
        self.context.set_default_timeout(20_000)
        return self.context

    def power_cut(self) -> None:
        """SIGKILL every process of this browser, by its id: no goodbye, no flush."""
        for process in psutil.process_iter(["cmdline"]):
            if f"--user-data-dir={self.profile}" in (process.info["cmdline"] or []):
                for each in (*process.children(recursive=True), process):
                    with suppress(ProcessLookupError):
                        os.kill(each.pid, signal.SIGKILL)
        self.switch_off()

    def switch_off(self) -> None:
        with suppress(Exception):  # it was killed
            if self.context:
                self.context.close()
        self.context = None


def come_by_link(context: BrowserContext, server: FormServer, person: str) -> Page:
    """Click the link on a page of another site, as in a web mail."""
    page = context.new_page()
    link = server.link(person)
    mail = server.url.replace("127.0.0.1", "localhost") + "/"
    page.goto(mail)
    page.evaluate(
        "url => { document.body.innerHTML = '<a>my link</a>'; document.querySelector('a').href = url }",
        link,
    )
    page.get_by_text("my link").click()
    expect(page.get_by_role("heading", name="My tasks")).to_be_visible()
    return page


@dataclass
class JupyterServer:
    """A running server, its folder and its address."""

    root: Path
    home: Path
    app: str
    process: subprocess.Popen[bytes]
    url: str = ""
    token: str = ""

    def page(self, name: str) -> str:
        """Return the address of a notebook in this app."""
        place = "lab/tree" if self.app == "lab" else "notebooks"
        return f"{self.url}{place}/{name}?token={self.token}&reset"

    def kernel_pids(self) -> list[int]:
        """Return the processes of the kernels this server started."""
        return kernels_below(self.process.pid)


def kernels_below(pid: int) -> list[int]:
    """Return the kernels that a process has started; one that is just ending is none any more."""
    found = []
    for child in psutil.Process(pid).children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            if "ipykernel" in " ".join(child.cmdline()):
                found.append(child.pid)
    return found


def start_server(app: str, root: Path, home: Path) -> JupyterServer:
    """Start JupyterLab or Notebook for a person whose home is ``home``; no news asks to be read."""
    home.mkdir(parents=True, exist_ok=True)
    environment = {
        **os.environ,
        "HOME": str(home),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "IPYTHONDIR": str(home / "ipython"),
    }
    command = [sys.executable, "-m", "jupyter", app, "--no-browser", "--allow-root", "--port=0"]
    command += [f"--ServerApp.root_dir={root}", "--ServerApp.open_browser=False"]
    command += ["--LabApp.news_url=None"] * (app == "lab")
    log = (home / "server.log").open("wb")
    process = subprocess.Popen(command, env=environment, cwd=root, stdout=log, stderr=log)
    server = JupyterServer(root, home, app, process)
    for _ in range(600):
        for info in (home / "runtime").glob("jpserver-*.json"):
            try:
                told = json.loads(info.read_text())
            except ValueError:
                continue
            server.url, server.token = told["url"], told["token"]
            return server
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError((home / "server.log").read_text(errors="replace")[-2000:])


def stop_server(server: JupyterServer) -> None:
    """Kill a server and its kernels, by the ids of the processes we started.

    Asked to end, Jupyter waits for its kernels and for open pages, often for ten seconds.
    """
    kernels = server.kernel_pids()
    server.process.kill()
    server.process.wait()
    for pid in kernels:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def wait_for(check: Callable[[], bool], seconds: float = 30) -> None:
    """Wait until something is so, and fail if it does not happen in time."""
    end = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


def menu(page: Page, *path: str) -> None:
    """Choose from Lab's menu bar, as a person does."""
    page.get_by_role("menuitem", name=path[0], exact=True).first.click()
    for item in path[1:]:
        page.get_by_role("menuitem", name=item, exact=True).last.click()


_JOINED = """async () => (await (await fetch("/api/sessions")).json()).some((session) =>
    session.kernel?.connections && decodeURI(location.pathname).endsWith(session.path))"""


def run_all(page: Page) -> None:
    """Run all cells, once there is a kernel: without one, Lab only clears the outputs.

    Lab says that a kernel rests before the notebook is joined to it; the server knows better.
    """
    with suppress(AssertionError):  # a kernel that was killed is joined again, or asked for
        wait_for(lambda: bool(page.evaluate(_JOINED)), 10)
    ready = page.locator(".jp-Notebook-ExecutionIndicator").first
    expect(ready).to_have_attribute("data-status", "idle", timeout=60_000)
    menu(page, "Run", "Run All Cells")


def wait_drawn(page: Page, drawn: Locator) -> None:
    """Wait, after 'Run all', for what is to be drawn.

    Lab may say that a kernel rests before the notebook is joined to it, and then only clears the
    outputs, or asks for a kernel. A person sees no form, runs the cells again, at last opens the
    page anew, and so do we.
    """
    select = page.get_by_role("dialog").get_by_role("button", name="Select Kernel")
    for attempt in range(4):
        with suppress(AssertionError):
            expect(drawn.or_(select).first).to_be_visible(timeout=25_000)
        if select.is_visible():
            select.click()
        with suppress(AssertionError):
            expect(drawn).to_be_visible(timeout=10_000)
            return
        if attempt:
            page.reload()
        run_all(page)
    expect(drawn).to_be_visible(timeout=60_000)


# what keeps the rules stays in the page: to tell it took most of the time
_VIOLATIONS = """async (inside) =>
    (await axe.run(inside ?? document, {resultTypes: ["violations"]})).violations"""


def findings(page: Page, axe: str, inside: str | None = None) -> list[str]:
    """Return what axe-core calls serious or critical, a line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)  # not as a script element: the page's own policy forbids those
    return [
        f"{each['id']}: {node['html'][:120]}"
        for each in page.evaluate(_VIOLATIONS, inside)
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


def widget_book(pack: Path, path: Path, person: str = "GE-2") -> Path:
    """Write a notebook whose form is a widget, and that was never run."""
    book = json.loads((pack / person / f"{person}-country_report.ipynb").read_text("utf-8"))
    (cell,) = form_cells(book)
    cell["source"], cell["outputs"] = WIDGET.format(person), []
    path.write_text(json.dumps(book), encoding="utf-8")
    return path
