"""Does axe-core find anything serious on any form or any kind of page?"""

from __future__ import annotations

from typing import Any

import pytest
from browser_tools import findings
from playwright.sync_api import Browser, expect
from serve_tools import FormServer
from shared import EVERY_FORM

from seminarkit.core.seminar.folder import SeminarFolder


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
        "core/questions.html",
        "core/briefs/index.html",
        "groups/d2-group-1/index.html",
        "groups/d2-group-1/brief.html",
        "chairs/colucci/index.html",
        "chairs/colucci/d2-group-1.html",
        "organisers/index.html",
        "organisers/hand-over.html",
        "organisers/answers/registration.html",
        "public/questions.html",
    ],
)
def test_pages(browser: Browser, demo: SeminarFolder, axe: str, place: str) -> None:
    """K07: wide and light, narrow and dark: colours know nothing of the width."""
    page = browser.new_page()
    page.goto((demo.pages.parent / place).as_uri())
    for width, scheme in ((1100, "light"), (390, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
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


@pytest.mark.parametrize(("person", "form"), EVERY_FORM)
def test_forms_as_pages(
    browser: Browser, handed: SeminarFolder, axe: str, person: str, form: str
) -> None:
    """K07: light and with every gap told; then dark, filled in, and with what is wrong told."""
    page = browser.new_page(color_scheme="light")
    folder = handed.packs / ("GE" if person.startswith("GE") else "programme") / person
    page.goto((folder / f"{person}-{form}.html").as_uri())
    page.locator(".sk-progress summary").click()
    page.locator(".sk-progress li button").first.click()
    expect(page.locator(".sk-error:not(:empty)")).to_have_count(1)
    assert findings(page, axe) == []
    page.emulate_media(color_scheme="dark")
    for box in page.get_by_role("checkbox").all():
        box.check()
    for field in page.locator("input[type=text]:visible").all():
        field.fill("some words")
        field.blur()
    expect(page.get_by_text("Keeping …")).to_be_hidden()
    assert findings(page, axe) == []
    page.close()


def test_by_a_link(browser: Browser, form_server: FormServer, axe: str) -> None:
    """K07 C21: my tasks, a form with a gap told, and the page of who is turned away."""
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme, viewport={"width": 390, "height": 800})
        page.goto(form_server.link("UZ-2"))
        expect(page.get_by_role("heading", name="My tasks")).to_be_visible()
        assert findings(page, axe) == []
        page.get_by_role("link", name="Country report", exact=True).click()
        page.locator(".sk-progress summary").click()
        page.locator(".sk-progress li button").first.click()
        page.get_by_role("button", name="Submit").click()
        expect(page.get_by_text("The form is empty")).to_be_visible()
        assert findings(page, axe) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.goto(f"{form_server.url}/link/of-nobody")
        expect(page.get_by_role("heading", name="There is nothing here")).to_be_visible()
        assert findings(page, axe) == []
        page.close()
