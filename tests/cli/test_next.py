"""Does 'next' read from the folder what is to be done, and 'doctor' what is missing?"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from in_process import seminar
from notes_tools import TEXT, seat
from shared import arrives

from seminarkit.core.seminar.folder import SeminarFolder

Send = Callable[[str, Any], Path]


def steps(folder: SeminarFolder, *words: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(seminar(folder.root, "next", "--json", *words).stdout)
    return found


def test_an_organiser_is_led_from_step_to_step(
    folder: SeminarFolder, send: Send, filled: Any, answers: dict[str, Any]
) -> None:
    """K03: packs, the inbox, what is owed, reports, pages; each goes away when it is done."""
    groups = "seminar groups, then seminar groups --keep"
    assert [step["how"] for step in steps(folder)] == ["seminar prepare", "seminar remind", groups]
    seminar(folder.root, "prepare")
    send("r.ipynb", filled("country_report", "GE-1", answers))
    (first, *_) = steps(folder)
    assert first == {"what": "1 file in inbox/ not yet taken in", "how": "seminar collect"}
    seminar(folder.root, "collect")
    assert [s["how"] for s in steps(folder)][-2:] == ["seminar report", "seminar publish"]


def test_an_organiser_is_told_when_notes_are_in(folder: SeminarFolder) -> None:
    """K03 X01: and of which session they are the matter; of the other one nothing is in."""
    seat(folder)
    arrives(folder.inbox / "notes.txt", TEXT)
    seminar(folder.root, "collect")
    (step,) = [s for s in steps(folder) if s["how"] in ("seminar recap", "seminar conclude")]
    assert step["how"] == "seminar conclude"
    assert step["what"].startswith("Notes of 1 group are in for “Conclusions and way forward")


def test_a_participant_sees_what_they_owe_by_deadline(
    folder: SeminarFolder, send: Send, filled: Any, answers: dict[str, Any]
) -> None:
    """K03 O15: done ones are gone, drafts say how far, offers are left out."""
    send("r.ipynb", filled("country_report", "GE-2", answers))
    send("q.ipynb", filled("questions", "GE-2", {"questions": [{"about": "dcu", "question": "?"}]}))
    seminar(folder.root, "collect")
    owed = [
        step["what"].split(", by ")[0]
        for step in steps(folder, "--role", "participant", "--who", "ge-2")
    ]
    assert owed == [
        "Pre-survey",
        "Case reviews (0 of 2 done)",
        "Questions (draft 1 of 2)",
        "Registration",
    ]
    owed = [
        step["what"].split(", by ")[0]
        for step in steps(folder, "--role", "NEO", "--who", "Georgia")
    ]
    assert owed == ["Nomination", "Sign-off"]


def test_a_role_of_the_programme_sees_when_and_where(folder: SeminarFolder) -> None:
    """K03 O10: with the names, and parts that are still to be filled."""
    (*_, conclusions) = steps(folder, "--role", "general rapporteur")
    assert "to be named" in conclusions["what"]
    assert conclusions["how"] == "Friday 27 November 2020, 14:00–14:45"
    assert "Did you mean 'chair'?" in seminar(folder.root, "next", "--role", "chiar", code=2).stderr
    assert "Say for whom" in seminar(folder.root, "next", "--role", "participant", code=2).stderr


def test_doctor_says_what_is_well_and_what_is_not(folder: SeminarFolder, tmp_path: Path) -> None:
    """O34"""
    told = seminar(folder.root, "doctor").stdout
    assert "+ JupyterLab and Notebook in this environment can show forms" in told
    assert "+ seminar.yml and" in told
    assert "! This is not the folder of a seminar" in seminar(tmp_path, "doctor").stdout
    (folder.root / "seminar.yml").write_text("id: x\n")
    told = seminar(folder.root, "doctor", code=1).stdout
    assert "x seminar.yml line 1: the file has no" in told
