"""Does what may tell who asked a question wait for a person, and is no other word touched?"""

from __future__ import annotations

import pytest

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.questions.identifying_words import identifying_parts
from seminarkit.topics.questions.public_questions import without_names

SHOWN = {
    "NINO KAPANADZE (University, Georgia)",
    "Will Smith",
    "Ana",
    "olena koval",
    "May",
    "Core participant 2, Georgia",
}


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("Nino Kapanadze, vice-rector of our university: who pays?", "the name Nino"),
        ("@NINO KAPANADZE do you mean the course?", "the name KAPANADZE"),
        ("As Kapanadze's course shows, who pays for it?", "the name Kapanadze's"),
        ("Does Koval know who pays for it?", "the name Koval"),
        ("Will a certificate be accepted by the ministry?", "the name Will"),
        ("May I ask who signs it?", "the name May"),
        ("Is it as Ana said in the session?", "the name Ana"),
        ("Who pays? Call +995 599 12 34 56", "the number +995 599 12 34 56"),
        ("Who pays for it, or ring 0032 475 123456?", "the number 0032 475 123456"),
        ("Who pays? Write to me at a@example.org", "the e-mail address a@example.org"),
        ("Who pays for what @nino_k said?", "the handle @nino_k"),
        ("Is this what linkedin.com/in/nino has written?", "the link linkedin.com/in/nino"),
        ("Is this what https://www.tsu.ge has on it?", "the link https://www.tsu.ge"),
        ("I am the NEO of a small country, who pays?", "the words “I am the NEO”"),
        ("As a rector of a small one, who pays for it?", "the words “As a rector”"),
        ("We are from the west: who pays for it?", "the words “We are from”"),
        ("Who pays in Georgian universities?", "the country's name Georgian"),
        ("Who in Ireland checks the quality?", "the place Ireland"),
        ("What do they do in Tbilisi with it?", "the place Tbilisi"),
        ("Is it so in New Zealand as well?", "the place New Zealand"),
        ("ვინ იხდის?", "its script (Georgian)"),
        ("Ո՞վ է վճարում", "its script (Armenian)"),
        ("هل تعترف الجامعة بما تعلّمه؟", "its language, which is not English"),
        ("Qui corrige un certificat numérique ?", "its language, which is not English"),
        ("Who is GE-2 and why?", "the code GE-2"),
    ],
)
def test_what_may_tell_who_asked_is_found(kit: SeminarFolder, text: str, piece: str) -> None:
    """P08 O37: each attack of a reader who knows the names waits for a person."""
    assert piece in identifying_parts(kit.seminar, text, SHOWN)


@pytest.mark.parametrize(
    "text",
    [
        "How can an open university know that a learner did the task himself?",
        "Will a student with a weak line at home be left behind?",
        "May I ask who signs it?",
        "In our villages it fails every evening, what then?",
        "Is it 180 000 000 euro for 2019-2020?",
        "See https://www.example.org/form?page=2 for what?",
        "Do universities see us as partners or as rivals?",
        "Is an entry in the qualifications framework needed first?",
        "I am not sure: is it 3:30 or 4:15 tomorrow, 2020-11-27?",
    ],
)
def test_all_else_may_go_out(kit: SeminarFolder, text: str) -> None:
    """P08: where nobody is called so, nothing waits."""
    assert (
        identifying_parts(kit.seminar, text, {"Nino Kapanadze (University, Georgia)", "Ben"}) == []
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Will a certificate be accepted? May I ask?", "Will a certificate be accepted? May I ask?"),
        ("I asked Will Smith and will smith again", "I asked [name removed] and will smith again"),
        ("@Ana who pays, Ana?", "[name removed] who pays, Ana?"),
        ("NINO KAPANADZE said so", "[name removed] said so"),
        ("Write to a@example.org", "Write to [e-mail address removed]"),
        ("Ghost Will Smithson", "Ghost Will Smithson"),
    ],
)  # fmt: skip
def test_only_whole_names_are_taken_out(text: str, shown: str) -> None:
    """P08: a common word is never lost, whoever is called so."""
    assert without_names(text, SHOWN) == shown


def test_who_speaks_in_the_programme_may_be_named(kit: SeminarFolder) -> None:
    """P08: a question to a speaker tells nothing of who asked."""
    speaker = next(iter(kit.seminar.people.values())).name
    assert identifying_parts(kit.seminar, f"What does {speaker} think of it?", {speaker}) == []
