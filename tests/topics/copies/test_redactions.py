"""May a line that says it was redacted, or a hash, change what others decided and received?"""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from in_process import seminar
from shared import log_of

from seminarkit.core.logs.hash_log import ChainedLog
from seminarkit.core.logs.redactions import BLACK, is_redaction_of
from seminarkit.core.logs.union import explained_lines
from seminarkit.core.seminar.clock import now
from seminarkit.core.seminar.delegation_decisions import Extended
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.received_files import ReceivedFiles
from seminarkit.core.store.tombstones import Tombstones
from seminarkit.core.submissions.messages_to_organisers import Message
from seminarkit.forgetting.forget import find_traces, forget
from seminarkit.topics.copies.merge_copies import merge, source_of
from seminarkit.topics.progress.unread_messages import remember_read, unread

Send = Callable[[str, Any], Path]
Filled = Callable[..., dict[str, Any]]
QUESTIONS = {"questions": [{"question": "Why?"}]}


@pytest.fixture
def two(folder: SeminarFolder, send: Send, filled: Filled, tmp_path: Path) -> SeminarFolder:
    """The folder has a form and a decision; a copy of it lies in ``tmp_path / copy``."""
    send("q.ipynb", filled("questions", "GE-2", QUESTIONS))
    seminar(folder.root, "collect")
    folder.decisions.add([Extended("GE", "questions", "2020-12-01", at=now())])
    shutil.copytree(folder.root, tmp_path / "copy")
    return folder


def forge(copy: Path, said: dict[str, Any]) -> str:
    """Mark the decision in a copy as redacted, with other words; return the hash of its line."""
    log = ChainedLog(log_of(copy, "decisions"), "")
    (chain,) = log.redact(lambda entry: {**entry, **said})
    return chain


@pytest.mark.parametrize("named", [False, True], ids=["alone", "with a hash"])
@pytest.mark.parametrize("said", [{"due": "2020-12-31"}, {"kind": "forgotten"}])
def test_a_forged_line_changes_no_decision(
    two: SeminarFolder, tmp_path: Path, said: dict[str, Any], named: bool
) -> None:
    """W01 W03 P06: nobody was forgotten, so the whole line stands, in whatever order they meet."""
    copy = tmp_path / "copy"
    before = log_of(two.root, "decisions").read_bytes()
    chain = forge(copy, said)
    if named:
        Tombstones(copy / "received").add("line", [chain])
    merge(two.root, source_of(copy, same_seminar=True))
    assert log_of(two.root, "decisions").read_bytes() == before
    merge(copy, source_of(two.root, same_seminar=True))
    kept = SeminarFolder(copy).decisions
    assert [d.due for d in kept if isinstance(d, Extended)] == ["2020-12-01"]


def test_where_somebody_was_forgotten_a_line_may_only_say_less(
    two: SeminarFolder, tmp_path: Path
) -> None:
    """W02 P06: another day is no word blacked out."""
    copy = tmp_path / "copy"
    forget(SeminarFolder(copy), find_traces(SeminarFolder(copy), "GE-3", is_id=True))
    log = ChainedLog(copy / log_of(two.root, "decisions").relative_to(two.root), "")
    chains = log.redact(lambda e: {**e, "due": "2020-12-31"} if e["kind"] == "extended" else e)
    Tombstones(copy / "received").add("line", chains)
    merge(two.root, source_of(copy, same_seminar=True))
    days = [d.due for d in SeminarFolder(two.root).decisions if isinstance(d, Extended)]
    assert days == ["2020-12-01"]


def test_a_hash_alone_removes_no_received_file(two: SeminarFolder) -> None:
    """W02 W03: nobody was forgotten: the log was put there by somebody, or by a program."""
    (arrival,) = ReceivedFiles(two.received).arrivals()
    log = ChainedLog(two.received / "forgotten.jsonl", "")
    log.append([{"what": "file", "sha256": arrival.sha256, "at": now()}])
    for words in (["status"], ["collect"], ["collect", "--rebuild"], ["verify"]):
        seminar(two.root, *words)
    assert ReceivedFiles(two.received).path(arrival.sha256).is_file()
    assert not ReceivedFiles(two.received).arrivals()[0].forgotten


def test_what_an_older_kit_has_forgotten_stays_forgotten(two: SeminarFolder) -> None:
    """W02 W05: of somebody without an id it noted no decision, only the hashes."""
    gone = "ab" * 32
    for name, line in (
        ("arrivals", {"number": 1, "sha256": gone, "name": "", "size": 0, "received_at": now()}),
        ("forgotten", {"what": "file", "sha256": gone, "at": now()}),
    ):
        ChainedLog(two.received / f"{name}.jsonl", "").append([line])
    assert Tombstones(two.received).all("file") == {gone}
    assert explained_lines(two.received) == {gone}


def test_what_came_to_another_copy_is_not_taken_as_read(tmp_path: Path) -> None:
    """W01 M03: though its file is numbered below one that was read."""
    folder = SeminarFolder(tmp_path)
    read, new = message(2, "b:1"), message(1, "a:1")
    remember_read(folder, [read])
    assert unread(folder, [new, read, message(3, "b:2")]) == [new, message(3, "b:2")]
    # as version 0.4.0 noted it: by the number of the last file
    (folder.site("organisers") / "read.json").write_text('{"questions.remark": 2}')
    assert unread(folder, [message(2, ":2"), message(3, ":3"), new]) == [message(3, ":3"), new]


def message(number: int, places: str) -> Message:
    words = dict.fromkeys(
        ("title", "label", "country", "country_name", "person", "name", "text", "saved_at"), "x"
    )
    return Message("remark", "questions", question="remark", arrival=number, places=places, **words)


def test_notes_that_name_two_who_were_forgotten_stay(
    two: SeminarFolder, send: Send, tmp_path: Path
) -> None:
    """W01 W02: taken out one after the other, and met in between."""
    notes = "Discussion with Maria Kovacs and Luca Bianchi.\n\nWhat we agreed: nothing yet."
    send("a letter.txt", notes)
    seminar(two.root, "collect")
    copy = tmp_path / "copy"
    for name in ("Maria Kovacs", "Luca Bianchi"):
        seminar(two.root, "forget", name, "--yes", "--whole")
        seminar(copy, "merge", str(two.root))
        (arrival,) = (a for a in ReceivedFiles(copy / "received").arrivals() if "letter" in a.name)
        assert not ReceivedFiles(copy / "received").problem(arrival)
        assert name not in ReceivedFiles(copy / "received").path(arrival.sha256).read_text()
    seminar(two.root, "merge", str(copy))
    for root in (two.root, copy):
        seminar(root, "verify")


def test_a_merge_repairs_bytes_that_have_changed(two: SeminarFolder, tmp_path: Path) -> None:
    """W03: and what was there is kept aside."""
    received = ReceivedFiles(two.received)
    (arrival,) = received.arrivals()
    path = received.path(arrival.sha256)
    path.write_bytes(path.read_bytes() + b" ")
    (two.inbox / "q.ipynb").unlink()
    assert "has changed since it was received" in seminar(two.root, "verify", code=1).stdout
    seminar(two.root, "merge", str(tmp_path / "copy"))
    assert not received.problem(arrival)
    assert (two.received / "spoilt" / arrival.sha256).is_file()
    seminar(two.root, "verify")


@pytest.mark.parametrize(
    ("said", "whole", "fits"),
    [
        ({"a": "x"}, {"a": "x", "b": 1}, True),
        ({"a": f"by {BLACK}, ok"}, {"a": "by Ana, ok"}, True),
        ({"a": f"by {BLACK}, no"}, {"a": "by Ana, ok"}, False),
        ({"a": "y"}, {"a": "x"}, False),
        ({"a": 2}, {"a": 1}, False),
        ({"a": True}, {"a": 1}, False),
        ({"a": [{"id": "GE-1"}]}, {"a": [{"id": "GE-2"}, {"id": "GE-1"}]}, True),
        ({"a": [{"id": "GE-3"}]}, {"a": [{"id": "GE-2"}]}, False),
        ({"a": "GE-7K3F"}, {"a": "GE-AAAA"}, True),
        ({"kind": "forgotten"}, {"kind": "extended", "due": "x"}, True),
        ({"kind": "undone"}, {"kind": "extended"}, False),
    ],
)
def test_what_says_less(said: dict[str, Any], whole: dict[str, Any], fits: bool) -> None:
    """W02"""
    assert is_redaction_of(said, whole, "decisions") is fits, json.dumps([said, whole])


def test_an_archive_that_swells_is_refused(two: SeminarFolder, tmp_path: Path) -> None:
    """W01 P08: before anything of it is unpacked."""
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("received/decisions.jsonl", bytes(120 << 20))
    told = seminar(two.root, "merge", str(bomb), code=2)
    assert "is no backup of a seminar" in told.stderr
