"""Does axe-core find anything serious on any form or any kind of page?"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from browser_tools import JupyterServer
from playwright.sync_api import Browser, Page, expect
from shared import EVERY_FORM

from seminarkit.prepare.packs import prepare
from seminarkit.seminar.folder import SeminarFolder

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
SERIOUS = ("serious", "critical")


@pytest.fixture(scope="session")
def axe() -> str:
    if not AXE.exists():
        reason = "axe-core is not installed (npm install --prefix tests/browser)"
        raise pytest.skip.Exception(reason)
    return AXE.read_text("utf-8")


def findings(page: Page, axe: str, inside: str | None = None) -> list[str]:
    """Return what axe-core calls serious or critical, a line each."""
    page.evaluate(axe)  # not as a script element: the page's own policy forbids those
    result = page.evaluate("(inside) => axe.run(inside ?? document)", inside)
    return [
        f"{each['id']}: {node['html'][:120]}"
        for each in result["violations"]
        if each["impact"] in SERIOUS
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1100, 390])
@pytest.mark.parametrize(
    "place",
    [
        "core/index.html",
        "core/comparison.html",
        "core/survey.html",
        "core/status.html",
        "core/guides/participant.html",
        "core/guides/organiser.html",
        "core/countries/GE.html",
        "core/countries/JO.html",
        "core/countries/LY.html",
        "public/index.html",
        "public/countries/IL.html",
        "public/comparison.html",
        "public/survey.html",
        "core/programme.html",
        "core/readings.html",
        "core/cases.html",
        "core/definitions.html",
        "public/programme.html",
        "public/readings.html",
    ],
)
def test_pages(
    browser: Browser, demo: SeminarFolder, axe: str, place: str, width: int, scheme: Any
) -> None:
    """K07"""
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto((demo.pages.parent / place).as_uri())
    assert findings(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # no column out of sight, but for the matrix of all countries and all questions
    tables = page.locator(".scroll:not(:has(.matrix))")
    assert not any(tables.evaluate_all("all => all.map(e => e.scrollWidth > e.clientWidth)"))
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["GE-2/index.html", "GE-NEO/index.html", "guide-participant.html"])
def test_what_else_lies_in_a_pack(
    browser: Browser, demo: SeminarFolder, axe: str, name: str, scheme: Any
) -> None:
    """K07 K04: the list of tasks and the guide, also on a phone."""
    page = browser.new_page(viewport={"width": 390, "height": 800}, color_scheme=scheme)
    page.goto((demo.packs / "GE" / name).as_uri())
    assert findings(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("person", "form"), EVERY_FORM)
def test_forms_as_pages(
    browser: Browser, demo: SeminarFolder, axe: str, person: str, form: str, scheme: Any
) -> None:
    """K07: empty, half filled, with every gap told, and with an error beside a field."""
    page = browser.new_page(color_scheme=scheme)
    folder = demo.packs / ("GE" if person.startswith("GE") else "programme") / person
    page.goto((folder / f"{person}-{form}.html").as_uri())
    expect(page.locator(".sk-form")).to_be_visible()
    assert findings(page, axe) == []
    page.locator("summary").click()
    page.locator(".sk-progress li button").first.click()
    assert page.locator(".sk-error:not(:empty)").count() == 1
    assert findings(page, axe) == []
    for box in page.get_by_role("checkbox").all():
        box.check()
    for field in page.locator("input[type=text]:visible").all():
        field.fill("some words")
        field.blur()
    page.wait_for_timeout(400)
    assert findings(page, axe) == []
    page.close()


def test_a_form_in_a_notebook(
    browser: Browser, server: JupyterServer, axe: str, folder: SeminarFolder
) -> None:
    """K07: the form itself; Lab's own frame is not ours to judge."""
    pack = prepare(folder, ["GE"])[0].folder
    path = server.root / "axe.ipynb"
    shutil.copy(pack / "GE-2" / "GE-2-country_report.ipynb", path)
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.goto(server.page(path.name))
    expect(page.locator(".sk-form")).to_be_visible(timeout=60_000)
    page.locator(".sk-form summary").click()
    page.locator(".sk-progress li button").first.click()
    assert findings(page, axe, ".sk-form") == []
    page.close()
