"""The steps of a participant in Tashkent, from the first word to the board, in any host."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from open_tools import QUESTION
from playwright.sync_api import BrowserContext, Page, expect

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.reports.batch import run_batch
from seminarkit.reports.dossiers import build_dossiers
from seminarkit.reports.plan import planned
from seminarkit.site.publishing import publish
from seminarkit.topics.progress.status_board import board

# Uzbek in both its alphabets, and what colleagues in other countries write
FIRST = {
    "What is it called, and what is it about?": "Маълумотлар таҳлили: ўқитувчилар учун қисқа курс",
    QUESTION: "Икки университет <script>alert(1)</script>",
    "Are they evaluated? If so, how and by whom?": "החוק אינו מזכיר אותן",
    "Are they accredited? If so, how and by whom?": "მონაცემთა ანალიზი, Երկու համալսարան",
}
LAW = "What does national legislation say?"
LAW_SAYS = "Qonunda bunday tushuncha yoʻq"
BY_THE_COLLEAGUE = {
    "Are they recognised? If so, how and by whom?": "القانون لا يذكرها مع 5 ECTS",
    "One opportunity for your country": "=1+1 {country} ../.. ${HOME} %(name)s $x$ 📚",
    "One obstacle in your country": "икки қатор\nва & яна бири \u200fgpj.exe\u200e",
}
STATES = (
    "definition",
    "law or regulation under",
    "place for them",
    "Quality assurance that",
    "Rules by which",
)
LINK = "https://www.example.org/a?b=1&c=<d>"


def write(page: Page, answers: dict[str, str]) -> None:
    for label, words in answers.items():
        page.get_by_label(label, exact=False).first.fill(words)


def begin(page: Page, told: str) -> None:
    """Write a part of the report, until the line below the title says where it is."""
    write(page, FIRST)
    page.get_by_label("Public university or college").check()
    page.get_by_label("A few").check()
    expect(page.get_by_text(told)).to_be_visible()
    expect(page.locator(".sk-progress").get_by_text("5 of 15 answered")).to_be_visible()


def write_with_the_cable_out(page: Page, told: str) -> None:
    page.context.set_offline(True)
    # a save that was under way fails, and Lab says so: a person closes that before they go on
    failed = page.locator(".jp-Dialog")
    page.add_locator_handler(failed, lambda dialog: dialog.get_by_role("button").last.click())
    page.get_by_label(LAW).press_sequentially(LAW_SAYS)
    expect(page.get_by_text("Keeping …")).to_be_hidden()
    expect(page.get_by_text(told)).to_be_visible()


def all_is_there(page: Page) -> None:
    for label, words in {**FIRST, LAW: LAW_SAYS}.items():
        expect(page.get_by_label(label, exact=False).first).to_have_value(words)
    expect(page.locator(".sk-progress").get_by_text("6 of 15 answered")).to_be_visible()


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
    expect(page.locator(".sk-progress").get_by_text("15 of 15 answered")).to_be_visible()
    expect(page.locator(".sk-progress summary")).to_be_hidden()
    return page.locator(".sk-progress b").inner_text().removeprefix("Version ")


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
    page.get_by_role("button", name="Go on as Core participant 2, Uzbekistan").click()
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


def submit_and_mail(page: Page, seminar: SeminarFolder, place: Path, code: str) -> None:
    """Press Submit; then send the same by mail too, which changes nothing on the board."""
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text(re.compile(f"Submitted at .*, with receipt {code}"))).to_be_visible()
    is_on_the_board(seminar, code)
    mail(save(page, place), seminar)
    run(seminar, "collect")
    is_on_the_board(seminar, code)


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


def newest_draft(seminar: SeminarFolder, instance: str) -> str:
    """Return what the newest draft on the server's disk says of the law."""
    lines = [json.loads(line) for line in seminar.drafts.read_text("utf-8").splitlines()]
    mine = [each["filled"] for each in lines if each["filled"]["instance"] == instance]
    return str(max(mine, key=lambda filled: int(filled["rev"]))["answers"].get("legislation"))


def is_published(seminar: SeminarFolder, code: str, browser: BrowserContext) -> None:
    """The country's page shows every word and runs none; the public one has no receipt."""
    come = submissions(seminar.database)
    reports = planned(seminar, build_dossiers(seminar, come), ["UZ"], over_all=False)
    assert not run_batch(reports, seminar.root).failed
    publish(seminar, board(seminar.seminar, come), come)
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
