"""Makes the README's picture from the running product: a form, and the report made of it.

Needs Chromium, and what the demo left in packs/, inbox/ and output/.

Example:
    make demo && .venv/bin/python scripts/make_pictures.py
"""

from __future__ import annotations

import base64
import shutil
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from seminarkit.seminar.folder import SeminarFolder

PERSON, COUNTRY = "GE-1", "GE"
TARGET = Path(__file__).parent / "pictures" / "report-beside-form.png"
SIZE = {"width": 620, "height": 1180}
FRAME = """<style>
  body {{ margin: 0; padding: 28px; display: flex; gap: 28px; background: #e8ecf3; }}
  figure {{ margin: 0; font: 600 17px system-ui, 'DejaVu Sans', sans-serif; color: #1a1c20; }}
  img {{ display: block; width: {width}px; margin-top: 12px; box-shadow: 0 2px 14px #0003; }}
</style>
<figure>What a core participant fills in<img src="data:image/png;base64,{form}"></figure>
<figure>What the kit makes of it<img src="data:image/png;base64,{report}"></figure>"""


def main() -> None:
    """Take both pictures and set them side by side."""
    folder = SeminarFolder.find()
    name = f"{PERSON}-country_report"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        form = _form(browser, folder.packs / COUNTRY / PERSON / f"{name}.html", _filled(folder))
        report = _report(browser, folder.site("core") / "countries" / f"{COUNTRY}.html")
        page = browser.new_page(viewport={"width": 1324, "height": 1280})
        page.set_content(FRAME.format(width=SIZE["width"], form=form, report=report))
        TARGET.parent.mkdir(exist_ok=True)
        page.screenshot(path=TARGET)
        browser.close()
    print(f"{TARGET} ({TARGET.stat().st_size / 1000:.0f} kB)")


def _filled(folder: SeminarFolder) -> Path:
    """Return the file that the person sent, whatever its name."""
    return next(
        path
        for path in sorted(folder.inbox.glob("*.ipynb"))
        if f'"id": "{PERSON}"' in (text := path.read_text("utf-8")) and "country_report" in text
    )


def _form(browser: Browser, page_file: Path, filled: Path) -> str:
    page = browser.new_page(viewport=SIZE)
    page.goto(page_file.as_uri())
    page.locator("input[type=file]").set_input_files(filled)
    page.get_by_text("You go on with").wait_for()
    page.reload()
    page.get_by_text("Your answers are here").wait_for()
    return base64.b64encode(page.screenshot()).decode()


def _report(browser: Browser, page_file: Path) -> str:
    page = browser.new_page(viewport=SIZE)
    page.goto(page_file.as_uri())
    return base64.b64encode(page.screenshot()).decode()


if __name__ == "__main__":
    main()
