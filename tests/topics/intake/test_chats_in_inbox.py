"""Is a chat in the inbox never kept, in whatever layout and package, and all else still is?"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from chat_samples import COPIED, PUBLIC_MAIL, SECRET, ZOOM, all_chats, mail, word, zipped
from click.testing import CliRunner

from seminarkit.cli.main import seminar as group
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.received_files import ReceivedFiles
from seminarkit.topics.intake.chats.search_chats import search

Send = Callable[[str, Any], Path]


def collect(root: Path) -> str:
    result = CliRunner().invoke(group, ["--folder", str(root), "collect", "-v"])
    assert result.exit_code == 0, (result.output, result.exception)
    return result.output


def hits(root: Path) -> list[str]:
    """Return the files outside of the inbox that hold the private words, packed or not."""
    found = []
    for path in root.rglob("*"):
        if path.is_file() and not path.is_relative_to(root / "inbox"):
            data = path.read_bytes()
            if any(SECRET.encode(code) in data for code in ("utf-8", "utf-16-le", "utf-16-be")):
                found.append(path.relative_to(root).as_posix())
    return found


@pytest.mark.timeout(300)
def test_no_chat_is_kept_in_any_layout(folder: SeminarFolder, send: Send) -> None:
    """P08 M02: nothing of it is in the store, the index, a log or a message; the file stays."""
    chats = all_chats()
    for name, data in chats.items():
        send(name, data)
    output = collect(folder.root)
    assert [name for name in chats if f"left in the inbox: {name}\n" not in output] == []
    assert output.count("seminar chat FILE --session ID") == len(chats)
    assert SECRET not in output
    assert hits(folder.root) == []
    assert ReceivedFiles(folder.received).arrivals() == []
    assert {p.name: p.read_bytes() for p in folder.inbox.iterdir()} == chats


def test_a_form_beside_a_chat_is_taken_in_by_itself(
    folder: SeminarFolder, send: Send, filled: Any
) -> None:
    """P08: the mail or archive stays in the inbox, its form is kept; once, however often one asks."""
    form = json.dumps(filled("questions", "GE-2", {"questions": [{"question": "Who pays?"}]}))
    other = json.dumps(filled("questions", "AM-1", {"questions": [{"question": "Who?"}]}))
    send("chat in the text.eml", mail(COPIED, ("GE-2-questions.ipynb", form.encode())))
    send("both.zip", zipped(("AM-1.ipynb", other.encode()), ("chat.txt", ZOOM.encode())))
    output = collect(folder.root)
    assert "The form or note next to it was stored separately." in output
    assert "“the mail's text”" in output
    assert "“chat.txt”" in output
    assert sorted(each.name for each in ReceivedFiles(folder.received).arrivals()) == [
        "both.zip/AM-1.ipynb",
        "chat in the text.eml/GE-2-questions.ipynb",
    ]
    assert "GE  1 accepted" in output
    assert "AM  1 accepted" in output
    assert hits(folder.root) == []
    assert "2 files were here before" in collect(folder.root)
    assert len(ReceivedFiles(folder.received).arrivals()) == 2


def test_a_form_whose_answer_quotes_a_chat_is_kept(
    folder: SeminarFolder, send: Send, filled: Any
) -> None:
    """P08: what somebody answers is theirs; a form is never left out for its words."""
    asked = {"questions": [{"question": f"Why did he write (Privately): no?\n{ZOOM}"}]}
    send("form.ipynb", filled("questions", "GE-2", asked))
    assert "GE  1 accepted" in collect(folder.root)


ORDINARY = {
    "letter.txt": PUBLIC_MAIL,
    "answer.eml": mail(
        "Thank you.\n\nOn Fri, Nov 27, 2020 at 1:05 PM SPHERE Team <team@example.org> wrote:\n> Dear all,\n"
        "> please send by Friday 27 November 2020, 23:59.\n"
    ),
    "outlook.eml": mail(
        "Thank you.\n\nFrom: Team <team@example.org>\nSent: Friday, November 27, 2020 1:05 PM\nTo: Ana\nSubject: Forms\n\n"
        "Dear Ana\n\nFrom: Ana <ana@example.org>\nSent: Thursday, November 26, 2020 1:05 PM\nTo: Team\nSubject: Forms\n"
    ),
    "old gmail.eml": mail("Yes.\n\n2020-11-27 13:05 GMT+01:00 Ana Kovač <ana@example.org>:\n> When?\n"),
    "hours.txt": "We met at 10:15 and ended at 11:00.\nThe session is at 09:15:02.\n",
    "programme.txt": "09:00–09:30 Opening: Professor X\n09:30–10:15 Keynote: Professor Y\n10:15–10:30 Break\n",
    "list.txt": "What we agreed:\n- Georgia: a register\n- Armenia: a law\n- From theory to practice: nothing yet\n",
    "aside.txt": "The minister said (privately) that there is a law.\n",
    "letter.docx": word("Dear all\nWe met at 10:15.\nBest wishes"),
    "rooms.csv": "Pre-assign Room Name,Email Address\nGroup 1,ana@example.org\n",
    "table.json": json.dumps({"countries": [{"code": "GE", "text": "a", "name": "b"}]}),
}  # fmt: skip


@pytest.mark.parametrize("name", ORDINARY)
def test_what_is_no_chat_is_kept(name: str) -> None:
    """P08: ordinary mails, quotes of mails, programmes and lists are no chats."""
    data = ORDINARY[name]
    raw = data if isinstance(data, bytes) else data.encode()
    assert search(raw, name, lambda text: False).chats == []


def test_notes_with_times_are_kept(folder: SeminarFolder) -> None:
    """P08: a time with a name stands in notes too; of what are notes only strong signs count."""
    text = b"What we agreed\n10:15 Georgia: a register\n10:20 Armenia: a law\n"
    assert search(text, "notes.txt", lambda words: "agreed" in words).chats == []
    assert search(text + ZOOM.encode(), "notes.txt", lambda words: True).chats == [""]


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"\x1f\x8b", b"\0" * 5000, b"{\\rtf", b"From "]
)
def test_what_is_damaged_breaks_nothing(data: bytes) -> None:
    assert search(data, "file", lambda text: False).chats == []
