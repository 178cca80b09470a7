"""``seminar open`` as a person runs it: the program, its list of tasks, a form in it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from browser_tools import kernels_below, wait_for
from playwright.sync_api import BrowserContext, Page, expect

from seminarkit.core.forms.notebook_forms import newest_answers

QUESTION = "Do your institutions offer, accept or plan micro-credentials? How?"
# the first start after an installation reads much; a machine may be busy
PATIENCE = 90


@dataclass
class Opened:
    """A running ``seminar open``: its process, what it says, the pack it opened."""

    process: subprocess.Popen[str]
    told: Path
    place: Path
    home: Path

    @property
    def address(self) -> str:
        return re.search(r"go to this address: (http://\S+)", self.told.read_text("utf-8"))[1]  # type: ignore[index]

    def kernels(self) -> list[int]:
        return kernels_below(self.process.pid)

    def end(self, how: int = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise


def start(root: Path, home: Path, *words: str, place: Path) -> Opened:
    """Run the command as a person does, with a home and a browser of their own."""
    home.mkdir(exist_ok=True)
    told = root / "told.txt"
    browser = root / "browser.sh"
    browser.write_text(f'#!/bin/sh\nprintf "%s\\n" "$1" >> "{root}/browsed.txt"\n')
    browser.chmod(0o755)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "JPY", "XDG"))}
    environment = {**kept, "HOME": str(home), "BROWSER": str(browser), "JUPYTER_TOKEN": "guess"}
    with told.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "seminarkit", "open", *words],
            cwd=root,
            env=environment,
            stdout=out,
            stderr=out,
            text=True,
        )
    try:
        wait_for(
            lambda: "Ctrl+C" in told.read_text("utf-8") or process.poll() is not None, PATIENCE
        )
        assert process.poll() is None, told.read_text("utf-8")
    except BaseException:
        process.kill()
        raise
    return Opened(process, told, place, home)


def list_of(context: BrowserContext, opened: Opened) -> Page:
    page = context.new_page()
    page.goto(opened.address)
    expect(page.get_by_role("heading", name="My tasks")).to_be_visible(timeout=PATIENCE * 1000)
    return page


def choose(page: Page, task: str = "Country report") -> Page:
    page.get_by_role("link", name=task, exact=True).click()
    expect(field(page)).to_be_visible(timeout=60_000)
    return page


def field(page: Page) -> Any:
    return page.get_by_label(QUESTION)


def book_of(opened: Opened) -> Path:
    (path,) = opened.place.glob("[!.]*-country_report.ipynb")
    return path


def words_in(path: Path) -> str:
    try:
        held = newest_answers(json.loads(path.read_text("utf-8")))
    except json.JSONDecodeError:
        return ""
    return "".join(str(p["answers"].get("institutions", "")) for p in held.values())


def write(page: Page, opened: Opened, words: str) -> None:
    field(page).fill(words)
    page.keyboard.press("Control+s")
    wait_for(lambda: words_in(book_of(opened)) == words)
