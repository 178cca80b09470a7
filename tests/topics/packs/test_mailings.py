"""Is there a draft for every country of what all are written to, with its pack, whole and plain?"""

from __future__ import annotations

import io
import json
import re
import zipfile
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from checked_tools import fresh
from in_process import seminar

from seminarkit.core.errors import SeminarError
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.packs.country_mails import KINDS, mailings, zip_pack
from seminarkit.topics.packs.draft_mail import fill_template

PAGES = "https://www.example.org/seminar"


def read(data: bytes) -> EmailMessage:
    mail = message_from_bytes(data, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body()
    assert body is not None
    return str(body.get_content())


@pytest.fixture
def small(tmp_path_factory: pytest.TempPathFactory) -> SeminarFolder:
    return fresh(tmp_path_factory.mktemp("mail") / "small")


@pytest.mark.parametrize("kind", KINDS)
def test_each_mail_is_whole_for_every_country(demo: SeminarFolder, kind: str) -> None:
    """Every word is filled in, names have their article, and Syria is told apart."""
    countries = demo.seminar.countries
    every = list(mailings(demo, kind, list(countries), PAGES if kind == "results" else ""))
    assert [each.country for each in every] == list(countries)
    for each in every:
        if each.country == "SY":
            assert each.why == (
                "There is no recipient for Syria: seminar.yml names no contact and no "
                "delegation for it."
            )
            assert not each.mail
        elif each.mail:
            mail = read(each.mail)
            text = text_of(mail)
            assert mail["To"] == f"neo-{each.country.lower()}@example.org"
            assert mail["X-Unsent"] == "1"
            assert "$" not in text and "None" not in text
            assert not re.search(r"\b(of|from|in|invite|by|to) Russian Federation", text)
            assert (demo.seminar.footnote(each.country) or "") in text
        else:
            assert kind == "thanks" and "took part" in each.why
    written = {each.country for each in every if each.mail}
    assert {"GE", "RU", "XK"} <= written


def test_the_invitation_brings_the_pack_of_those_who_are_named_now(demo: SeminarFolder) -> None:
    """Every file of the pack as it is, nobody else's, and the same bytes again."""
    left = demo.packs / "GE" / "GE-9" / "old.html"
    left.parent.mkdir()
    left.write_text("somebody who has left")
    (invitation,) = mailings(demo, "invitation", ["GE"])
    (attached,) = read(invitation.mail).iter_attachments()
    assert attached.get_filename() == "GE.zip"
    assert zip_pack(demo, "GE") == attached.get_content() == zip_pack(demo, "GE")
    left.unlink()
    left.parent.rmdir()
    with zipfile.ZipFile(io.BytesIO(attached.get_content())) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    pack = [p for p in (demo.packs / "GE").rglob("*") if p.is_file() and ".lab" not in p.parts]
    assert held == {p.relative_to(demo.packs).as_posix(): p.read_bytes() for p in pack}
    text = text_of(read(invitation.mail))
    for words in ("we invite Georgia", "What this seminar is for", "GE-NEO", "GE-2", "Nomination", "by Friday 30 October 2020", "index.html"):  # fmt: skip
        assert words in text


def test_a_pack_too_large_for_a_mail_is_not_attached(
    demo: SeminarFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mail then says that the pack comes another way."""
    monkeypatch.setattr("seminarkit.topics.packs.country_mails.LARGEST", 1000)
    (invitation,) = mailings(demo, "invitation", ["GE"])
    mail = read(invitation.mail)
    assert not list(mail.iter_attachments())
    assert "too large for a mail" in text_of(mail)


def test_thanks_go_to_those_who_had_a_seat(demo: SeminarFolder) -> None:
    """A country of which nobody took part gets none."""
    seats = {p for groups in demo.seminar.seating.values() for g in groups for p in g.people}
    for each in mailings(demo, "thanks", list(demo.seminar.countries)):
        people = demo.seminar.delegations.get(each.country, [])
        there = [person.name for person in people if person.id in seats]
        assert bool(each.mail) == bool(there)
        named = text_of(read(each.mail)).splitlines() if each.mail else []
        assert [line.strip() for line in named if line.strip() in {p.name for p in people}] == there


def test_results_name_the_public_pages_that_there_are(demo: SeminarFolder) -> None:
    (results,) = mailings(demo, "results", ["RU"], f"{PAGES}/index.html")
    text = text_of(read(results.mail))
    found = re.findall(rf"{re.escape(PAGES)}/(\S+)", text)
    assert "conclusions.html" in found and "countries/RU.html" in found
    assert all((demo.site("public") / path).is_file() for path in found)
    assert "The page of the Russian Federation" in text


def test_the_command_says_what_it_wrote_and_writes_it_once(small: SeminarFolder) -> None:
    """Drafts in a folder of their own; a second run changes nothing; a dry run writes nothing."""
    assert "There is no pack for Georgia yet. Make it: seminar prepare" in seminar(small.root, "mail", "invitation").stdout  # fmt: skip
    assert not small.mails.exists()
    seminar(small.root, "prepare")
    told = seminar(small.root, "mail", "invitation", "--country", "GE", "--dry-run").stdout
    assert "GE  Georgia, to neo-ge@example.org" in told
    assert "1 draft would be written to output/mails/invitation." in told
    assert not small.mails.exists()
    assert "1 draft in output/mails/invitation, 1 of them new" in seminar(small.root, "mail", "invitation", "--country", "GE").stdout  # fmt: skip
    draft = small.mails / "invitation" / "GE.eml"
    before = draft.read_bytes()
    (told,) = json.loads(seminar(small.root, "mail", "invitation", "--country", "GE", "--json").stdout)  # fmt: skip
    assert told == {"country": "GE", "to": "neo-ge@example.org", "written": True, "why": ""}
    assert draft.read_bytes() == before


def test_what_is_missing_is_said_in_a_sentence(small: SeminarFolder) -> None:
    assert (
        "Say where you have put the pages" in seminar(small.root, "mail", "results", code=2).stderr
    )
    told = seminar(small.root, "mail", "results", "--pages", PAGES, code=2).stderr
    assert "There are no pages for everybody yet. Make them: seminar publish" in told
    assert "--pages is only for mails on the results" in seminar(small.root, "mail", "thanks", "--pages", PAGES, code=2).stderr  # fmt: skip


@pytest.mark.parametrize(
    ("words", "said"),
    [("Dear $nobody", "uses $nobody, which is not one of its words"), ("for 5 $", "a dollar sign without a word")],
)  # fmt: skip
def test_a_mistake_in_a_template_of_ones_own_is_named(
    folder: SeminarFolder, words: str, said: str
) -> None:
    own: Path = folder.root / "templates" / "mail" / "thanks.txt"
    own.parent.mkdir(parents=True)
    own.write_text(words)
    with pytest.raises(SeminarError, match=re.escape(said)):
        fill_template(folder, "thanks.txt", contact="Ana")
