"""The page: from disk, offline, killed, reopened, saved, sent, collected and published."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from browser_tools import ARGUMENTS, CHROMIUM
from playwright.sync_api import BrowserContext, Page, Playwright, expect
from shared import EVERY_FORM

from seminarkit.analyse.dossier import build_dossiers
from seminarkit.analyse.status import board
from seminarkit.collect.collecting import collect
from seminarkit.forms.bundle import ANSWERS_MIME, FORM_MIME, mime_bundle
from seminarkit.prepare.notebook import form_cells
from seminarkit.prepare.packs import prepare
from seminarkit.publish.publishing import publish
from seminarkit.report.batch import run_batch
from seminarkit.report.plan import planned
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.store.reading import submissions

SCRIPTS = {
    "What is it called, and what is it about?": "მონაცემთა ანალიზი",
    "How do your institutions deal with them?": "Երկու համալսարան <script>alert(1)</script>",
    "What does national legislation say?": "القانون لا يذكرها مع 5 ECTS",
    "Whether and how are they evaluated?": "החוק אינו מזכיר אותן",
    "Whether and how are they accredited?": "Закон их не называет",
    "Whether and how are they recognised?": "Қарау әр жағдайда pаypal \u202egpj.exe\u202c",
    "One opportunity for your country": "=1+1 {country} ../.. ${HOME} %(name)s $x$ 📚",
    "Link to the law or regulation": "https://www.example.org/a?b=1&c=<d>",
    "One obstacle in your country": "two\nlines & more",
}


@pytest.fixture
def pack(folder: SeminarFolder) -> Path:
    return prepare(folder, ["GE", "programme"])[0].folder


@pytest.fixture
def open_page(context: BrowserContext, pack: Path) -> Any:
    def go(form: str = "country_report", person: str = "GE-2", **options: Any) -> Page:
        page = options.get("context", context).new_page()
        folder = pack if person.startswith("GE") else pack.parent / "programme"
        page.goto((folder / person / f"{person}-{form}.html").as_uri())
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        return page

    return go


def save(page: Page, place: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my file").click()
    path = place / download.value.suggested_filename
    download.value.save_as(path)
    return path


def payload_of(path: Path) -> dict[str, Any]:
    book = json.loads(path.read_text("utf-8"))
    nbformat.validate(nbformat.from_dict(book))
    (cell,) = form_cells(book)
    data = cell["outputs"][0]["data"]
    assert data == mime_bundle(data[FORM_MIME], data[ANSWERS_MIME]), "both writers agree"
    return dict(data[ANSWERS_MIME])


def fill_report(page: Page) -> None:
    for label, words in SCRIPTS.items():
        page.get_by_label(label, exact=False).first.fill(words)
    page.get_by_label("Public university or college").check()
    page.get_by_label("Credits").fill("6")
    page.get_by_label("Link", exact=True).fill("https://www.example.org/course")
    page.get_by_label("A few").check()
    for label in (
        "definition",
        "law or regulation under",
        "place for them",
        "Quality assurance that",
        "Rules by which",
    ):
        page.get_by_role("group", name=label).get_by_label("Being prepared").check()
    page.get_by_label("Yes, put the report on the public page").check()


@pytest.fixture
def killable(playwright: Playwright, tmp_path: Path) -> Iterator[Any]:
    """Starts a browser with a profile on disk, as often as asked; each may be killed."""
    running: list[BrowserContext] = []

    def start() -> BrowserContext:
        context = playwright.chromium.launch_persistent_context(
            tmp_path / "profile", executable_path=CHROMIUM, args=ARGUMENTS, offline=True
        )
        running.append(context)
        return context

    yield start
    for each in running:
        try:
            each.close()
        except Exception:  # it was killed
            continue


def kill(profile: Path) -> None:
    """SIGKILL every process of the browser with this profile: no goodbye, no flush."""
    for process in psutil.process_iter(["cmdline"]):
        if f"--user-data-dir={profile}" in (process.info["cmdline"] or []):
            for each in (*process.children(recursive=True), process):
                try:
                    os.kill(each.pid, signal.SIGKILL)
                except ProcessLookupError:
                    continue


def test_from_the_first_letter_to_the_published_page(
    killable: Any, pack: Path, folder: SeminarFolder, tmp_path: Path
) -> None:
    """C03 C22 C23 C24 C26: opened from disk, network off, killed, reopened, saved, collected, shown."""
    address = (pack / "GE-2" / "GE-2-country_report.html").as_uri()
    first = killable().new_page()
    requests: list[str] = []
    first.on("request", lambda request: requests.append(request.url))
    first.goto(address)
    fill_report(first)
    expect(first.get_by_text("Kept on this computer at")).to_be_visible()
    assert requests == [address]
    time.sleep(1)  # the line tells of the change before the last one until that is written too
    kill(tmp_path / "profile")

    second = killable().new_page()
    second.goto(address)
    expect(second.get_by_text("Your answers are here as you left them.")).to_be_visible()
    expect(second.get_by_text("15 of 15 answered")).to_be_visible()
    code = second.locator(".sk-progress b").inner_text().removeprefix("Receipt ")
    path = save(second, folder.inbox)
    assert path.name == "GE-2-country_report.ipynb"
    os.utime(path, (1_600_000_000, 1_600_000_000))

    result = collect(folder)
    (outcome,) = (o for _, o in result.outcomes)
    assert (outcome.kind, code in outcome.text) == ("accepted", True)
    come = submissions(folder.database)
    assert come[0].answers["legislation"] == SCRIPTS["What does national legislation say?"]

    dossiers = build_dossiers(folder, come)
    reports = planned(folder, dossiers, ["GE"], over_all=False)
    assert not run_batch(reports, folder.root).failed
    publish(folder, board(folder.seminar, come))
    shown = second.context.new_page()
    alarms: list[str] = []
    shown.on("dialog", lambda dialog: alarms.append(dialog.message))
    shown.on("pageerror", lambda error: alarms.append(str(error)))
    shown.goto((folder.site("core") / "countries" / "GE.html").as_uri())
    text = shown.locator("main").inner_text()
    for words in SCRIPTS.values():
        for line in words.splitlines():
            assert line in text, "letter by letter"
    assert code in text
    assert alarms == []
    assert "Traceback" not in text
    public = (folder.site("public") / "countries" / "GE.html").read_text("utf-8")
    assert "Закон их не называет" in public
    assert code not in public


@pytest.mark.parametrize("moment", [0.0, 0.01, 0.03, 0.08, 0.2])
def test_a_kill_loses_nothing_that_was_told_as_kept(
    killable: Any, pack: Path, tmp_path: Path, moment: float
) -> None:
    """C03: the line says 'Kept' only once the words are in the browser's database."""
    address = (pack / "GE-2" / "GE-2-questions.html").as_uri()
    page = killable().new_page()
    page.goto(address)
    question = page.get_by_label("Your question").first
    question.press_sequentially("Who pays for it, and who learns?", delay=1)
    expect(page.get_by_text("Kept on this computer at")).to_be_visible()
    kept = page.evaluate(
        """async () => {
          const open = indexedDB.open('seminarkit', 1);
          await new Promise((done) => (open.onsuccess = done));
          const all = open.result.transaction('drafts').objectStore('drafts').getAll();
          await new Promise((done) => (all.onsuccess = done));
          return all.result[0].filled.answers.questions[0].question;
        }"""
    )
    time.sleep(moment)
    kill(tmp_path / "profile")
    again = killable().new_page()
    again.goto(address)
    expect(again.get_by_text("Your answers are here")).to_be_visible()
    assert again.get_by_label("Your question").first.input_value().startswith(kept)
    assert len(kept) > 20


def test_continue_from_my_file_on_another_computer(
    open_page: Any, context: BrowserContext, browser: Any, tmp_path: Path
) -> None:
    """C03 C24"""
    page = open_page("questions")
    page.get_by_label("Your question").first.fill("Who pays?")
    path = save(page, tmp_path)
    assert path.name == "GE-2-questions-draft.ipynb"
    elsewhere = browser.new_context(accept_downloads=True)
    other = open_page("questions", context=elsewhere)
    assert other.get_by_label("Your question").first.input_value() == ""
    other.locator("input[type=file]").set_input_files(path)
    expect(other.get_by_label("Your question").first).to_have_value("Who pays?")
    other.get_by_label("Your question").first.fill("Who pays for it?")
    again = payload_of(save(other, tmp_path))
    assert (
        again["rev"] > payload_of(path)["rev"]
        or again["answers"]["questions"][0]["question"] == "Who pays for it?"
    )
    elsewhere.close()


def test_going_back_after_opening_a_file(open_page: Any, tmp_path: Path) -> None:
    page = open_page("questions")
    question = page.get_by_label("Your question").first
    question.fill("first")
    path = save(page, tmp_path)
    question.fill("second")
    page.locator("input[type=file]").set_input_files(path)
    expect(question).to_have_value("first")
    page.get_by_role("button", name="Go back to what was here").click()
    expect(page.get_by_label("Your question").first).to_have_value("second")


def test_a_colleague_goes_on_with_my_file_and_drafts_never_mix(
    open_page: Any, tmp_path: Path
) -> None:
    """C28"""
    mine = open_page("questions", "GE-2")
    mine.get_by_label("Your question").first.fill("mine")
    path = save(mine, tmp_path)
    theirs = open_page("questions", "GE-3")
    theirs.get_by_label("Your question").first.fill("theirs")
    theirs.locator("input[type=file]").set_input_files(path)
    expect(theirs.get_by_label("Your question").first).to_have_value("mine")
    expect(
        theirs.get_by_text("You go on with the file of Core participant 2, Georgia.")
    ).to_be_visible()
    theirs.get_by_label("Your question").nth(1).fill("theirs, in mine")
    saved = payload_of(save(theirs, tmp_path))
    assert saved["author"]["id"] == "GE-2"
    assert [q["question"] for q in saved["answers"]["questions"]] == ["mine", "theirs, in mine"]
    theirs.reload()
    expect(theirs.get_by_label("Your question").first).to_have_value("theirs")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("photo.ipynb", b"\x89PNG", "is not a saved form"),
        ("empty.ipynb", b"", "is not a saved form"),
        ("other.ipynb", b'{"cells": []}', "holds no answers to"),
        (
            "strange.ipynb",
            b'{"cells": [{"outputs": [{"data": null}]}, 5, null]}',
            "holds no answers to",
        ),
    ],
)
def test_a_wrong_file_is_told_and_changes_nothing(
    open_page: Any, tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    page = open_page("questions")
    page.get_by_label("Your question").first.fill("mine")
    (tmp_path / name).write_bytes(data)
    page.locator("input[type=file]").set_input_files(tmp_path / name)
    expect(page.get_by_text(words)).to_be_visible()
    expect(page.get_by_label("Your question").first).to_have_value("mine")


def test_two_windows_of_one_form_ask_which_words_count(open_page: Any) -> None:
    """C28: neither writes over the other unasked."""
    one, two = open_page("questions"), open_page("questions")
    one.get_by_label("Your question").first.fill("from one")
    expect(one.get_by_text("Kept on this computer")).to_be_visible()
    two.get_by_label("Your question").first.fill("from two")
    expect(two.get_by_text("open in another window too")).to_be_visible()
    two.get_by_role("button", name="Show the words from there").click()
    expect(two.get_by_label("Your question").first).to_have_value("from one")
    two.get_by_label("Your question").first.fill("from two again")
    expect(two.get_by_text("Kept on this computer")).to_be_visible()
    two.reload()
    expect(two.get_by_label("Your question").first).to_have_value("from two again")


def test_a_browser_that_keeps_nothing_is_told_truly(context: BrowserContext, pack: Path) -> None:
    page = context.new_page()
    page.add_init_script(
        "Object.defineProperty(window, 'indexedDB', { get() { throw new Error('no') } })"
    )
    page.goto((pack / "GE-2" / "GE-2-questions.html").as_uri())
    page.get_by_label("Your question").first.fill("x")
    expect(page.get_by_text("This browser keeps no drafts. Save your file")).to_be_visible()


def test_each_gap_is_one_click_away_and_said_beside_its_field(open_page: Any) -> None:
    """C04 C27: what is wrong or open is told in plain words before anything is sent."""
    page = open_page()
    expect(page.get_by_text("0 of 15 answered")).to_be_visible()
    page.get_by_text("15 still open").click()
    page.get_by_role("button", name="One obstacle in your country").click()
    field = page.get_by_label("One obstacle in your country")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description("Not answered yet. 0 of 60 words")
    field.fill("None.")
    expect(page.get_by_text("1 of 15 answered")).to_be_visible()
    expect(field).to_have_attribute("aria-invalid", "false")
    link = page.get_by_label("Link", exact=True)
    link.fill("www.example.org")
    link.blur()
    expect(link).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_text("A link begins with https:// and has no spaces").first).to_be_visible()


def test_an_answer_that_asks_for_more_shows_the_question(open_page: Any) -> None:
    page = open_page("pre_survey")
    more = page.get_by_label("What would you need to see in it?")
    expect(more).to_be_hidden()
    trust = page.get_by_role("group", name="I would trust")
    trust.get_by_label("I partly agree").check()
    expect(more).to_be_visible()
    trust.get_by_label("I agree").check()
    expect(more).to_be_hidden()
    trust.get_by_role("button", name="Clear this answer").click()
    expect(trust.get_by_label("I agree")).not_to_be_checked()


def test_three_at_the_most_is_said_not_forced(open_page: Any) -> None:
    page = open_page("pre_survey")
    group = page.get_by_role("group", name="What interests you most")
    for box in group.get_by_role("checkbox").all()[:4]:
        box.check()
    expect(group.get_by_text("Choose three at the most")).to_be_visible()


def test_a_removed_example_can_be_put_back(open_page: Any, tmp_path: Path) -> None:
    page = open_page()
    page.get_by_label("What is it called").fill("first")
    page.get_by_role("button", name="Add: Example").click()
    second = page.get_by_role("group", name="Example 2").get_by_label("What is it called")
    expect(second).to_be_focused()
    second.fill("second")
    page.get_by_role("button", name="Remove Example 1").click()
    expect(page.get_by_text("Example 1 is removed.")).to_be_visible()
    assert payload_of(save(page, tmp_path))["answers"]["examples"] == [{"example_title": "second"}]
    page.get_by_role("button", name="Put it back").click()
    titles = [e.input_value() for e in page.get_by_label("What is it called").all()]
    assert titles == ["first", "second"]


def test_words_are_counted_and_never_stopped(open_page: Any) -> None:
    page = open_page("questions")
    page.get_by_label("Your question").first.fill("word " * 60)
    expect(page.get_by_text("60 of 50 words: a little long, you may leave it so")).to_be_visible()


def test_a_right_to_left_answer_runs_right_to_left(open_page: Any) -> None:
    """C22"""
    page = open_page("questions")
    field = page.get_by_label("Your question").first
    field.fill("من يدفع؟")
    assert field.evaluate("e => e.matches(':dir(rtl)')")
    field.fill("Who pays?")
    assert field.evaluate("e => e.matches(':dir(ltr)')")


def test_everything_works_by_keyboard_alone(open_page: Any, tmp_path: Path) -> None:
    """K07: from the first field to the saved file, with no mouse."""
    page = open_page("questions")
    keys = page.keyboard
    for number in (1, 2):
        select = page.get_by_label("What is it about?").nth(number - 1)
        while not select.evaluate("e => e === document.activeElement"):
            keys.press("Tab")
        keys.press("ArrowDown")
        keys.press("Tab")
        keys.type(f"Question {number}")
        keys.press("Tab")
    done = page.get_by_role("button", name="Save my file")
    with page.expect_download() as download:
        while not done.evaluate("e => e === document.activeElement"):
            keys.press("Tab")
        keys.press("Enter")
    path = tmp_path / "saved.ipynb"
    download.value.save_as(path)
    questions = payload_of(path)["answers"]["questions"]
    assert [q["question"] for q in questions] == ["Question 1", "Question 2"]
    assert all(q["about"] for q in questions)


@pytest.mark.parametrize(("person", "form"), EVERY_FORM)
def test_a_phones_width_needs_no_sideways_scroll(open_page: Any, person: str, form: str) -> None:
    """C21: 390 px, and 320 px: what 640 px show at 200 %."""
    page = open_page(form, person)
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
