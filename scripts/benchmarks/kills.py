"""Whether a browser that is killed while somebody types loses a word that its page called kept.

A form's page is opened from disk in a real Chromium whose profile lies on the disk. Letters are
typed into it in bursts, as people type, and at a random moment every process of the browser gets
SIGKILL. The page told of each sentence below its title, with the words that stood in the field
then, as it appeared. The browser is started again on the same profile, and the page must show
every word that it had called kept; then typing goes on from there.

Example:
    python scripts/benchmarks/kills.py
    python scripts/benchmarks/kills.py 10      # ten kills instead of fifty
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psutil
from measuring import print_table
from playwright.sync_api import BrowserContext, Error, Page, Playwright, sync_playwright

from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.packs.write_packs import prepare

LONGEST = 6.0  # seconds of typing before a kill
FIELD = "Do your institutions offer, accept or plan micro-credentials? How?"
WORDS = "Икки университет, oʻn ikki kurs, ორი უნივერსიტეტი. "
TELL_ALL = """field => {
  const line = document.querySelector(".sk-status");
  const tell = () => window.told(line.textContent, field.value);
  new MutationObserver(tell).observe(line, { childList: true });
}"""


class Told:
    """What the page said, as it said it."""

    def __init__(self) -> None:
        self.kept = ""
        self.sentences = 0

    def hear(self, sentence: str, words: str) -> None:
        """Take one sentence and the words that stood in the field then."""
        if sentence.startswith("Kept on this computer"):
            self.kept, self.sentences = words, self.sentences + 1


def open_page(playwright: Playwright, profile: Path, address: str) -> tuple[BrowserContext, Page]:
    """Start the browser on its profile and open the page."""
    context = playwright.chromium.launch_persistent_context(
        profile, executable_path=shutil.which("chromium"), args=["--no-sandbox"], offline=True
    )
    page = context.new_page()
    page.goto(address)
    page.get_by_label(FIELD).wait_for()
    return context, page


def type_until(page: Page, end: float, number: int) -> None:
    """Type in bursts, with rests in between that are long enough for the page to say so."""
    field = page.get_by_label(FIELD)
    field.focus()
    page.keyboard.press("Control+End")
    while time.monotonic() < end:
        for letter in f"{number} {WORDS}"[: random.randint(3, 30)]:
            page.keyboard.insert_text(letter)
            if time.monotonic() > end:
                return
        page.wait_for_timeout(min(random.uniform(0, 800), max(0, (end - time.monotonic()) * 1000)))


def kill(profile: Path) -> int:
    """SIGKILL every process of the browser with this profile; return how many there were."""
    killed = 0
    for process in psutil.process_iter(["cmdline"]):
        if f"--user-data-dir={profile}" in (process.info["cmdline"] or []):
            with suppress(psutil.Error):
                for each in (process, *process.children(recursive=True)):
                    with suppress(ProcessLookupError):
                        os.kill(each.pid, signal.SIGKILL)
                        killed += 1
    return killed


def main(kills: int) -> None:
    """Measure and print."""
    lost = more = processes = sentences = letters = 0
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        root = Path(temporary)
        (root / "seminar.yml").write_bytes((KIT / "seminar.yml").read_bytes())
        pack = prepare(SeminarFolder(root), ["UZ"])[0].folder
        address = (pack / "UZ-2" / "UZ-2-country_report.html").as_uri()
        kept = ""
        for number in range(kills + 1):
            context, page = open_page(playwright, root / "profile", address)
            there = page.get_by_label(FIELD).input_value()
            if not there.startswith(kept):
                lost += 1
                print(f"kill {number}: {len(kept)} letters were kept, {len(there)} are there")
            more += len(there) > len(kept)
            if number == kills:
                context.close()
                break
            if len(there) > 2000:
                page.get_by_label(FIELD).fill("")
                page.get_by_text("Kept on this computer").wait_for()
                there = ""
            told = Told()
            told.kept = there
            page.expose_function("told", told.hear)
            page.get_by_label(FIELD).evaluate(TELL_ALL)
            type_until(page, time.monotonic() + random.uniform(0, LONGEST), number)
            processes += kill(root / "profile")
            with suppress(Error):
                context.close()
            kept, sentences = told.kept, sentences + told.sentences
            letters += len(kept) - len(there)
    print_table(
        f"A page from disk, its browser killed {kills} times while somebody types",
        [
            ("kills", str(kills), "50"),
            ("processes killed", str(processes), "–"),
            ("times the page said “Kept”", f"{sentences:,}", "–"),
            ("letters it called kept", f"{letters:,}", "–"),
            ("kills that lost such a letter", str(lost), "0"),
            ("kills after which more was there", str(more), "–"),
        ],
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
