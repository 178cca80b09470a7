"""One participant in Tashkent, from the link to the board: by a link, on a page, in Lab, in Voilà.

The steps are the same wherever the form stands: write, lose the line, lose the power, let a
colleague go on, check, read the receipt, send a mail, be collected, stand on the board.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import open_tools
import pytest
from browser_tools import Computer, come_by_link, wait_for
from open_tools import QUESTION, book_of, choose, list_of, words_in
from playwright.sync_api import BrowserContext, Page, Playwright, expect
from serve_tools import FormServer, free_port
from test_widget import widget_book

from seminarkit.analyse.dossier import build_dossiers
from seminarkit.analyse.status import board
from seminarkit.forms.bundle import instance_id
from seminarkit.publish.publishing import publish
from seminarkit.report.batch import run_batch
from seminarkit.report.plan import planned
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.store.reading import submissions

# Uzbek in both its alphabets, and what colleagues in other countries write
FIRST = {
    "What is it called, and what is it about?": "Маълумотлар таҳлили: ўқитувчилар учун қисқа курс",
    QUESTION: "Икки университет <script>alert(1)</script>",
    "Whether and how are they evaluated?": "החוק אינו מזכיר אותן",
    "Whether and how are they accredited?": "მონაცემთა ანალიზი, Երկու համալսարան",
}
LAW = "What does national legislation say?"
LAW_SAYS = "Qonunda bunday tushuncha yoʻq"
BY_THE_COLLEAGUE = {
    "Whether and how are they recognised?": "القانون لا يذكرها مع 5 ECTS",
    "One opportunity for your country": "=1+1 {country} ../.. ${HOME} %(name)s $x$ 📚",
    "One obstacle in your country": "икки қатор\nва & яна бири \u202egpj.exe\u202c",
}
STATES = (
    "definition",
    "law or regulation under",
    "place for them",
    "Quality assurance that",
    "Rules by which",
)
LINK = "https://www.example.org/a?b=1&c=<d>"
pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def tashkent(folder: SeminarFolder, handed: SeminarFolder) -> SeminarFolder:
    """The seminar, with the pack of Uzbekistan as it was sent."""
    shutil.copytree(handed.packs / "UZ", folder.packs / "UZ")
    return folder


@pytest.fixture
def computer(playwright: Playwright, tmp_path: Path) -> Iterator[Computer]:
    mine = Computer(playwright, tmp_path / "profile")
    yield mine
    mine.switch_off()


@pytest.fixture
def colleagues(context: BrowserContext) -> BrowserContext:
    """The browser of the second colleague: another computer, no draft of the first."""
    return context


def write(page: Page, answers: dict[str, str]) -> None:
    for label, words in answers.items():
        page.get_by_label(label, exact=False).first.fill(words)


def begin(page: Page, told: str) -> None:
    """Write a part of the report, until the line below the title says where it is."""
    write(page, FIRST)
    page.get_by_label("Public university or college").check()
    page.get_by_label("A few").check()
    expect(page.get_by_text(told)).to_be_visible()
    expect(page.get_by_text("5 of 15 answered")).to_be_visible()


def write_with_the_cable_out(page: Page, told: str) -> None:
    page.context.set_offline(True)
    page.get_by_label(LAW).press_sequentially(LAW_SAYS)
    expect(page.get_by_text("Keeping …")).to_be_hidden()
    expect(page.get_by_text(told)).to_be_visible()


def all_is_there(page: Page) -> None:
    for label, words in {**FIRST, LAW: LAW_SAYS}.items():
        expect(page.get_by_label(label, exact=False).first).to_have_value(words)
    expect(page.get_by_text("6 of 15 answered")).to_be_visible()


def check(page: Page) -> str:
    """Look at what is open, make a mistake and mend it, write the rest; return the receipt."""
    link = page.get_by_label("Link", exact=True)
    link.fill("www.example.org")
    page.locator(".sk-progress summary").click()
    open_still = page.locator(".sk-progress li")
    mistake = "A link begins with https:// and has no spaces"
    expect(open_still.filter(has_text=mistake)).to_have_count(1)
    open_still.get_by_role("button", name="Link", exact=True).click()
    expect(link).to_be_focused()
    expect(link).to_have_attribute("aria-invalid", "true")
    link.fill(LINK)
    expect(link).to_have_attribute("aria-invalid", "false")
    write(page, BY_THE_COLLEAGUE)
    for label in STATES:
        page.get_by_role("group", name=label).get_by_label("Being prepared").check()
    page.get_by_label("Yes, put the report on the public page").check()
    expect(page.get_by_text("15 of 15 answered")).to_be_visible()
    expect(page.locator(".sk-progress summary")).to_be_hidden()
    return page.locator(".sk-progress b").inner_text().removeprefix("Receipt ")


def save(page: Page, place: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my file").click()
    path = place / download.value.suggested_filename
    download.value.save_as(path)
    return path


def go_on_with(path: Path, colleagues: BrowserContext, seminar: SeminarFolder) -> Page:
    """The second colleague has no Jupyter: their own page of the pack, and the first one's file."""
    page = colleagues.new_page()
    page.goto((seminar.packs / "UZ" / "UZ-3" / "UZ-3-country_report.html").as_uri())
    page.locator("input[type=file]").set_input_files(path)
    expect(
        page.get_by_text("You go on with the file of Core participant 2, Uzbekistan.")
    ).to_be_visible()
    return page


def mail(path: Path, seminar: SeminarFolder) -> None:
    """Put a mail with the file into the inbox, as a mail program saves it."""
    letter = EmailMessage(policy=SMTP)
    letter["From"] = "Core participant 3, Uzbekistan <sample@example.org>"
    letter["Subject"] = "Ҳисобот, Ўзбекистон"
    letter.set_content("Салом! Ҳисоботимиз илова қилинган.\n")
    letter.add_attachment(
        path.read_bytes(),
        maintype="application",
        subtype="octet-stream",
        filename=f"Ўзбекистон, {path.name}",
    )
    kept = seminar.inbox / "Ҳисобот.eml"
    kept.write_bytes(letter.as_bytes())
    os.utime(kept, (1_600_000_000, 1_600_000_000))


def run(seminar: SeminarFolder, *words: str) -> str:
    command = [sys.executable, "-m", "seminarkit", *words]
    done = subprocess.run(
        command, cwd=seminar.root, capture_output=True, text=True, check=True, timeout=120
    )
    return done.stdout


def is_on_the_board(seminar: SeminarFolder, code: str) -> None:
    """The organisers see one complete report of this very receipt, and every word of it."""
    countries = json.loads(run(seminar, "status", "--json"))["countries"]
    uzbekistan = next(each for each in countries if each["country"] == "UZ")
    entries = uzbekistan["tasks"]["country_report"]["entries"]
    (entry,) = (each for each in entries if each["receipt"])
    assert (entry["person"], entry["receipt"]) == ("UZ-2", code)
    (come,) = submissions(seminar.database)
    words = {*FIRST.values(), LAW_SAYS, *BY_THE_COLLEAGUE.values(), LINK}
    example = come.answers["examples"][0]
    assert words <= {*(str(each) for each in come.answers.values()), *example.values()}


def test_by_a_link(
    computer: Computer, colleagues: BrowserContext, tashkent: SeminarFolder, tmp_path: Path
) -> None:
    """C03 C26 C28 E04: kept on the server too; submitted, and sent once more by mail."""
    server = FormServer(tashkent)
    server.start()
    requests: list[Any] = []
    try:
        for browser in (computer.switch_on(), colleagues):
            browser.on("request", lambda request: requests.append(request))
        assert computer.context
        page = come_by_link(computer.context, server, "UZ-2")
        assert page.url == f"{server.url}/p/UZ-2/", "the token has left the address"
        page.get_by_role("link", name="Country report", exact=True).click()
        begin(page, "as a draft on the server at")
        write_with_the_cable_out(page, "The line is down: your words are sent when it is back.")
        page.get_by_role("button", name="Submit").click()
        expect(page.get_by_text("The line is down: nothing was submitted.")).to_be_visible()
        computer.power_cut()

        page = come_by_link(computer.switch_on(), server, "UZ-2")
        page.get_by_role("link", name="Country report", exact=True).click()
        all_is_there(page)
        instance = instance_id(tashkent.seminar.id, "country_report", "UZ-2")
        wait_for(lambda: newest_draft(tashkent, instance) == LAW_SAYS)
        path = save(page, tmp_path)
        page.close()

        theirs = come_by_link(colleagues, server, "UZ-3")
        theirs.get_by_role("link", name="Country report", exact=True).click()
        theirs.locator("input[type=file]").set_input_files(path)
        expect(theirs.get_by_text("Your link is for your own answers")).to_be_visible()
        page = come_by_link(colleagues, server, "UZ-2")
        page.get_by_role("link", name="Country report", exact=True).click()
        page.locator("input[type=file]").set_input_files(path)
        expect(page.get_by_text(f"You go on with {path.name}.")).to_be_visible()
        all_is_there(page)
        code = check(page)
        page.get_by_role("button", name="Submit").click()
        expect(
            page.get_by_text(re.compile(f"Submitted at .*, with receipt {code}"))
        ).to_be_visible()
        is_on_the_board(tashkent, code)
        mail(save(page, tmp_path), tashkent)
        run(tashkent, "collect")
        is_on_the_board(tashkent, code)

        page.reload()
        expect(page.get_by_text(f"as you submitted them, with receipt {code}")).to_be_visible()
        page.get_by_label(LAW).press_sequentially("!")
        changed = f"Changed since it was submitted with receipt {code}"
        expect(page.get_by_text(changed)).to_be_visible()
    finally:
        server.stop()
    mails = server.url.replace("127.0.0.1", "localhost")
    for request in requests:
        for token in server.tokens.values():
            assert token not in request.headers.get("referer", "")
        assert request.url.startswith((server.url, mails, "data:", "blob:"))


def newest_draft(seminar: SeminarFolder, instance: str) -> str:
    """Return what the newest draft on the server's disk says of the law."""
    lines = [json.loads(line) for line in seminar.drafts.read_text("utf-8").splitlines()]
    mine = [each["filled"] for each in lines if each["filled"]["instance"] == instance]
    return str(max(mine, key=lambda filled: int(filled["rev"]))["answers"].get("legislation"))


def test_on_a_page_from_disk(
    computer: Computer, colleagues: BrowserContext, tashkent: SeminarFolder, tmp_path: Path
) -> None:
    """C03 C22 C23 C24 C26 C28: nothing is asked of the network; letter by letter on the site."""
    address = (tashkent.packs / "UZ" / "UZ-2" / "UZ-2-country_report.html").as_uri()
    page = computer.switch_on().new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(address)
    begin(page, "Kept on this computer at")
    write_with_the_cable_out(page, "Kept on this computer at")
    computer.power_cut()
    assert requests == [address]

    page = computer.switch_on().new_page()
    page.goto(address)
    expect(page.get_by_text("Your answers are here as you left them.")).to_be_visible()
    all_is_there(page)
    path = save(page, tmp_path)
    assert path.name == "UZ-2-country_report-draft.ipynb"
    page = go_on_with(path, colleagues, tashkent)
    all_is_there(page)
    code = check(page)
    path = save(page, tmp_path)
    assert path.name == "UZ-2-country_report.ipynb"
    mail(path, tashkent)
    run(tashkent, "collect")
    is_on_the_board(tashkent, code)
    is_published(tashkent, code, colleagues)


def is_published(seminar: SeminarFolder, code: str, browser: BrowserContext) -> None:
    """The country's page shows every word and runs none; the public one has no receipt."""
    come = submissions(seminar.database)
    reports = planned(seminar, build_dossiers(seminar, come), ["UZ"], with_comparison=False)
    assert not run_batch(reports, seminar.root).failed
    publish(seminar, board(seminar.seminar, come))
    page = browser.new_page()
    alarms: list[str] = []
    page.on("dialog", lambda dialog: alarms.append(dialog.message))
    page.on("pageerror", lambda error: alarms.append(str(error)))
    page.goto((seminar.site("core") / "countries" / "UZ.html").as_uri())
    text = page.locator("main").inner_text()
    for words in (*FIRST.values(), LAW_SAYS, *BY_THE_COLLEAGUE.values()):
        for line in words.splitlines():
            assert line in text, "letter by letter"
    assert code in text
    assert alarms == []
    assert "Traceback" not in text
    public = (seminar.site("public") / "countries" / "UZ.html").read_text("utf-8")
    assert LAW_SAYS in public
    assert code not in public


def test_in_a_notebook(
    computer: Computer, colleagues: BrowserContext, tashkent: SeminarFolder, tmp_path: Path
) -> None:
    """C01 C03 C22 C26 C28: seminar open; the power takes Lab and the browser, not a word."""
    pack = tashkent.packs / "UZ" / "UZ-2"
    told = "In this notebook since"

    def start() -> open_tools.Opened:
        return open_tools.start(
            tashkent.root, tmp_path / "home", "UZ-2", "--no-browser", place=pack
        )

    opened = start()
    try:
        page = choose(list_of(computer.switch_on(), opened))
        begin(page, told)
        page.keyboard.press("Control+s")
        wait_for(lambda: words_in(book_of(opened)) == FIRST[QUESTION])
        write_with_the_cable_out(page, told)
        computer.power_cut()
        opened.end(signal.SIGKILL)
        assert LAW_SAYS not in book_of(opened).read_text("utf-8"), "only the browser has it"

        opened = start()
        page = choose(list_of(computer.switch_on(), opened))
        all_is_there(page)
        code = check(page)
        page.keyboard.press("Control+s")
        wait_for(lambda: LINK in book_of(opened).read_text("utf-8"))
    finally:
        opened.end()
    theirs = go_on_with(book_of(opened), colleagues, tashkent)
    expect(theirs.locator(".sk-progress b")).to_have_text(f"Receipt {code}")
    mail(save(theirs, tmp_path), tashkent)
    run(tashkent, "collect")
    is_on_the_board(tashkent, code)


@pytest.fixture
def voila(tashkent: SeminarFolder, tmp_path: Path) -> Iterator[str]:
    """Voilà on a notebook whose form is a widget; its address."""
    book = widget_book(tashkent.packs / "UZ", tmp_path / "form.ipynb", "UZ-2")
    port = free_port()
    command = [sys.executable, "-m", "voila", str(book), "--no-browser", f"--port={port}"]
    with (tmp_path / "voila.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--template=seminar"], cwd=tmp_path, stdout=log, stderr=log
        )
    yield f"http://127.0.0.1:{port}/"
    process.terminate()
    process.wait(20)


def open_widget(browser: BrowserContext, address: str, asked: list[str]) -> Page:
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    for _ in range(300):
        try:
            page.goto(address)
            break
        except Exception:  # it is starting
            time.sleep(0.2)
    expect(page.get_by_label(QUESTION)).to_be_visible(timeout=60_000)
    return page


def test_as_a_widget_in_voila(
    computer: Computer,
    colleagues: BrowserContext,
    tashkent: SeminarFolder,
    voila: str,
    tmp_path: Path,
) -> None:
    """C03 C21 C26 C28: the kit's own template; nothing is asked of another computer."""
    told = "Kept in this browser at"
    asked: list[str] = []
    page = open_widget(computer.switch_on(), voila, asked)
    begin(page, told)
    write_with_the_cable_out(page, told)
    computer.power_cut()

    page = open_widget(computer.switch_on(), voila, asked)
    all_is_there(page)
    page = go_on_with(save(page, tmp_path), colleagues, tashkent)
    all_is_there(page)
    code = check(page)
    mail(save(page, tmp_path), tashkent)
    run(tashkent, "collect")
    is_on_the_board(tashkent, code)
    assert all(url.startswith((voila, "data:", "blob:", "ws:")) for url in asked)
