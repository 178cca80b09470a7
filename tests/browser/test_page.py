"""The page from disk: what its line tells, files of others, what is open, keys, a phone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from browser_tools import wait_for
from playwright.sync_api import BrowserContext, Page, expect
from shared import EVERY_FORM, ROOT

from seminarkit.core.forms.bundle import ANSWERS_MIME, FORM_MIME, mime_bundle
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.packs.form_notebook import form_cells

# where the keys go: what it is, what it wants; of check boxes that belong together only the first
WHERE = """() => {
  const e = document.activeElement, label = e.labels?.[0]?.textContent ?? '';
  const first = e.type !== 'checkbox' || e === e.closest('fieldset').querySelector('input');
  return {
    kind: first ? e.type : '', empty: e.value === '', text: e.textContent,
    wants: label.match(/mail|Codes/)?.[0] ?? e.inputMode,
  };
}"""
ERROR = "document.activeElement.closest('fieldset').querySelector(':scope > .sk-error').textContent"
ANSWERS = {
    "url": "https://www.example.org/a",
    "numeric": "5",
    "mail": "person@example.org",
    "Codes": "GE, LO4",
}


@pytest.fixture
def pack(handed: SeminarFolder) -> Path:
    return handed.packs / "GE"


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


def test_an_example_opens_and_closes_and_is_no_answer(open_page: Any, tmp_path: Path) -> None:
    """C38: folded at first; by click and by key; the file that is saved holds nothing of it."""
    page = open_page("questions")
    good = page.get_by_text("How do you check the identity of 1,000 online learners")
    summary = page.get_by_text("An example, made up")
    expect(good).to_be_hidden()
    summary.click()
    expect(good).to_be_visible()
    page.keyboard.press("Enter")
    expect(good).to_be_hidden()
    expect(page.get_by_text("0 of 2 answered")).to_be_visible()
    summary.click()
    page.get_by_label("Your question").first.fill("Who pays?")
    filled = payload_of(save(page, tmp_path))["answers"]
    assert [row for row in filled["questions"] if row] == [{"question": "Who pays?"}]


def test_the_line_tells_only_what_is_true(open_page: Any) -> None:
    """C03: 'Keeping …' from the change on; 'Kept' only when the disk holds what stands there."""
    page = open_page("questions")
    field = page.get_by_label("Your question").first
    told = field.evaluate(
        """field => {
          const line = document.querySelector('.sk-status');
          window.told = [];
          new MutationObserver(() => {
            const said = [line.textContent, line.ariaLive, field.value, ''];
            window.told.push(said);
            const open = indexedDB.open('seminarkit', 1);
            open.onsuccess = () => {
              const all = open.result.transaction('drafts').objectStore('drafts').getAll();
              all.onsuccess = () => { said[3] = all.result[0]?.filled.answers.questions[0].question ?? ''; };
            };
          }).observe(line, { childList: true });
          field.value = 'W';
          field.dispatchEvent(new Event('input', { bubbles: true }));
          return line.textContent;
        }"""
    )
    assert told == "Keeping …"
    field.focus()
    page.keyboard.press("End")
    for word in ("ho ", "pays ", "for it, ", "and who learns?"):
        page.keyboard.type(word, delay=5)
        expect(page.get_by_text("Kept on this computer at")).to_be_visible()
    wait_for(lambda: page.evaluate("window.told.at(-1)[3]") == "Who pays for it, and who learns?")
    said = page.evaluate("window.told")
    kept = [each for each in said if each[0] != "Keeping …"]
    assert len(kept) >= 4
    heard: set[str] = set()
    for text, live, stood, on_disk in kept:
        assert text.startswith("Kept on this computer at")
        assert on_disk.startswith(stood)
        assert live == ("off" if text in heard else "polite"), "read out once"
        heard.add(text)
    assert all(live == "off" for text, live, *_ in said if text == "Keeping …")
    assert len(said) == 2 * len(kept), "and it does not flicker"


def test_going_back_after_opening_a_file(open_page: Any, tmp_path: Path) -> None:
    page = open_page("questions")
    question = page.get_by_label("Your question").first
    question.fill("first")
    path = save(page, tmp_path)
    question.fill("second")
    page.locator("input[type=file]").set_input_files(path)
    expect(page.get_by_text("It is an earlier version of what is here. Use it?")).to_be_visible()
    expect(question).to_have_value("second")
    page.get_by_role("button", name="Use the file").click()
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
    asked = theirs.get_by_text("is the file of Core participant 2, Georgia. Go on in their name?")
    expect(asked).to_be_visible()
    theirs.get_by_role("button", name="Keep what is here").click()
    expect(theirs.get_by_label("Your question").first).to_have_value("theirs")
    theirs.locator("input[type=file]").set_input_files(path)
    theirs.get_by_role("button", name="Go on as Core participant 2, Georgia").click()
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
        (
            "photo.jpg",
            b"\x89PNG",
            "is not a saved form. Choose the file whose name ends in .ipynb.",
        ),
        ("photo.ipynb", b"\x89PNG", "is not a saved form, though its name ends in .ipynb."),
        ("empty.ipynb", b"", "is empty. Take another copy of the file, or save it anew."),
        ("cut.ipynb", b'{"cells": [{"outputs": [', "is cut off or damaged"),
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


def test_the_way_back_from_a_colleagues_form_stands_until_it_is_gone(
    open_page: Any, tmp_path: Path
) -> None:
    """C28: words typed, a file saved, my own older file: nobody's words get into another's form."""
    mine = open_page("questions", "GE-2")
    field = mine.get_by_label("Your question").first
    field.fill("mine, older")
    older = save(mine, tmp_path).rename(tmp_path / "older.ipynb")
    field.fill("mine")
    colleague = open_page("questions", "GE-3")
    colleague.get_by_label("Your question").first.fill("theirs")
    path = save(colleague, tmp_path).rename(tmp_path / "theirs.ipynb")
    file, back = mine.locator("input[type=file]"), "Go back to my own form"
    go_on = mine.get_by_role("button", name="Go on as Core participant 3, Georgia")
    expect(mine.get_by_role("button", name=back)).to_have_count(0)
    file.set_input_files(path)
    go_on.click()
    expect(field).to_have_value("theirs")
    field.press_sequentially(", and more")
    expect(mine.get_by_text("Kept on this computer")).to_be_visible()
    save(mine, tmp_path)
    expect(mine.get_by_text("This is the form of Core participant 3, Georgia")).to_be_visible()
    mine.get_by_role("button", name=back).click()
    expect(field).to_have_value("mine")
    expect(mine.get_by_role("button", name=back)).to_have_count(0)
    # once more: what was written in their name is here, and is not written over unasked
    file.set_input_files(path)
    go_on.click()
    expect(field).to_have_value("theirs, and more")
    counts = "0 of 2 answered, 1 word; here: 0 of 2 answered, 3 words. It is an earlier version"
    expect(mine.get_by_text(counts)).to_be_visible()
    expect(mine.locator(".sk-progress strong")).to_have_text("0 of 2 answered")
    # my own file, with the colleague's form open: first my form is back, then the question comes
    file.set_input_files(older)
    expect(
        mine.get_by_text("older.ipynb: 0 of 2 answered, 2 words; here: 0 of 2 answered, 1 word.")
    ).to_be_visible()
    expect(mine.get_by_role("button", name=back)).to_have_count(0)
    expect(field).to_have_value("mine")
    mine.get_by_role("button", name="Use the file").click()
    expect(field).to_have_value("mine, older")
    assert payload_of(save(mine, tmp_path))["author"]["id"] == "GE-2"


def test_two_windows_of_one_form_ask_which_words_count(open_page: Any) -> None:
    """C28: neither writes over the other unasked."""
    one, two = open_page("questions"), open_page("questions")
    one.get_by_label("Your question").first.fill("from one")
    expect(one.get_by_text("Kept on this computer")).to_be_visible()
    two.get_by_label("Your question").first.fill("from two")
    expect(two.get_by_text("open in another window too")).to_be_visible()
    two.get_by_role("button", name="Use the version of the other window").click()
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


def test_a_page_of_every_form_is_tried() -> None:
    """Whoever adds a form adds a page of it to the list that the tests below go through."""
    tried = {form.split("-")[0] for _, form in EVERY_FORM}
    assert tried == {path.stem for path in (ROOT / "templates" / "forms").glob("*.yml")}


@pytest.mark.parametrize(("person", "form"), EVERY_FORM)
def test_every_form_is_filled_and_saved_by_keyboard_alone(
    open_page: Any, person: str, form: str, tmp_path: Path
) -> None:
    """K07 C21: from the first field to the saved file with no mouse, and nothing is left open.

    With every answer shown it fits a phone too: 390 px, and 320 px, what 640 px show at 200 %.
    """
    page = open_page(form, person)
    keys = page.keyboard
    with page.expect_download(timeout=60_000) as download:
        for number in range(400):
            keys.press("Tab")
            here = page.evaluate(WHERE)
            if here["text"] == "Save my file":
                break
            if here["kind"] in ("radio", "checkbox"):
                keys.press("Space")
                if page.evaluate(ERROR):  # not that one: the next
                    keys.press("ArrowDown")
                    assert not page.evaluate(ERROR)
            elif here["kind"] == "select-one":
                keys.press("ArrowDown")
            elif here["kind"] in ("text", "textarea") and here["empty"]:
                keys.type(ANSWERS.get(here["wants"], f"Сўз {number}"))
        expect(page.locator(".sk-progress summary")).to_be_hidden()
        keys.press("Enter")
    path = tmp_path / download.value.suggested_filename
    assert path.name == f"{person}-{form}.ipynb", "complete: no draft"
    download.value.save_as(path)
    assert payload_of(path)["answers"]
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_preview_says_what_to_do(context: BrowserContext, browser: Any, pack: Path) -> None:
    """C24 C03: in a web mail's frame, and where no script runs; nothing is said to be saved."""
    path = pack / "GE-2" / "GE-2-questions.html"
    page = context.new_page()
    page.set_content('<iframe sandbox="allow-scripts" width="900" height="900"></iframe>')
    page.evaluate(
        "html => { document.querySelector('iframe').srcdoc = html; }", path.read_text("utf-8")
    )
    inside = page.frame_locator("iframe")
    expect(inside.get_by_role("alert")).to_contain_text("This is a preview inside another program")
    inside.get_by_label("Your question").first.fill("x")
    expect(inside.get_by_text("This browser keeps no drafts.")).to_be_visible()
    inside.get_by_role("button", name="Save my file").click()
    expect(inside.get_by_text("Your browser now saves GE-2-questions")).to_be_visible()
    expect(inside.get_by_text("was saved")).to_have_count(0)
    still = browser.new_context(java_script_enabled=False)
    bare = still.new_page()
    bare.goto(path.as_uri())
    expect(bare.get_by_text("Save this file, then open it with Chrome")).to_be_visible()
    still.close()
