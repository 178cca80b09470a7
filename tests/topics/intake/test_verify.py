"""Does verify find any flipped bit, any missing file, any row without a file?"""

from __future__ import annotations

import hashlib
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from shared import by_day, log_of

from seminarkit.core.logs.hash_log import ChainedLog
from seminarkit.core.seminar.clock import now
from seminarkit.core.seminar.delegation_decisions import Extended, Nominated
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.received_files import ReceivedFiles
from seminarkit.topics.intake.collect import collect
from seminarkit.topics.intake.verify import verify

TWO = [{"about": "ghent", "question": "Who pays?"}, {"about": "dcu", "question": "Who learns?"}]


@pytest.fixture
def collected(
    folder: SeminarFolder, send: Callable[[str, Any], Path], filled: Callable[..., Any]
) -> SeminarFolder:
    for person in ("GE-1", "GE-2", "AM-1"):
        send(f"{person}.ipynb", filled("questions", person, {"questions": TWO}))
    send("bad.ipynb", b"{")
    collect(folder)
    return folder


def test_an_untouched_store_is_as_it_was(collected: SeminarFolder) -> None:
    """O38"""
    result = verify(collected)
    assert (result.files, result.damage, result.stale) == (4, (), ())
    assert result.rows == 4 + 3 + 4


def test_nothing_collected_yet_is_no_damage(folder: SeminarFolder) -> None:
    assert verify(folder).damage == ()


@pytest.mark.parametrize("seed", by_day(range(20), every=4))
def test_any_flipped_bit_of_a_received_file_or_the_log_is_found(
    collected: SeminarFolder, seed: int
) -> None:
    """O38"""
    chance = random.Random(seed)
    files = [*collected.received.glob("files/??/*"), log_of(collected.root, "arrivals")]
    path = files[seed % len(files)]
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)
    assert verify(collected).damage


def test_a_missing_received_file_is_found(collected: SeminarFolder) -> None:
    """O38"""
    next(collected.received.glob("files/??/*")).unlink()
    (sentence,) = verify(collected).damage
    assert "is missing" in sentence and "seminar merge PATH" in sentence


def test_a_file_that_no_arrival_names_is_found(collected: SeminarFolder) -> None:
    """O38"""
    name = "ab" + "0" * 62
    (collected.received / "files" / "ab").mkdir(exist_ok=True)
    (collected.received / "files" / "ab" / name).write_bytes(b"x")
    (sentence,) = verify(collected).damage
    assert "is not in the log" in sentence


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            "UPDATE submission SET answers = '{}' WHERE person = 'GE-2'",
            "that do not come from a received file",
        ),
        ("UPDATE submission SET current = 0", "that do not come from a received file"),
        ("DELETE FROM submission WHERE person = 'AM-1'", "lacks 1 rows in 'submission'"),
        ("DELETE FROM outcome WHERE kind = 'aside'", "lacks 1 rows in 'outcome'"),
        (
            "INSERT INTO arrival VALUES (99, 'x', 'ghost.ipynb', 1, '2020-11-20T00:00:00Z')",
            "has 1 rows in 'arrival' that do not come from a received file",
        ),
    ],
)
def test_an_index_that_says_other_than_the_files_is_found(
    collected: SeminarFolder, statement: str, words: str
) -> None:
    """O38: rows without a file, files without a row."""
    with sqlite3.connect(collected.database) as connection:
        connection.execute(statement)
    connection.close()
    assert any(words in sentence for sentence in verify(collected).damage)


@pytest.mark.parametrize("seed", by_day(range(25), every=4))
def test_a_flipped_bit_of_the_index_is_found_or_changes_nothing_it_says(
    collected: SeminarFolder, seed: int
) -> None:
    """O38: what no row shows, such as free space in the file, is no damage to anybody."""
    chance = random.Random(seed)
    data = bytearray(collected.database.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    collected.database.write_bytes(data)
    if not verify(collected).damage:
        assert collect(collected, rebuild=False).rebuilt == ""
        assert verify(collected).damage == ()


def test_a_database_that_is_none_is_told_with_its_cure(collected: SeminarFolder) -> None:
    collected.database.write_bytes(b"this is no database at all, but it is long enough to be read")
    (sentence,) = verify(collected).damage
    assert "run 'seminar collect' to make it again" in sentence


def test_a_changed_report_or_page_is_found(collected: SeminarFolder) -> None:
    """O38 O21"""
    from seminarkit.core.disk.files import to_json, write_whole

    notebook = collected.reports / "core" / "GE.ipynb"
    write_whole(notebook, "{}")
    write_whole(collected.reports / "core" / "GE.json", to_json({"output": "0" * 64}))
    write_whole(collected.pages.parent / "core" / "index.html", "changed")
    write_whole(collected.pages, to_json({"core/index.html": {"sha256": "0" * 64, "source": ""}}))
    damage = "\n".join(verify(collected).damage)
    assert (
        "The report GE (core) is no longer as it was made. Run it again: seminar report" in damage
    )
    assert (
        "The page core/index.html is no longer as it was made. Make it again: seminar publish"
        in damage
    )


def test_what_arrived_since_the_index_was_made_is_no_damage(
    collected: SeminarFolder,
    send: Callable[[str, Any], Path],
    filled: Callable[..., Any],
    tmp_path: Path,
) -> None:
    """W03 O38: a copy that got new arrivals and their files one way; the old rows are still held."""
    shutil.copy(collected.database, tmp_path / "older.db")
    for person in ("AL-1", "AL-2"):
        send(f"{person}.ipynb", filled("questions", person, {"questions": TWO}))
    send("again.ipynb", filled("questions", "GE-2", {"questions": TWO[:1]}, rev=9))
    collect(collected)
    shutil.copy(tmp_path / "older.db", collected.database)
    result = verify(collected)
    assert (result.damage, result.stale) == (
        (),
        ("Received files that are not yet read: 3. Read them: seminar collect",),
    )
    with closing(sqlite3.connect(collected.database)) as connection, connection:
        connection.execute("DELETE FROM submission WHERE person = 'AM-1'")
    (sentence,) = verify(collected).damage
    assert "lacks 1 rows in 'submission'" in sentence


def test_one_bad_decision_is_one_sentence(collected: SeminarFolder) -> None:
    """W03 O38: what was received is still looked at, and is not called damaged."""
    collected.decisions.add([Extended("GE", "questions", "2020-11-24T23:59", at=now())])
    (log,) = collected.received.glob("logs/*/decisions.jsonl")
    log.write_text(log.read_text().replace('"country": "GE"', '"country": "AM"'))
    result = verify(collected)
    (sentence,) = result.damage
    assert (
        "decisions.jsonl line" in sentence
        and "was changed or damaged after it was written" in sentence
    )
    assert result.files == 4


def test_a_damaged_log_of_arrivals_is_one_sentence(collected: SeminarFolder) -> None:
    """W03 O38: no received file is said to be in no line of it."""
    (log,) = collected.received.glob("logs/*/arrivals.jsonl")
    log.write_text(log.read_text().replace("GE-1.ipynb", "GE-9.ipynb"))
    (sentence,) = verify(collected).damage
    assert "arrivals.jsonl line" in sentence


def test_an_older_index_is_none_that_is_damaged(collected: SeminarFolder) -> None:
    """W03: after a nomination, which changes whose forms are expected."""
    people = [p.model_dump(exclude_none=True) for p in collected.seminar.delegations["GE"]]
    people[2] |= {"id": "GE-4", "name": "Zurab Gelashvili"}
    collected.decisions.add([Nominated("GE", people, "GE-0000", at=now())])
    result = verify(SeminarFolder(collected.root))
    assert result.damage == ()
    assert "Nothing is damaged. Make it again: seminar collect" in result.stale[0]


def test_without_an_index_the_way_to_make_it_is_tried(collected: SeminarFolder) -> None:
    """W03 O38: no command is named that would fail."""
    collected.database.unlink()
    (sentence,) = verify(collected).damage
    assert sentence == "There is no index. Make it: seminar collect --rebuild"
    shutil.rmtree(collected.received / "logs")
    kept = [path.name for path in ReceivedFiles(collected.received).files()]
    at = {"size": 1, "received_at": now()}
    ChainedLog(collected.received / "arrivals.jsonl", "").append(
        {"number": 1, "sha256": sha, "name": sha[:4], **at} for sha in kept
    )  # as two runs at once left it, on a disk without locks
    assert verify(collected).damage == (sentence,)
    assert len(collect(collected).outcomes) == len(kept)
    assert verify(collected).damage == ()


def test_a_record_of_an_earlier_version_is_no_damage(collected: SeminarFolder) -> None:
    """W05 O21: it noted only the notebook; another notebook is damage all the same."""
    from seminarkit.core.disk.files import to_json, write_whole

    notebook = collected.reports / "core" / "GE.ipynb"
    write_whole(notebook, "{}")
    (collected.reports / "core" / "GE.html").write_text("words")
    record = {"output": hashlib.sha256(b"{}").hexdigest(), "fingerprint": "0"}
    write_whole(notebook.with_suffix(".json"), to_json(record))
    result = verify(collected)
    assert result.damage == ()
    assert "GE (core) was run by an earlier version of the kit" in result.stale[0]
    write_whole(notebook, "[]")
    assert "is no longer as it was made" in verify(collected).damage[0]
    notebook.with_suffix(".json").write_text("")
    assert "is no longer as it was made" in verify(collected).damage[0]
