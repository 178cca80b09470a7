"""Does a mail go to one person, whatever was typed into a field for an address?"""

from __future__ import annotations

import json
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import loaded
import pytest
from click.testing import CliRunner
from command_walk import send
from hypothesis import given
from hypothesis import strategies as st
from shared import complete_report

from seminarkit.cli.main import seminar
from seminarkit.core.clean_text import clean_text
from seminarkit.core.errors import UsageError
from seminarkit.core.mail_addresses import is_more_than_one, one_address
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.topics.intake.collect import collect
from seminarkit.topics.packs.draft_mail import draft
from seminarkit.topics.progress.nominations import nominations

# What was typed, and whether collect sets the form aside for it; the rest is a draft's gap.
TYPED = [
    ("k2@example.net, second2@example.org", True),
    ("k2@example.net;second2@example.org", True),
    ("k2@example.net second2@example.org", True),
    ("k2@example.net\r\nBcc: all@example.org", True),
    ("k2@example.net\nBcc: all@example.org", True),
    ("Keti Two <k2@example.net>", True),
    ('"k2@example.net" <second2@example.org>', True),
    ("k2@example.net (second2@example.org)", True),
    ("k2@[127.0.0.1]", True),
    ("k2@example.net,", True),
    ("group: k2@example.net;", True),
    ("k2@example.net\u2028Bcc: all@example.org", True),
    ("k2@example.net\x00", True),
    ("k2@", False),
    ("k2", False),
    ("=cmd@example.net", False),
    ("k2@example", False),
]


def read(path: Path) -> EmailMessage:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def recipients(mail: EmailMessage) -> list[str]:
    """Return everybody a mail program would send it to."""
    return [a.addr_spec for name in ("To", "Cc", "Bcc") for h in mail.get_all(name, []) for a in h.addresses]  # fmt: skip


@pytest.mark.parametrize(("typed", "aside"), TYPED)
def test_a_form_with_more_than_one_address_is_set_aside_in_words(
    folder: SeminarFolder, send: Callable[[str, Any], Path], filled: Any, typed: str, aside: bool
) -> None:
    """C29 P06"""
    if "\x00" in typed:
        return  # no answer may hold it at all
    rows = [{"nominee_name": f"Person {n}", "nominee_function": "x", "nominee_profile": "policy", "nominee_email": typed if n == 1 else f"p{n}@example.net"} for n in range(3)]  # fmt: skip
    send("nomination.ipynb", filled("nomination", "GE-NEO", {"nominees": rows}))
    ((_, outcome),) = collect(folder).outcomes
    assert (outcome.kind == "aside") is aside, outcome
    if aside:
        assert "is not one e-mail address. Write one address, such as name@example.org" in outcome.text  # fmt: skip
        assert "\n" not in outcome.text
    else:
        (found,) = nominations(folder.seminar, submissions(folder.database))
        assert any("has no address that a mail can go to" in words for words in found.problems)


@pytest.mark.parametrize("typed", [typed for typed, _ in TYPED if "\0" not in typed][::3])
def test_no_mail_goes_to_two_though_an_older_version_took_them(
    folder: SeminarFolder, typed: str
) -> None:
    """C29 P06: addresses in decisions and in seminar.yml, as a folder in the wild may hold them."""
    from seminarkit.core.seminar.clock import now
    from seminarkit.core.seminar.delegation_decisions import Nominated

    before = folder.seminar.delegations["GE"]
    people = [person.model_dump(exclude_none=True) | {"email": typed} for person in before]
    folder.decisions.add([Nominated("GE", people, "GE-0000", at=now())])
    yml = (folder.root / "seminar.yml").read_text("utf-8")
    (folder.root / "seminar.yml").write_text(yml.replace("email: neo-ge@example.org", f"email: {json.dumps(typed)}"), "utf-8")  # fmt: skip
    again = SeminarFolder(folder.root)
    assert again.seminar.contacts["GE"].email == clean_text(typed)
    send(again, "GE-2", "country_report", complete_report())
    collect(again)
    for words in (
        ["remind", "--country", "GE"],
        ["ask", "GE", "Which\r\nBcc: all@example.org\nof them?"],
        ["check"],
    ):
        run = CliRunner().invoke(seminar, ["--folder", str(folder.root), *words], catch_exceptions=False)  # fmt: skip
        assert run.exit_code == 0 or words == ["check"], run.output
        if words == ["check"]:
            assert "No mail can be sent to" in run.output
        elif words[0] == "remind":
            assert "GE  Georgia has no address that a mail can go to" in run.output
        else:
            assert "No mail address is known" in run.output
    for path in folder.mails.glob("*.eml"):
        mail = read(path)
        assert len(recipients(mail)) == 1, path
        assert set(mail.keys()) <= {"Subject", "To", "X-Unsent", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"}  # fmt: skip


@given(st.text(), st.text(), st.text())
def test_a_draft_has_one_recipient_and_no_header_more(to: str, subject: str, text: str) -> None:
    """P06: any text, for whatever field; what is no address makes no mail, in words."""
    encoded_text = text.encode("utf-8", "replace").decode()
    try:
        data = draft(to, subject, encoded_text)
    except UsageError as error:
        assert one_address(to) != to or not to
        assert "\n" not in str(error) and "Write one address" in str(error)
    else:
        assert recipients(message_from_bytes(data, policy=policy.default)) == [to]  # type: ignore[arg-type]
    mail = message_from_bytes(draft("a@example.org", subject, encoded_text), policy=policy.default)
    assert recipients(mail) == ["a@example.org"]  # type: ignore[arg-type]
    assert set(mail.keys()) == {"Subject", "To", "X-Unsent", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"}  # fmt: skip


@given(st.from_regex(r"[a-z][a-z.]{0,10}[a-z]@[a-z]{1,10}\.(org|net)", fullmatch=True))
def test_usual_addresses_are_taken(address: str) -> None:
    """C29"""
    assert one_address(f" {address} ") == address
    assert not is_more_than_one(address)
    assert not one_address(f"{address}, {address}") and is_more_than_one(f"{address},{address}")


def test_a_mail_is_made_by_one_door() -> None:
    """P06: whoever writes a mail some other way fails here."""
    from shared import ROOT

    for path in (ROOT / "seminarkit").rglob("*.py"):
        text = path.read_text("utf-8")
        if path.name != "draft_mail.py" and "intake" not in path.parts:
            assert "EmailMessage(" not in text and "MIMEMultipart" not in text, path


def test_the_command_ends_in_a_sentence(folder: SeminarFolder) -> None:
    """P06: as a process, too."""
    run = loaded.run("--folder", folder.root, "remind", "--country", "GE")
    assert run.returncode == 0, run.stderr
    assert "to neo-ge@example.org" in run.stdout
    assert recipients(read(folder.mails / "remind-GE.eml")) == ["neo-ge@example.org"]


@pytest.mark.parametrize("word", ["overdue ", "Ünï ", "გზა ", "日本 "])
def test_a_subject_of_any_length_comes_out_as_it_is(word: str) -> None:
    """P09 P13: where a line is folded, no space comes in and none is lost."""
    for length in range(1, 240):
        subject = ("[Action required, " + word * 240)[:length].strip()
        data = draft("neo-ge@example.org", subject, "Dear colleague,")
        assert message_from_bytes(data, policy=policy.default)["Subject"] == subject
        assert max(len(line) for line in data.splitlines()) <= 998
