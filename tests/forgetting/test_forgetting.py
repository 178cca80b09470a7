"""Is a person gone everywhere, and everybody else still there?"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import loaded
import pytest
from shared import log_of

from seminarkit.core.logs.hash_log import ChainedLog
from seminarkit.core.seminar.clock import now
from seminarkit.core.seminar.delegation_decisions import Asked, Nominated, Seated
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.lock import serving
from seminarkit.core.store.read_store import submissions
from seminarkit.forgetting.forget import find_traces
from seminarkit.forgetting.forget import forget as run_forget
from seminarkit.topics.intake.collect import collect
from seminarkit.topics.intake.verify import verify
from seminarkit.topics.packs.write_packs import prepare

Send = Callable[[str, Any], Path]
SECRET = "Nobody but I would say it so"


def about(words: str) -> dict[str, Any]:
    return {
        "questions": [{"about": "ghent", "question": words}, {"about": "dcu", "question": "Why?"}]
    }


@pytest.fixture
def lived(folder: SeminarFolder, send: Send, filled: Any) -> SeminarFolder:
    """GE-2 sent a plain file, and one in an archive with a colleague's."""
    send("GE-2.ipynb", filled("questions", "GE-2", about(SECRET)))
    parcel = io.BytesIO()
    with zipfile.ZipFile(parcel, "w") as archive:
        archive.writestr(
            "mine.ipynb", json.dumps(filled("questions", "GE-2", about(f"{SECRET} again"), rev=9))
        )
        archive.writestr(
            "colleague.ipynb", json.dumps(filled("questions", "GE-1", about("Of a colleague")))
        )
        archive.writestr("note.txt", "a word with it")
    send("both.zip", parcel.getvalue())
    send("AM.ipynb", filled("questions", "AM-1", about("From Armenia")))
    collect(folder)
    three = [p.model_dump(exclude_none=True) for p in folder.seminar.delegations["GE"]]
    three[1] |= {"name": SECRET, "email": "secret@example.org"}
    receipt = next(s.receipt for s in submissions(folder.database) if s.person == "GE-2")
    folder.decisions.add(
        [
            Nominated("GE", three, "GE-0000", at=now()),
            Seated(
                "d1-groups-1",
                [{"id": "g", "title": "G", "rapporteur": "GE-2", "people": ["GE-1", "GE-2"]}],
                at=now(),
            ),
            Asked("GE", "GE-2", "questions", "", f"Did you say: {SECRET}?", receipt, at=now()),
        ]
    )
    fresh = SeminarFolder(folder.root)
    prepare(fresh, ["GE", "AM"])
    answers = {"author": {"id": "GE-2"}, "answers": about(SECRET)}
    ChainedLog(fresh.drafts, "").append([{"window": "a", "filled": answers}])
    ChainedLog(fresh.links, "").append(
        [{"what": "made", "person": who, "sha256": who, "at": now()} for who in ("GE-1", "GE-2")]
    )
    collect(fresh)
    return SeminarFolder(folder.root)


def where(root: Path, words: str) -> list[str]:
    """Return every file that holds these words, archives opened."""
    found = []
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        data = path.read_bytes()
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                data += b"".join(archive.read(name) for name in archive.namelist())
        if words.encode() in data or json.dumps(words)[1:-1].encode() in data:
            found.append(path.relative_to(root).as_posix())
    return found


def forget(folder: SeminarFolder, person: str) -> None:
    run_forget(folder, find_traces(folder, person, is_id=True))


def test_nothing_of_the_person_is_left_and_all_else_is(lived: SeminarFolder) -> None:
    """O37: files, versions, log, pack; a colleague's file from the same archive stays."""
    assert len(where(lived.root, SECRET)) >= 6
    kept = {
        (s.person, s.receipt): s.answers for s in submissions(lived.database) if s.person != "GE-2"
    }
    forget(lived, "GE-2")
    assert where(lived.root, SECRET) == []
    assert where(lived.root, "secret@example.org") == []
    assert not (lived.packs / "GE" / "GE-2").exists()
    assert (lived.packs / "AM" / "AM-1").exists()
    fresh = SeminarFolder(lived.root)
    assert {(s.person, s.receipt): s.answers for s in submissions(fresh.database)} == kept
    assert [type(each) for each in fresh.decisions][:2] == [Nominated, Seated]
    assert fresh.seminar.seating["d1-groups-1"][0].people == ["GE-1"]
    assert fresh.seminar.seating["d1-groups-1"][0].rapporteur is None
    assert [p.id for p in fresh.seminar.delegations["GE"]] == ["GE-1", "GE-3"]
    assert [e["person"] for e in ChainedLog(fresh.links, "").entries()] == ["GE-1"]
    assert list(ChainedLog(fresh.drafts, "").entries()) == []
    proof = verify(fresh)
    assert proof.damage == ()
    assert (proof.forgotten, proof.redacted) == (1, 1)
    again = collect(fresh)
    assert (again.outcomes, again.known, again.not_taken) == ((), 2, ())


def test_a_line_that_was_changed_by_hand_is_found(lived: SeminarFolder) -> None:
    """O38 P10: only lines that 'seminar forget' has changed may be other than they were."""
    forget(lived, "GE-2")
    fresh = SeminarFolder(lived.root)
    log_of(fresh.root, "forgotten").unlink()
    assert "that 'seminar forget' did not record" in " ".join(verify(fresh).damage)


def test_the_command_says_what_went_and_what_remains(lived: SeminarFolder) -> None:
    """O37: never without being sure; a near match for a wrong name; not while forms are served."""

    def run(*words: str) -> loaded.Run:
        return loaded.run("forget", *words, cwd=lived.root)

    asked = run("GE-2")
    assert asked.returncode == 2
    assert "This cannot be undone. Add --yes" in asked.stderr
    assert "Did you mean 'GE-" in run("GE-9").stderr
    unknown = run("Nobody Here", "--yes")
    assert unknown.returncode == 2 and "Nothing in this folder names" in unknown.stderr
    with serving(lived.serving_lock):
        assert "Stop that 'seminar serve' first" in run("GE-2", "--yes").stderr
    told = run("ge-2", "--yes")
    assert told.returncode == 0, told.stderr
    for words in ("both.zip", "blacked out; the texts of other people stay", "remove the line"):
        assert words in told.stdout.replace("Blacked", "blacked")
