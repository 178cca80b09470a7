"""Is a chat found in whatever part of a form's file it stands, and the form still taken in?"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from chat_more_samples import (
    IRC,
    more_chats,
    notebook_chats,
    tarred,
    with_part,
)
from chat_samples import PUBLIC_MAIL, SECRET, ZOOM, mail, word
from shared import ROOT
from test_chats_in_inbox import collect, hits

from seminarkit.core.forms.bundle import ANSWERS_MIME
from seminarkit.core.forms.word_form import PROPERTY
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.received_files import ReceivedFiles
from seminarkit.topics.intake.chats.search_chats import search

Send = Callable[[str, Any], Path]
ASKED = {"questions": [{"question": f"Why did he write this?\n{ZOOM}{IRC}"}]}
INBOX = ROOT / "tests" / "inbox"


def no_notes(text: str) -> bool:
    return False


@pytest.mark.timeout(300)
def test_no_chat_is_kept_in_more_layouts_and_places(folder: SeminarFolder, send: Send) -> None:
    """P08 M02: other programs, packages, notebooks, headers and remarks; the file stays."""
    chats = more_chats()
    for name, data in chats.items():
        send(name, data)
    output = collect(folder.root)
    assert [name for name in chats if f"left in the inbox: {name}\n" not in output] == []
    assert SECRET not in output
    assert ReceivedFiles(folder.received).arrivals() == []
    assert {p.name: p.read_bytes() for p in folder.inbox.iterdir()} == chats


def with_chat(form: dict[str, Any], chat: dict[str, Any]) -> dict[str, Any]:
    """Return a notebook with a form and all that another one holds."""
    return {
        **form,
        "cells": [*form["cells"], *chat["cells"]],
        "metadata": {**form["metadata"], **chat["metadata"]},
    }


@pytest.mark.timeout(300)
def test_a_form_is_taken_out_of_a_notebook_with_a_chat(
    folder: SeminarFolder, send: Send, filled: Any
) -> None:
    """P08: whatever place the chat stands in, the form is kept without it and its answers count."""
    form = filled("questions", "GE-2", {"questions": [{"question": "Who pays?"}]})
    chats = notebook_chats()
    for name, chat in chats.items():
        send(f"{name}.ipynb", with_chat(form, chat))
    output = collect(folder.root)
    assert hits(folder.root) == []
    assert "The form or note next to it was stored separately." in output
    assert sorted(each.name for each in ReceivedFiles(folder.received).arrivals()) == sorted(
        f"{name}.ipynb/form.ipynb" for name in chats
    )
    assert f"1 accepted as draft, {len(chats) - 1} already received" in output


@pytest.mark.parametrize("place", ["preview", "page", "source", "output", "payload", "form"])
def test_a_chat_inside_of_the_forms_own_cell_is_found(filled: Any, place: str) -> None:
    """P08: what the form shows repeats the answers; any other words in it are no answer."""
    book = filled("questions", "GE-2", ASKED)
    (cell,) = [cell for cell in book["cells"] if cell.get("outputs")]
    data = cell["outputs"][0]["data"]
    assert search(json.dumps(book).encode(), "form.ipynb", no_notes).chats == []
    chat = ZOOM.replace("Ben Okri", "Somebody Else")
    if place == "source":
        cell["source"] = chat
    elif place == "output":
        cell["outputs"].append({"output_type": "stream", "name": "stdout", "text": chat})
    elif place == "payload":
        data[ANSWERS_MIME] = {**data[ANSWERS_MIME], "note": chat}
    elif place == "form":
        data["application/vnd.seminarkit.form.v1+json"]["note"] = chat
    else:
        kind = "text/plain" if place == "preview" else "text/html"
        data[kind] += chat if place == "preview" else f"<pre>{chat}</pre>"
    result = search(json.dumps(book).encode(), "form.ipynb", no_notes)
    assert result.chats == ["a part next to the form"]
    assert result.inseparable is (place in ("payload", "form"))
    assert len(result.others) == (not result.inseparable)
    assert all(b"Somebody Else" not in other for _, other in result.others)


def test_a_word_form_with_a_chat_in_a_remark_is_left_and_said(
    folder: SeminarFolder, send: Send
) -> None:
    """P08: the form cannot be told apart there, so a person is asked for it."""
    form = with_part(word("Dear all"), "docProps/custom.xml", f'<property name="{PROPERTY}"/>')
    remark = f"<w:p><w:t>Direct message from Ben: {SECRET}</w:t></w:p>"
    send("form.docx", with_part(form, "word/comments.xml", remark))
    output = collect(folder.root)
    assert "It also contains a form or note that cannot be separated from the chat" in output
    assert ReceivedFiles(folder.received).arrivals() == []


def test_a_form_in_a_tar_with_a_chat_is_taken_in(
    folder: SeminarFolder, send: Send, filled: Any
) -> None:
    """P08: a tar archive is opened as a zip archive is."""
    form = json.dumps(filled("questions", "GE-2", {"questions": [{"question": "Who?"}]}))
    send("a.tar.gz", tarred(("f.ipynb", form.encode()), ("c.txt", ZOOM.encode()), how="w:gz"))
    assert "GE  1 accepted" in collect(folder.root)
    assert hits(folder.root) == []


@pytest.mark.parametrize("name", sorted(p.name for p in INBOX.iterdir() if p.is_file()))
def test_no_file_of_the_hostile_inbox_is_a_chat(name: str) -> None:
    """P08: damaged and forged forms are kept as before; none is taken for a chat."""
    assert search((INBOX / name).read_bytes(), name, no_notes).chats == []


ORDINARY = {
    "times.txt": "Programme\n09:00\tOpening\tProfessor X\n09:30\tKeynote\tProfessor Y\n",
    "days.txt": "Thursday 9:11 AM works for us.\nOn Friday at 10:15 we cannot.\n",
    "law.txt": "Law (to be adopted): it waits.\nFund (to the budget of 2021) is small.\n",
    "private.txt": "A direct message to ministers is that funding helps.\nPrivate chats are no evidence.\n",
    "none.txt": "Private messages between ministers: none.\n",
    "data.xml": "<?xml version='1.0'?><countries><country><name>A</name><text>b</text></country></countries>",
    "letter.tar": tarred(("letter.txt", PUBLIC_MAIL.encode())),
    "letter.utf-32": PUBLIC_MAIL.encode("utf-32"),
    "remarks.docx": with_part(word("Dear all"), "word/comments.xml", "<w:p><w:t>Who pays?</w:t></w:p>"),
    "mail.eml": mail(PUBLIC_MAIL).replace(b"Subject: Forms", b"Subject: Re: Session on Friday, 10:15\nReceived: by a; Fri, 27 Nov 2020 13:05:00 +0100\nX-Mailer: M 1.2: x\nX-Received: by b; 27 Nov 2020 13:05:00"),
}  # fmt: skip


@pytest.mark.parametrize("name", ORDINARY)
def test_what_is_no_chat_is_kept(name: str) -> None:
    """P08: programmes, sentences with days and times, and ordinary packages are no chats."""
    data = ORDINARY[name]
    raw = data if isinstance(data, bytes) else data.encode()
    assert search(raw, name, no_notes).chats == []


@pytest.mark.parametrize("start", [b"BZh9", b"\xfd7zXZ\0", b"\x5d\0\0", b"a\0" * 300, b"{", b"["])
def test_what_is_cut_off_breaks_nothing(start: bytes) -> None:
    """P08: a package of which only the beginning came is no reason to stop."""
    assert search(start, "file", no_notes).chats == []
