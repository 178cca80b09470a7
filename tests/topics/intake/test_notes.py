"""Notes of groups as plain text or free Word, odd things in them, and the chair's reply."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from notes_tools import ANSWERS, HEADINGS, TEXT, noted_of, seat
from shared import only

from seminarkit.core.forms.plain_text_form import plain_form
from seminarkit.core.seminar.assignments import assignments
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.topics.conclusions.all_notes import notes
from seminarkit.topics.conclusions.notes_status import NOT_SEEN, SEEN, WANTS_CHANGES
from seminarkit.topics.intake.chair_replies import read_replies
from seminarkit.topics.intake.collect import collect
from seminarkit.topics.intake.expected import expected_of
from seminarkit.topics.intake.payload import Expected
from seminarkit.topics.intake.reader import read_bytes
from seminarkit.topics.intake.verify import verify
from seminarkit.topics.packs.prefill import prefill_state, starting_form
from seminarkit.topics.packs.word_form_writer import form_document

Send = Callable[[str, Any], Path]


@pytest.fixture
def seminar(folder: SeminarFolder) -> SeminarFolder:
    return seat(folder)


def mail(text: str, kind: str = "plain") -> bytes:
    head = f"From: who@example.org\nSubject: Notes\nContent-Type: text/{kind}; charset=utf-8\n\n"
    return f"{head}{text}".encode()


def word(text: str) -> bytes:
    """Return a document as somebody writes it who has never seen the kit's form."""
    document, file = Document(), io.BytesIO()
    for line in text.splitlines():
        if line in HEADINGS:
            document.add_heading(line, 1)
        elif line.startswith("- "):
            document.add_paragraph(line[2:], style="List Bullet")
        else:
            document.add_paragraph(line)
    document.save(file)
    return file.getvalue()


def numbered(text: str) -> str:
    for number, heading in enumerate(HEADINGS, start=1):
        text = text.replace(heading, f"{number}. {heading.upper()}:")
    return text.replace("- ", "• ")


def markdown(text: str) -> str:
    for heading in HEADINGS:
        text = text.replace(heading, f"## **{heading}**")
    return text.replace("- ", "* ")


def html(text: str) -> str:
    lines = (
        f"<p><b>{line}</b></p>" if line in HEADINGS else f"<div>{line}</div>"
        for line in text.splitlines()
    )
    return f"<html><body>{''.join(lines)}</body></html>"


WRITTEN = {
    "as it was sent out": TEXT.encode(),
    "numbered, capitals, other bullets": numbered(TEXT).encode(),
    "Markdown": markdown(TEXT).encode(),
    "Notepad": TEXT.replace("\n", "\r\n").encode("utf-8-sig"),
    "UTF-16": TEXT.encode("utf-16"),
    "by the rapporteur's code alone": TEXT.replace("d2-group-1, ", "Notes by ").encode(),
    "with a slip, and cut short": TEXT.replace("discussed", "discused")
    .replace(", and who should do it", "")
    .encode(),
    "lines that look like a mail's": TEXT.replace(
        "d2-group-1, UA-2", "Group: d2-group-1\nRapporteur: UA-2"
    ).encode(),
    "no bullets": TEXT.replace("- ", "").encode(),
    "a mail": mail(TEXT),
    "a quoted mail": mail("".join(f"> {line}\n" for line in TEXT.splitlines())),
    "a mail as HTML": mail(html(TEXT), "html"),
    "free Word": word(TEXT),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_notes_are_read_by_their_headings(asked: Expected, name: str) -> None:
    """G09: however people write headings and lines; codes behind a point become its codes."""
    part = only(read_bytes(WRITTEN[name], asked))
    assert part.reading, part.problem
    assert (part.reading.person, part.reading.subject) == ("UA-2", "d2-group-1")
    assert part.reading.answers == ANSWERS
    assert part.reading.complete
    assert "Attention" not in part.remark


def test_lines_that_are_broken_by_a_mail_program_are_one_point(asked: Expected) -> None:
    broken = TEXT.replace(
        "- Fees were named by nobody",
        "- Small units that a university recognises need one owner in each\nfaculty (LO2)\n"
        "- Fees were\n  named by nobody",
    )
    raised = only(read_bytes(broken.encode(), asked)).reading.answers["raised"]
    assert [row["raised_text"] for row in raised[1:]] == [
        "Small units that a university recognises need one owner in each faculty",
        "Fees were named by nobody",
    ]


def test_what_has_no_place_goes_into_the_private_notes(asked: Expected) -> None:
    """G09: kept, told by its number, never by its words."""
    text = TEXT.replace("\n\nWhat was", "\n\nDear all,\nswordfish\n\nWhat was", 1)
    text += "".join(f"- step {n}\n" for n in range(6)) + "-- \nSent from a telephone\n"
    part = only(read_bytes(text.encode(), asked))
    scratch = part.reading.answers["scratch"].splitlines()
    assert scratch == ["swordfish", "step 4", "step 5"]
    assert "1 line is not below a heading" in part.remark
    assert (
        f"there are more than 5 points under “{HEADINGS[-1]}”; these were not used there"
        in part.remark
    )
    assert "private notes: “step 4”, “step 5”." in part.remark
    assert (
        "2 lines were not read as part of the notes (“Dear all,”, “Sent from a telephone”)"
        in part.remark
    )
    assert "swordfish" not in part.remark
    assert len(part.reading.answers["next"]) == 5


@pytest.mark.parametrize(
    ("said", "answers"),
    [
        ("Where opinions differed\nnone", {"disagreement": "none"}),
        ("Was there disagreement? No", {"disagreement": "none"}),
        ("Was there disagreement?\n[ ] Yes\n[x] No, there was none", {"disagreement": "none"}),
        ("Has the chair of your group read this?\nYes, and agrees", {"chair_seen": "agreed"}),
        ("Which of these did you take up?\n[x] GE-1-q2: Why?\n[ ] KZ-1-q1: Who?", {"taken_up": ["GE-1-q2"]}),
    ],
)  # fmt: skip
def test_ticks_and_words_answer_a_choice(
    asked: Expected, said: str, answers: dict[str, Any]
) -> None:
    """G05: "was there none?" is one word, or none at all."""
    text = f"d2-group-1\n\nWhat was discussed\n- One point\n\n{said}\n"
    read = only(read_bytes(text.encode(), asked)).reading.answers
    assert {k: v for k, v in read.items() if k != "raised"} == answers


@pytest.mark.parametrize(
    ("first", "told"),
    [
        ("Notes of our group", "Write the group (such as d"),
        ("d2-group-9", "'d2-group-9' is not a group of this seminar. Did you mean 'd2-group-1'?"),
        ("d2-group-2, GE-3", "Nobody is named to take notes in d2-group-2. Name somebody"),
        ("Colucci", "colucci, who takes notes in d1-groups-1-dcu and d1-groups-1-ghent"),
    ],
)
def test_notes_that_do_not_say_of_which_group_are_refused(
    asked: Expected, first: str, told: str
) -> None:
    text = TEXT.replace("d2-group-1, UA-2", first)
    if "Colucci" in first:
        text = text.replace("What most agreed on", "What the group takes from the case")
    part = only(read_bytes(text.encode(), asked))
    assert part.reading is None
    assert told in part.problem


def test_the_sheet_as_text_is_blank_until_somebody_writes(seminar: SeminarFolder) -> None:
    """G09: the text in the pack, untouched and filled in, in both kinds of groups."""
    expected = expected_of(seminar)
    for each in (a for a in assignments(seminar.seminar) if a.task.sessions):
        handed = starting_form(seminar, each, prefill_state(seminar))
        assert handed
        sheet = plain_form(handed[0])
        assert "There is nothing below" in only(read_bytes(sheet.encode(), expected)).problem
        filled = sheet.replace("- ", "- A point in one sentence (GE)", 1)
        reading = only(read_bytes(filled.encode(), expected)).reading
        assert reading.key == each.key
        assert reading.answers == {
            "raised": [{"raised_text": "A point in one sentence", "raised_about": "GE"}]
        }


def test_ticks_of_the_group_s_questions_come_back_from_word(
    seminar: SeminarFolder, send: Send, filled: Any
) -> None:
    """G02: the five questions are choices of this sheet alone."""
    asked = [{"about": "d2-groups", "question": f"Why number {n}?"} for n in (1, 2)]
    send("q.ipynb", filled("questions", "GE-1", {"questions": asked}))
    collect(seminar)
    assignment = next(a for a in assignments(seminar.seminar) if a.subject == "d2-group-1")
    handed = starting_form(seminar, assignment, prefill_state(seminar))
    assert handed
    ticks = next(f for f in handed[0]["fields"] if f["name"] == "taken_up")
    assert [name for name, _ in ticks["choices"]] == ["GE-1-q1", "GE-1-q2"]
    made = {**handed[1], "answers": {**ANSWERS, "taken_up": ["GE-1-q2"]}}
    part = only(read_bytes(form_document(handed[0], made), expected_of(seminar)))
    assert part.reading.answers == {**ANSWERS, "taken_up": ["GE-1-q2"]}
    assert "Attention" not in part.remark


def test_unknown_codes_and_placeholders_are_told_and_taken(asked: Expected) -> None:
    """G05 G06: in a sentence each; the form's own hint pasted in is a placeholder too."""
    text = TEXT.replace("(KZ)", "(ZZ, GE-9-q9, dcu)").replace("Fees were named by nobody", "…TODO")
    text = text.replace("A register is wanted", "In one sentence")
    part = only(read_bytes(text.encode(), asked))
    assert part.reading.answers["disagreed"][0]["disagreed_about"] == "ZZ, GE-9-q9, dcu"
    for words in (
        "“ZZ” (Where opinions differed, point 1) is not a country, question or outcome",
        "“GE-9-q9”",
        "What was discussed, issue 2 still contains a placeholder, “…TODO”",
        "What most agreed on, point 1 still contains a placeholder, “In one sentence”",
        "The notes were accepted all the same.",
    ):
        assert words in part.remark
    assert "dcu" not in part.remark


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("OK UA-7K3F", [("UA-7K3F", "agreed")]),
        ("Dear all,\n\nagreed: ua-7k3f.\nBest\nE.", [("UA-7K3F", "agreed")]),
        ("UA-7K3F: ok", [("UA-7K3F", "agreed")]),
        ("I agree with the notes UA-7K3F!", [("UA-7K3F", "agreed")]),
        ("Changes UA-7K3F: the second point", [("UA-7K3F", "changes")]),
        ("Not OK UA-7K3F", [("UA-7K3F", "changes")]),
        ("OK UA-7K3F\nChanges UA-7K3F: one word", [("UA-7K3F", "changes")]),
        ("I cannot agree.\n> OK UA-7K3F", []),
        ("No.\n-----Original Message-----\nOK UA-7K3F", []),
        ("On Friday the rapporteur wrote:\nOK UA-7K3F", []),
        ("Нет.\n\nпт, 27 нояб. 2020 г. в 13:05, X <x@y.org>:\nOK UA-7K3F", []),
        ("Non.\n\nDe : X <x@y.org>\nEnvoyé : 27.11.2020 13:05\nObjet : Y\n\nOK UA-7K3F", []),
        (
            "OK UA-7K3F\n\nGönderen: X <x@y.org>\nTarih: 27.11.2020\n\nNo UA-7K3F",
            [("UA-7K3F", "agreed")],
        ),
        ("It would be ok if UA-7K3F said more", []),
        ("OK", []),
    ],
)
def test_a_reply_counts_where_a_line_says_it_and_nothing_else(text: str, said: list[Any]) -> None:
    """G07: what a mail quotes is not what its writer says."""
    assert [tuple(each) for each in read_replies(text)] == said


def test_the_chair_s_reply_holds_for_one_version(seminar: SeminarFolder, send: Send) -> None:
    """G07: before the notes, for them, for an earlier version; --rebuild gives the same."""
    send("a.txt", TEXT)
    collect(seminar)
    first = noted_of(seminar, "d2-group-1")
    assert (first.state, first.chair) == ("complete", NOT_SEEN)
    send("ok.eml", mail(f"OK {first.receipt}\n"))
    (told,) = [outcome for _, outcome in collect(seminar).outcomes]
    assert told.kind == "reply"
    assert f"{first.receipt} agrees with the notes of d2-group-1. It is not proven who wrote it" in told.text  # fmt: skip
    assert noted_of(seminar, "d2-group-1").chair == SEEN
    (sheet,) = notes(seminar, submissions(seminar.database)).sheets
    assert sheet.seen == "agreed"  # so the conclusions know it too
    send("b.txt", TEXT.replace("by March", "by May"))
    collect(seminar)
    second = noted_of(seminar, "d2-group-1")
    assert second.receipt != first.receipt
    assert second.chair == NOT_SEEN
    send("late.eml", mail(f"OK {first.receipt}\nThank you"))
    (told,) = [outcome for _, outcome in collect(seminar).outcomes]
    assert f"that counts is {second.receipt}: ask the chair to look at that one" in told.text
    send("no.eml", mail(f"Changes {second.receipt}: March is right"))
    collect(seminar)
    assert noted_of(seminar, "d2-group-1").chair == WANTS_CHANGES
    assert not verify(seminar).damage
    assert collect(seminar, rebuild=True).known == 5
    assert noted_of(seminar, "d2-group-1").chair == WANTS_CHANGES


def test_a_reply_may_come_before_the_notes(seminar: SeminarFolder, send: Send) -> None:
    expected = only(read_bytes(TEXT.encode(), expected_of(seminar))).reading
    send("1.eml", mail(f"OK {expected.receipt}"))
    send("2.txt", TEXT)
    told = [outcome.text for _, outcome in collect(seminar).outcomes]
    assert "no notes with this receipt have been received yet" in told[0]
    state = noted_of(seminar, "d2-group-1")
    assert (state.chair, state.how) == (SEEN, "by a reply that names the receipt")


def test_a_tick_in_the_notes_and_notes_by_the_chair(seminar: SeminarFolder, send: Send) -> None:
    """G07 G08."""
    send("1.txt", TEXT + "\nHas the chair of your group read this?\n[x] Yes, and wants changes\n")
    send("2.txt", "d1-groups-1-dcu\nWhat the group takes from the case\n- A\nQuestions that stay open\n- Who pays?\n")  # fmt: skip
    collect(seminar)
    state = noted_of(seminar, "d2-group-1")
    assert (state.chair, state.how) == (WANTS_CHANGES, "ticked in the notes")
    day = noted_of(seminar, "d1-groups-1-dcu")
    assert (day.state, day.chair, day.how) == ("draft", SEEN, "written by the chair")
    assert day.missing == ("Was there disagreement?",)
    assert noted_of(seminar, "d1-groups-1-ghent").state == "missing"
    assert noted_of(seminar, "d2-group-2").by == ""


def test_another_rapporteur_later_leaves_the_first_notes(
    seminar: SeminarFolder, send: Send
) -> None:
    """Two rapporteurs for one group: both stay, the one who is named now counts, both are told."""
    send("1.txt", TEXT)
    collect(seminar)
    changed = seat(seminar, "UA-3")
    send("2.txt", TEXT.replace("UA-2", "UA-3").replace("by March", "by May"))
    collect(changed)
    state = noted_of(changed, "d2-group-1")
    assert (state.by, state.others) == ("UA-3", ("UA-2",))
    assert len([s for s in submissions(changed.database) if s.form == "group_notes"]) == 2
    send("3.txt", TEXT.replace("UA-2", "GE-1").replace("by March", "by June"))
    told = [outcome.text for _, outcome in collect(changed).outcomes]
    assert "GE-1 signed it, but UA-3 is asked for the notes of d2-group-1" in told[0]
