"""Makes the pictures of the README and of the guides from the running product.

Needs Chromium, and what the demo left in packs/, inbox/ and output/.

Example:
    make demo && .venv/bin/seminar prepare && .venv/bin/python scripts/make_pictures.py
"""

from __future__ import annotations

import base64
import io
import shutil
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from seminarkit.core.seminar.folder import SeminarFolder

PERSON, COUNTRY = "GE-1", "GE"
README = Path(__file__).parent / "pictures" / "report-beside-form.png"
GUIDES = Path(__file__).parent.parent / "templates" / "guides"
SIZE = {"width": 620, "height": 1180}
FRAME = """<style>
  body {{ margin: 0; padding: 28px; display: flex; gap: 28px; background: #e8ecf3; }}
  figure {{ margin: 0; font: 600 17px system-ui, 'DejaVu Sans', sans-serif; color: #1a1c20; }}
  img {{ display: block; width: {width}px; margin-top: 12px; box-shadow: 0 2px 14px #0003; }}
</style>
<figure>What a core participant fills in<img src="data:image/png;base64,{form}"></figure>
<figure>What the kit makes of it<img src="data:image/png;base64,{report}"></figure>"""


def main() -> None:
    """Take every picture anew."""
    folder = SeminarFolder.find()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        _keep(README, _side_by_side(browser, folder), colours=256)
        for name, (path, width, height, prepare) in _guide_pictures(folder).items():
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(path.as_uri())
            prepare(page)
            _keep(GUIDES / f"{name}.png", page.screenshot(), colours=64)
            page.close()
        browser.close()


def _keep(target: Path, picture: bytes, *, colours: int) -> None:
    """Write a picture with few colours: what is looked at on a poor line should be light."""
    target.parent.mkdir(exist_ok=True)
    light = Image.open(io.BytesIO(picture)).convert("RGB").quantize(colours)
    light.save(target, optimize=True)
    print(f"{target} ({target.stat().st_size / 1000:.0f} kB)")


Prepare = Callable[[Page], None]


def _guide_pictures(folder: SeminarFolder) -> dict[str, tuple[Path, int, int, Prepare]]:
    """Return by name: the page, width and height of the window, and what is done first."""
    pack, core = folder.packs / COUNTRY, folder.site("core")
    questions = pack / "GE-3" / "GE-3-case_review-ghent.html"
    joint = pack / "GE-NEO" / "GE-NEO-country_report-joint.html"
    return {
        "tasks": (pack / "GE-2" / "index.html", 480, 820, _as_it_is),
        "progress": (questions, 560, 620, _half_filled),
        "joint": (joint, 620, 560, _at_a_difference),
        "index": (core / "index.html", 760, 760, _at_the_map),
        "compared": (core / "comparison.html", 700, 700, _as_it_is),
        "board": (core / "status.html", 860, 760, _as_it_is),
        "programme": (core / "programme.html", 760, 760, _as_it_is),
    }


def _as_it_is(page: Page) -> None:
    page.wait_for_timeout(300)


def _at_the_map(page: Page) -> None:
    page.locator(".calm").evaluate("node => node.scrollIntoView()")
    page.wait_for_timeout(300)


def _half_filled(page: Page) -> None:
    page.get_by_label("Yes, the whole recording").check()
    page.get_by_label("which policy purpose").fill("Re-training of people at work. [sample]")
    page.get_by_label("What convinced you?").fill("One framework for all universities. [sample]")
    page.get_by_text("Kept on this computer").wait_for()
    page.locator(".sk-progress summary").click()
    page.locator(".sk-progress").evaluate("node => node.scrollIntoView({block: 'center'})")


def _at_a_difference(page: Page) -> None:
    page.locator("blockquote").first.evaluate("node => node.scrollIntoView({block: 'center'})")
    page.wait_for_timeout(300)


def _side_by_side(browser: Browser, folder: SeminarFolder) -> bytes:
    form = _form(browser, folder)
    report = browser.new_page(viewport=SIZE)
    report.goto((folder.site("core") / "countries" / f"{COUNTRY}.html").as_uri())
    frame = browser.new_page(viewport={"width": 1324, "height": 1280})
    pictures = {"form": _text(form.screenshot()), "report": _text(report.screenshot())}
    frame.set_content(FRAME.format(width=SIZE["width"], **pictures))
    return frame.screenshot()


def _form(browser: Browser, folder: SeminarFolder) -> Page:
    """Return the page of a form that shows the file its person sent."""
    page = browser.new_page(viewport=SIZE)
    page.goto((folder.packs / COUNTRY / PERSON / f"{PERSON}-country_report.html").as_uri())
    page.locator("input[type=file]").set_input_files(_filled(folder))
    page.get_by_text("You go on with").wait_for()
    page.reload()
    page.get_by_text("Your answers are here").wait_for()
    return page


def _filled(folder: SeminarFolder) -> Path:
    """Return the country report that the person sent, whatever its name."""
    return next(
        path
        for path in sorted(folder.inbox.glob("*.ipynb"))
        if f'"id": "{PERSON}"' in (text := path.read_text("utf-8")) and "country_report" in text
    )


def _text(picture: bytes) -> str:
    return base64.b64encode(picture).decode()


if __name__ == "__main__":
    main()
