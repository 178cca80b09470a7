"""Is everything that lies in the inbox kept, read, judged and recorded, whatever happens?"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from shared import by_day, log_of

from seminarkit.core.errors import SeminarError
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.core.submissions.set_aside_files import set_aside
from seminarkit.topics.intake.collect import collect

Send = Callable[[str, Any], Path]
Filled = Callable[..., dict[str, Any]]
TWO = [{"about": "ghent", "question": "Who pays?"}, {"about": "dcu", "question": "Who learns?"}]


def kinds(result: Any) -> list[str]:
    return [outcome.kind for _, outcome in result.outcomes]


def texts(result: Any) -> str:
    return "\n".join(outcome.text for _, outcome in result.outcomes)


def tree(folder: SeminarFolder) -> dict[str, Any]:
    """Everything the store says, without the moment of arrival."""
    found = submissions(folder.database)
    return {f"{s.form} {s.person}": (s.rev, s.receipt, s.answers) for s in found}


def test_a_file_is_accepted_and_kept_byte_for_byte(
    folder: SeminarFolder, send: Send, filled: Filled
) -> None:
    """O29: identity comes from the payload, not from name or place."""
    path = send("wrong/place/Unnamed (3).txt", filled("questions", "GE-2", {"questions": TWO}))
    result = collect(folder)
    assert kinds(result) == ["accepted"]
    (arrival, outcome) = result.outcomes[0]
    assert outcome.country == "GE"
    assert (folder.received / "files" / arrival.sha256[:2] / arrival.sha256).read_bytes() == (
        path.read_bytes()
    )


def test_a_draft_then_the_whole_then_the_draft_again(
    folder: SeminarFolder, send: Send, filled: Filled
) -> None:
    """O32: a newer version replaces, an older one never does, every version stays."""
    send("1.ipynb", filled("questions", "GE-2", {"questions": TWO[:1]}, 3, "2020-11-09T10:00:00Z"))
    assert kinds(collect(folder)) == ["draft"]
    send("2.ipynb", filled("questions", "GE-2", {"questions": TWO}, 8, "2020-11-10T10:00:00Z"))
    second = collect(folder)
    assert kinds(second) == ["replaced"]
    assert "complete. It replaces the version with receipt GE-" in texts(second)
    send("3.ipynb", filled("questions", "GE-2", {"questions": TWO[1:]}, 5, "2020-11-09T12:00:00Z"))
    third = collect(folder)
    assert kinds(third) == ["earlier"]
    assert "an older version; the one with receipt" in texts(third)
    assert [s.rev for s in submissions(folder.database)] == [8]


def test_the_same_answers_again_are_already_here(
    folder: SeminarFolder, send: Send, filled: Filled
) -> None:
    """O29: doubled files."""
    book = filled("questions", "GE-2", {"questions": TWO})
    send("one.ipynb", book)
    send("two.ipynb", book)
    assert kinds(collect(folder)) == ["accepted", "already"]
    again = collect(folder)
    assert (kinds(again), again.known) == ([], 2)


def test_one_number_with_two_contents_is_told(
    folder: SeminarFolder, send: Send, filled: Filled
) -> None:
    send("one.ipynb", filled("questions", "GE-2", {"questions": TWO}, 8))
    send("two.ipynb", filled("questions", "GE-2", {"questions": TWO[::-1]}, 8))
    told = texts(collect(folder))
    assert "Attention: two different versions have the same number" in told


def test_more_changes_but_an_earlier_clock_is_told(
    folder: SeminarFolder, send: Send, filled: Filled
) -> None:
    """P02 O31: the one saved later counts, whoever wrote more; it says what differs."""
    send("one.ipynb", filled("questions", "GE-2", {"questions": TWO}, 9, "2020-11-10T10:00:00Z"))
    later = filled("questions", "GE-2", {"questions": TWO[::-1]}, 2, "2020-11-12T10:00:00Z")
    send("two.ipynb", later)
    result = collect(folder)
    assert kinds(result) == ["accepted", "replaced"]
    assert "was saved later and counts" in texts(result)
    assert "They differ in “Two or three questions”." in texts(result)
    assert [s.rev for s in submissions(folder.database)] == [2]


def test_a_later_draft_waits_beside_what_is_complete(
    folder: SeminarFolder, send: Send, filled: Filled
) -> None:
    """P03: also where it comes first, as its name is before the other's."""
    send("whole.ipynb", filled("questions", "GE-2", {"questions": TWO}, 8, "2020-11-10T10:00:00Z"))
    draft = filled("questions", "GE-2", {"questions": TWO[:1]}, 9, "2020-11-12T10:00:00Z")
    send("part.ipynb", draft)
    result = collect(folder)
    assert kinds(result) == ["draft", "replaced"]
    assert "saved later, waits" in texts(result)
    assert [s.rev for s in submissions(folder.database)] == [8]
    send("z.ipynb", filled("questions", "GE-2", {"questions": TWO[1:]}, 10, "2020-11-13T10:00:00Z"))
    result = collect(folder)
    assert kinds(result) == ["waits"]
    assert "changes were begun and are waiting" in texts(result)
    assert [s.rev for s in submissions(folder.database)] == [8]


def test_the_version_that_counts_does_not_hang_on_the_order_of_arrival(
    folder: SeminarFolder, tmp_path: Path, filled: Filled
) -> None:
    books = [
        filled("questions", "GE-2", {"questions": TWO[:n]}, r) for n, r in ((1, 3), (2, 9), (1, 6))
    ]
    trees = []
    for order in ((0, 1, 2), (2, 1, 0), (1, 0, 2)):
        root = tmp_path / "".join(map(str, order))
        (root / "inbox").mkdir(parents=True)
        shutil.copy(KIT / "seminar.yml", root)
        for place, number in enumerate(order):
            path = root / "inbox" / f"{place}.ipynb"
            path.write_text(json.dumps(books[number]), encoding="utf-8")
            os.utime(path, (1_600_000_000, 1_600_000_000))
        other = SeminarFolder(root)
        collect(other)
        trees.append(tree(other))
    assert trees[0] == trees[1] == trees[2]


def test_what_cannot_be_opened_is_left_with_a_sentence(
    folder: SeminarFolder, send: Send, tmp_path: Path, filled: Filled
) -> None:
    """A link, a pipe, a folder named like a notebook: nothing waits, nothing is followed."""
    outside = tmp_path / "secret.ipynb"
    outside.write_text(json.dumps(filled("questions", "GE-2", {"questions": TWO})))
    (folder.inbox / "link.ipynb").symlink_to(outside)
    (folder.inbox / "linked folder").symlink_to(tmp_path)
    os.mkfifo(folder.inbox / "pipe.ipynb")
    send("folder.ipynb/inside.ipynb", filled("questions", "GE-3", {"questions": TWO}))
    result = collect(folder)
    assert kinds(result) == ["accepted"]
    told = {n.name: n.text for n in result.not_taken}
    assert "a link to another place" in told["link.ipynb"]
    assert "a link to another place" in told["linked folder"]
    assert "not an ordinary file" in told["pipe.ipynb"]
    assert "a folder with the name of a file" in told["folder.ipynb"]


def test_a_file_that_is_still_being_written_is_taken_the_next_time(
    folder: SeminarFolder, filled: Filled
) -> None:
    whole = json.dumps(filled("questions", "GE-2", {"questions": TWO}))
    program = (
        "import sys, time\n"
        "path, text = sys.argv[1], sys.stdin.read()\n"
        "with open(path, 'w') as file:\n"
        "    for i in range(0, len(text), 500):\n"
        "        file.write(text[i:i+500]); file.flush(); time.sleep(0.15)\n"
    )
    path = folder.inbox / "slow.ipynb"
    writer = subprocess.Popen([sys.executable, "-c", program, str(path)], stdin=subprocess.PIPE)
    assert writer.stdin
    writer.stdin.write(whole.encode())
    writer.stdin.close()
    while not path.exists():
        time.sleep(0.05)
    first = collect(folder)
    assert [n.text for n in first.not_taken] == [
        "It is still being copied. It will be read when you collect again."
    ]
    writer.wait(60)
    assert kinds(collect(folder)) == ["accepted"]


def test_200_mb_are_kept_but_not_read(folder: SeminarFolder, send: Send) -> None:
    path = send("huge.ipynb", b"{")
    with path.open("r+b") as file:
        file.truncate(200 * 2**20)
    os.utime(path, (1_600_000_000, 1_600_000_000))
    result = collect(folder)
    assert kinds(result) == ["aside"]
    assert "Its size is 200 MB; the limit is 25 MB" in texts(result)
    assert result.outcomes[0][0].size == 200 * 2**20


def test_a_name_that_could_trick_the_terminal_is_shown_harmless(
    folder: SeminarFolder, send: Send, filled: Filled
) -> None:
    name = b"evil\x1b[2J\xff\xe2\x80\xae.ipynb"
    path = os.fsencode(folder.inbox) + b"/" + name
    Path(os.fsdecode(path)).write_text(json.dumps(filled("questions", "GE-2", {"questions": TWO})))
    os.utime(path, (1_600_000_000, 1_600_000_000))
    assert kinds(collect(folder)) == ["accepted"]
    run = subprocess.run(
        [sys.executable, "-m", "seminarkit", "collect", "--rebuild", "-v"],
        cwd=folder.root,
        capture_output=True,
        timeout=120,
        check=True,
    )
    assert b"\x1b" not in run.stdout


def test_rebuild_gives_the_same_store(folder: SeminarFolder, send: Send, filled: Filled) -> None:
    """The files are the truth, the store is an index of them."""
    for person in ("GE-1", "GE-2", "AM-1"):
        send(f"{person}.ipynb", filled("questions", person, {"questions": TWO}))
    send("bad.ipynb", b"{")
    collect(folder)
    before = tree(folder)
    folder.database.unlink()
    assert collect(folder, rebuild=True).rebuilt == "as you asked"
    assert tree(folder) == before


def test_a_changed_seminar_reads_the_files_again(
    folder: SeminarFolder, send: Send, filled: Filled
) -> None:
    """Somebody nominated later: what was set aside is then taken, without being sent again."""
    text = (folder.root / "seminar.yml").read_text("utf-8")
    line = next(each for each in text.splitlines(keepends=True) if "GE-3" in each)
    (folder.root / "seminar.yml").write_text(text.replace(line, ""), encoding="utf-8")
    send("q.ipynb", filled("questions", "GE-3", {"questions": TWO}))
    assert kinds(collect(SeminarFolder(folder.root))) == ["aside"]
    (folder.root / "seminar.yml").write_text(text, encoding="utf-8")
    later = collect(SeminarFolder(folder.root))
    assert later.rebuilt == "because seminar.yml or a form has changed"
    assert [s.person for s in submissions(folder.database)] == ["GE-3"]


def test_a_missing_or_changed_received_file_is_lost_until_it_is_back(
    folder: SeminarFolder, send: Send, filled: Filled
) -> None:
    send("q.ipynb", filled("questions", "GE-2", {"questions": TWO}))
    arrival = collect(folder).outcomes[0][0]
    (folder.inbox / "q.ipynb").unlink()  # else it is taken from there again
    path = folder.received / "files" / arrival.sha256[:2] / arrival.sha256
    data = path.read_bytes()
    path.write_bytes(data[:-2] + b"X\n")
    collect(folder, rebuild=True)
    (lost,) = set_aside(folder)
    assert lost.is_lost and "has changed since it was received" in lost.text
    path.unlink()
    collect(folder, rebuild=True)
    (lost,) = set_aside(folder)
    assert lost.is_lost and "is missing" in lost.text
    assert submissions(folder.database) == []
    path.write_bytes(data)
    again = collect(folder)
    assert again.rebuilt == "because a lost file has been found" and set_aside(folder) == []
    assert len(submissions(folder.database)) == 1


def test_a_log_cut_by_a_kill_is_mended(folder: SeminarFolder, send: Send, filled: Filled) -> None:
    send("a.ipynb", filled("questions", "GE-1", {"questions": TWO}))
    send("b.ipynb", filled("questions", "GE-2", {"questions": TWO}))
    collect(folder)
    log = log_of(folder.root, "arrivals")
    log.write_bytes(log.read_bytes()[:-30])
    again = collect(folder)
    assert again.rebuilt == "because files were received that are earlier than those in it"
    assert kinds(again) == ["accepted"]
    assert len(submissions(folder.database)) == 2


def test_two_at_once_do_not_mix(folder: SeminarFolder, send: Send, filled: Filled) -> None:
    for person in ("GE-1", "GE-2", "GE-3", "AM-1", "AM-2", "AM-3"):
        send(f"{person}.ipynb", filled("questions", person, {"questions": TWO}))
    command = [sys.executable, "-m", "seminarkit", "collect"]
    both = [subprocess.Popen(command, cwd=folder.root, stdout=subprocess.PIPE) for _ in range(2)]
    assert [each.wait(120) for each in both] == [0, 0]
    lines = log_of(folder.root, "arrivals").read_text().splitlines()
    assert len(lines) == len(submissions(folder.database)) == 6


def test_a_busy_store_is_told_in_words(folder: SeminarFolder) -> None:
    from filelock import FileLock  # the lock of an earlier version, which writes no note

    busy = pytest.raises(SeminarError, match="Another run of seminar is writing")
    with FileLock(folder.lock), busy:
        collect(folder)


@pytest.mark.parametrize("seed", by_day(range(12), every=4))
def test_a_kill_at_any_moment_loses_nothing(
    folder: SeminarFolder, send: Send, filled: Filled, seed: int
) -> None:
    """Killed, then run again, the store is as after an undisturbed run."""
    people = [f"{code}-{n}" for code in ("GE", "AM", "UA", "MD", "AL", "BA") for n in (1, 2, 3)]
    for person in people:
        send(f"{person}.ipynb", filled("questions", person, {"questions": TWO}))
    command = [sys.executable, "-m", "seminarkit", "collect"]
    process = subprocess.Popen(
        command, cwd=folder.root, stdout=subprocess.DEVNULL, start_new_session=True
    )
    time.sleep(0.25 + seed * 0.06)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    collect(folder)
    lines = log_of(folder.root, "arrivals").read_text().splitlines()
    assert len(lines) == len(people), "no arrival twice, none missing"
    assert sorted(s.person for s in submissions(folder.database)) == sorted(people)
    assert not list((folder.received / "files").glob("*/arriving-*"))


def test_where_another_version_counts_than_by_an_earlier_kit_it_is_told_once(
    folder: SeminarFolder, send: Send, filled: Filled
) -> None:
    """P02 P10: the index of version 0.1.0 is readable, is made again, and what changes is said."""
    send("one.ipynb", filled("questions", "GE-2", {"questions": TWO}, 96, "2020-11-10T10:00:00Z"))
    later = filled("questions", "GE-2", {"questions": TWO[::-1]}, 2, "2020-11-12T10:00:00Z")
    send("two.ipynb", later)
    send("three.ipynb", filled("questions", "GE-3", {"questions": TWO}))
    collect(folder)
    with closing(sqlite3.connect(folder.database)) as old:  # as version 0.1.0 had it
        old.execute("UPDATE submission SET current = (rev <> 2)")
        for column in ("version", "ancestors", "written_in", "salt", "moment", "standing"):
            old.execute(f"ALTER TABLE submission DROP COLUMN {column}")
        old.execute("PRAGMA user_version = 3")
        old.commit()
    assert {s.rev for s in submissions(folder.database)} == {96, 5}, "it can be read until then"
    again = collect(folder)
    assert again.rebuilt == "because the kit has changed"
    (words,) = again.changed
    assert "GE-2" in words and "counts now" in words and "seminar version GE-" in words
    assert {s.rev for s in submissions(folder.database)} == {2, 5}
    assert collect(folder).changed == ()
    assert collect(folder, rebuild=True).changed == ()


def test_what_a_mac_puts_beside_a_file_is_passed_over(
    folder: SeminarFolder, send: Send, filled: Filled
) -> None:
    """C05: in silence, by its content; a form whose name begins with '._' is read."""
    send("usb/._GE-2.ipynb", b"\0\5\x16\7\0\2\0\0Mac OS X")
    send("usb/renamed.bin", b"\0\5\x16\7\0\2\0\0Mac OS X")
    send("usb/._form.ipynb", filled("questions", "GE-2", {"questions": TWO}))
    result = collect(folder)
    assert kinds(result) == ["accepted"]
    assert (result.known, result.not_taken) == (0, ())
