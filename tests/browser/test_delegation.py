"""What a delegation does together, as pages: the list of tasks, the joint report, a question back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from seminarkit.core.seminar.clock import now
from seminarkit.core.seminar.delegation_decisions import Asked
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.topics.intake.collect import collect
from seminarkit.topics.packs.write_packs import prepare

Send = Callable[[str, Any], Path]
pytestmark = pytest.mark.browser


@pytest.fixture
def seminar(
    folder: SeminarFolder, send: Send, filled: Any, answers: dict[str, Any]
) -> SeminarFolder:
    """Two people of Georgia have reported, and see two matters otherwise."""
    other = {**answers, "institutions": "იმათ სხვანაირად იციან.", "has_law": "unknown"}
    for person, given in {"GE-1": answers, "GE-2": other}.items():
        send(f"{person}.ipynb", filled("country_report", person, given))
    collect(folder)
    return folder


def open_form(context: BrowserContext, folder: SeminarFolder, person: str, form: str) -> Page:
    prepare(SeminarFolder(folder.root), ["GE"])
    page = context.new_page()
    page.goto((folder.packs / "GE" / person / f"{person}-{form}.html").as_uri())
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page


def saved(page: Page, folder: SeminarFolder) -> list[Any]:
    """Press 'Save my file', put the file into the inbox, and collect."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my file").click()
    download.value.save_as(folder.inbox / download.value.suggested_filename)
    return [outcome for _, outcome in collect(folder).outcomes]


def test_the_neo_chooses_where_two_differ(
    context: BrowserContext, seminar: SeminarFolder, answers: dict[str, Any]
) -> None:
    """E05: both answers stand at the question with their names; a click takes one, words can follow."""
    page = open_form(context, seminar, "GE-NEO", "country_report-joint")
    expect(page.get_by_text("2 still open")).to_be_visible()
    offered = page.locator("blockquote", has_text="იმათ სხვანაირად")
    expect(offered).to_contain_text("Core participant 2, Georgia")
    offered.get_by_role("button", name="Take this answer").click()
    field = page.get_by_label("Do your institutions offer, accept or plan micro-credentials? How?")
    expect(field).to_be_focused()
    expect(field).to_have_value("იმათ სხვანაირად იციან.")
    law = page.get_by_role("group", name="A law or regulation under")
    law.locator("blockquote", has_text="We do not know").get_by_role("button").click()
    expect(law.get_by_label("We do not know")).to_be_checked()
    expect(page.get_by_text("15 of 15 answered")).to_be_visible()
    page.reload()
    expect(
        page.get_by_label("Do your institutions offer, accept or plan micro-credentials? How?")
    ).to_have_value("იმათ სხვანაირად იციან.")
    (outcome,) = saved(page, seminar)
    assert (outcome.kind, outcome.country) == ("accepted", "GE")
    (joint,) = (s for s in submissions(seminar.database) if s.subject == "joint")
    assert joint.person == "GE-NEO"
    assert joint.answers["has_law"] == "unknown"
    assert joint.answers["legislation"] == answers["legislation"]


def test_a_question_back_stands_above_the_answers_as_they_came(
    context: BrowserContext, seminar: SeminarFolder, answers: dict[str, Any]
) -> None:
    """O31: shown as text, the answers there to be changed; what is sent replaces the version."""
    (asked_about,) = (s for s in submissions(seminar.database) if s.person == "GE-1")
    words = "Which carry credits?\n<img src=x onerror=alert(1)>"
    seminar.decisions.add(
        [Asked("GE", "GE-1", "country_report", "", words, asked_about.receipt, at=now())]
    )
    page = open_form(context, seminar, "GE-1", "country_report")
    box = page.locator(".sk-remarks")
    expect(box).to_contain_text("The organisers ask")
    expect(box).to_contain_text("<img src=x")
    expect(page.get_by_text(asked_about.receipt)).to_be_visible()
    field = page.get_by_label("Do your institutions offer, accept or plan micro-credentials? How?")
    expect(field).to_have_value(answers["institutions"])
    field.fill("Two of them carry six.")
    (outcome,) = saved(page, seminar)
    assert outcome.kind == "replaced"


def test_the_list_of_tasks_says_what_is_begun(
    context: BrowserContext, seminar: SeminarFolder
) -> None:
    """C01 C28 O15: from the list to a form and back; what was begun on this computer is told."""
    page = open_form(context, seminar, "GE-3", "questions")
    page.get_by_label("Your question").first.fill("Who pays?")
    expect(page.get_by_text("Kept on this computer at")).to_be_visible()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((seminar.packs / "GE" / "GE-3" / "index.html").as_uri())
    task = page.get_by_role("listitem").filter(
        has=page.get_by_role("link", name="Questions", exact=True)
    )
    expect(task).to_contain_text("Begun on this computer, last change")
    expect(page.get_by_text("Begun on this computer")).to_have_count(1)
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    task.get_by_role("link", name="Questions", exact=True).click()
    expect(page.get_by_label("Your question").first).to_have_value("Who pays?")
    assert errors == []


def test_a_list_of_tasks_opened_first_makes_nothing_that_forms_stumble_over(
    context: BrowserContext, seminar: SeminarFolder
) -> None:
    """C03: the list looks for drafts before any form has made the place for them."""
    prepare(seminar, ["GE"])
    page = context.new_page()
    page.goto((seminar.packs / "GE" / "GE-3" / "index.html").as_uri())
    page.get_by_role("link", name="Questions", exact=True).click()
    page.get_by_label("Your question").first.fill("Who pays?")
    expect(page.get_by_text("Kept on this computer at")).to_be_visible()
