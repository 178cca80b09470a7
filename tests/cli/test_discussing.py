"""Are questions and chats taken in, listed, decided on and shown, each to those who may read it?"""

from __future__ import annotations

import json
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from in_process import seminar

from seminarkit.core.errors import SeminarError
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.reports.dossiers import build_dossiers
from seminarkit.site.leaks import leaks
from seminarkit.site.pages import frame
from seminarkit.topics.questions.page import questions_page

Send = Callable[[str, Any], Path]
ASKED = [
    {"about": "ghent", "question": "Who pays for a course in the end?", "why": "We <b>cannot</b>."},
    {"question": "A question without a case, a session or anything else?"},
]
CHAT = (
    "09:15:02 From Ana Kovač to Everyone:\n\tWho pays in the end, dear Ben Okri?\n\tana@example.org\n"
    "09:15:40 From Ben Okri to Ana Kovač (Direct Message):\n\tsecret words between us\n"
    "09:16:00 From Ben Okri to Everyone:\n\tI wonder <i>who</i> learns.\n"
    "09:17:00 From Core participant 2, Georgia to Everyone:\n\tWho pays for a course in the end? Thank you\n"
)


@pytest.fixture
def discussed(folder: SeminarFolder, send: Send, filled: Any) -> SeminarFolder:
    """Two delegations that asked ahead, and the chat of a public session."""
    send("ge.ipynb", filled("questions", "GE-2", {"questions": ASKED}))
    send("am.ipynb", filled("questions", "AM-1", {"questions": ASKED[:1]}))
    seminar(folder.root, "collect")
    (folder.root / "saved.txt").write_text(CHAT, encoding="utf-8")
    return folder


def listed(folder: SeminarFolder, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(seminar(folder.root, "questions", *words, "--json").stdout)
    return found


def everything_kept(folder: SeminarFolder) -> str:
    return "".join(
        p.read_text("utf-8", "replace") for p in folder.received.rglob("*") if p.is_file()
    )


def test_a_chat_is_kept_without_direct_messages_and_stays_when_all_is_made_again(
    discussed: SeminarFolder,
) -> None:
    """M01 M02: under its hash, in the log; once; verify and --rebuild agree."""
    root = discussed.root
    told = seminar(
        root, "chat", str(root / "saved.txt"), "--session", "d1-fuss", "--dry-run"
    ).stdout
    assert "3 lines to everyone, including 2 questions; 1 direct message would be left out" in told
    assert "Kova" not in everything_kept(discussed)
    first = json.loads(
        seminar(root, "chat", str(root / "saved.txt"), "--session", "d1-fuss", "--json").stdout
    )
    assert (first["lines"], first["direct"], first["known"]) == (3, 1, False)
    assert "secret" not in everything_kept(discussed)
    assert (
        "taken in before"
        in seminar(root, "chat", str(root / "saved.txt"), "--session", "d1-fuss").stdout
    )
    before = listed(discussed)
    assert "all is as it was" in seminar(root, "verify").stdout
    seminar(root, "collect", "--rebuild")
    assert listed(discussed) == before
    assert "all is as it was" in seminar(root, "verify").stdout
    (d1_fuss,) = (each for each in before["sessions"] if each["id"] == "d1-fuss")
    assert len(d1_fuss["chats"]) == 1
    assert len(d1_fuss["matters"]) == 2


def test_a_chat_in_the_inbox_waits_for_its_session(discussed: SeminarFolder, send: Send) -> None:
    """M02: its direct messages are not stored, also not by mistake."""
    send("meeting_saved_chat.txt", CHAT)
    told = seminar(discussed.root, "collect").stdout
    assert "left in the inbox: meeting_saved_chat.txt" in told
    assert "seminar chat FILE --session ID" in told
    assert "secret" not in everything_kept(discussed)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("09:15:02 Von  Ana  an  Alle : Wer zahlt?\n", "saved.txt was not taken in. Its lines do not read"),
        ("Ana: who pays?\n", "saved.txt was not taken in. It is not a saved chat"),
    ],
)  # fmt: skip
def test_another_layout_is_refused_and_nothing_kept(
    discussed: SeminarFolder, text: str, words: str
) -> None:
    """M01"""
    (discussed.root / "saved.txt").write_text(text, encoding="utf-8")
    assert (
        words
        in seminar(
            discussed.root,
            "chat",
            str(discussed.root / "saved.txt"),
            "--session",
            "d1-fuss",
            code=1,
        ).stderr
    )
    assert "Wer zahlt" not in everything_kept(discussed)
    told = seminar(
        discussed.root, "chat", str(discussed.root / "saved.txt"), "--session", "d1-fus", code=2
    ).stderr
    assert "Did you mean 'd1-fuss'?" in told


def test_questions_are_listed_with_what_is_missing_named(discussed: SeminarFolder) -> None:
    """H02 H03: by case and session; no case is told, and who asked nothing; suggestions beside."""
    told = seminar(discussed.root, "questions").stdout
    ghent, nowhere = told.index("Ghent University"), told.index("Not about a case study")
    assert ghent < told.index("GE-2-q1") < nowhere < told.index("GE-2-q2")
    assert "might ask the same as AM-1-q1: Who pays for a course in the end?" in told
    assert "No question yet from Albania" in told
    data = listed(discussed, "--session", "d1-groups-2", "--case", "ghent")
    assert set(data["matters"]) == {"GE-2-q1", "AM-1-q1"}
    assert data["near"]["GE-2-q1"][0] == "AM-1-q1"
    assert set(listed(discussed, "--country", "Armenia")["matters"]) == {"AM-1-q1"}
    assert (
        "Did you mean 'ghent'?"
        in seminar(discussed.root, "questions", "--case", "gent", code=2).stderr
    )


def test_what_is_decided_is_logged_carried_and_shown(discussed: SeminarFolder) -> None:
    """H04 M03 M06: by a person's word alone, joined, parked, owned, answered."""
    root = discussed.root
    seminar(root, "chat", str(root / "saved.txt"), "--session", "d1-fuss")
    (chat_id,) = (
        q["id"] for m in listed(discussed)["matters"].values() for q in m["questions"] if "Kova" in q["by"]
    )  # fmt: skip
    told = seminar(root, "question", "ge-2-q1", "--parked", "--in", "d1-groups-1", "--owner", "SPHERE Team").stdout  # fmt: skip
    assert "GE-2-q1: parked in d1-groups-1; goes to d1-groups-2; SPHERE Team will answer." in told
    told = seminar(root, "question", "AM-1-q1", "--same-as", "GE-2-q1").stdout
    assert "asked together: AM-1-q1, GE-2-q1" in told
    seminar(
        root, "question", chat_id, "--answered", "The state pays, says Ben Okri of b@example.org."
    )
    data = listed(discussed)
    assert data["matters"]["AM-1-q1"]["to"] == "d1-groups-2"
    assert data["matters"][chat_id]["mark"] == "answered"
    assert [m for m in data["unanswered"] if data["matters"][m]["owner"]] == ["AM-1-q1"]
    for wrong, words in (
        (("GE-9-q1", "--chosen"), "is not a question of this seminar"),
        (("GE-2-q1",), "Say what to do with it"),
        (("GE-2-q1", "--to", "d2-groups"), "Use it with --parked"),
        (("GE-2-q1", "--chosen", "--answered", "Yes."), "not both"),
        (("GE-2-q1", "--same-as", "GE-2-q1"), "with itself"),
        (("GE-2-q1", "--chosen", "--in", "d1-fus"), "Did you mean 'd1-fuss'?"),
    ):
        assert words in seminar(root, "question", *wrong, code=2).stderr
    assert len(list(SeminarFolder(root).decisions)) == 5
    told = seminar(root, "question", chat_id, "--publish").stdout
    assert "for the public page" in told
    core, public = both_pages(SeminarFolder(root))
    for words in (
        "SPHERE Team will answer",
        "goes to Parallel discussion groups 2",
        "Asked together:",
        "1 direct message left out",
        "I wonder <i>who</i> learns.",
        "We <b>cannot</b>.",
        "Not about a case study or a session",
    ):
        assert words in unescape(core), words
    assert "<i>who</i>" not in core
    assert "The state pays, says [name removed] of [e-mail address removed]." in public
    assert "Who pays in the end, dear [name removed]?" in public
    for words in ("Ana", "Ben Okri", "Core participant", "secret", "GE-2", chat_id, "without a case", "wonder"):  # fmt: skip
        assert words not in public, words


def both_pages(folder: SeminarFolder) -> tuple[str, str]:
    build_dossiers(folder, submissions(folder.database))
    core, public = (
        questions_page(folder, audience, frame(folder, audience, "questions.html"))
        for audience in ("core", "public")
    )  # type: ignore[arg-type]
    # a core participant said in public what the closed form holds too: that is no leak
    assert leaks(folder, {"public/questions.html": public}) == []
    return core, public


def test_an_answer_given_behind_closed_doors_stays_there(discussed: SeminarFolder) -> None:
    """M02: a chat's question that is asked together with a core one shows nothing of it."""
    root = discussed.root
    seminar(root, "chat", str(root / "saved.txt"), "--session", "d1-fuss")
    ids = [q["id"] for m in listed(discussed)["matters"].values() for q in m["questions"]]
    (chat_id, *_) = [each for each in ids if each.startswith("d1-fuss")]
    seminar(root, "question", chat_id, "--same-as", "GE-2-q1")
    seminar(root, "question", *(each for each in ids if each.startswith("d1-fuss")), "--publish")
    seminar(root, "question", "GE-2-q1", "--answered", "In confidence: nobody knows.")
    core, public = both_pages(SeminarFolder(root))
    assert "In confidence" in core
    assert "In confidence" not in public
    assert "0 of 2 were answered" in public


def test_a_chat_of_a_closed_session_never_becomes_public(discussed: SeminarFolder) -> None:
    """M02"""
    seminar(discussed.root, "chat", str(discussed.root / "saved.txt"), "--session", "d1-groups-1")
    core, public = both_pages(SeminarFolder(discussed.root))
    assert "Kovač" in core
    assert "No chat from a public session has been received yet." in public
    assert "Who pays" not in public


def test_pages_without_a_dossier_say_what_to_do(folder: SeminarFolder) -> None:
    with pytest.raises(SeminarError, match="seminar report"):
        questions_page(folder, "core", frame(folder, "core", "questions.html"))
