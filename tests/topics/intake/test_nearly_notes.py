"""Notes and replies that are nearly as the kit reads them: read so, or told what to mend."""

from __future__ import annotations

import pytest
from notes_tools import ANSWERS, HEADINGS, TEXT, mail
from shared import only

from seminarkit.topics.intake.near_headings import looks_like_heading
from seminarkit.topics.intake.payload import Expected
from seminarkit.topics.intake.reader import read_bytes

EXAMPLES = "Examples and solutions worth telling"
POINT = "- One from Dublin"


@pytest.mark.parametrize("heading", ["Examples", "Examples:", "4. Examples", "## EXAMPLES", "**Examples and solutions**"])  # fmt: skip
def test_a_heading_is_known_by_its_first_words(asked: Expected, heading: str) -> None:
    """G09: whole words, and no other heading that begins so."""
    text = TEXT.replace(EXAMPLES, f"{heading}\n{POINT}")
    part = only(read_bytes(text.encode(), asked))
    assert part.reading.answers == ANSWERS | {"examples": [{"examples_text": POINT[2:]}]}
    assert "Attention" not in part.remark


@pytest.mark.parametrize("line", ["Agreed", "Good examples", "Disagreement", "Solutions:"])
def test_a_line_like_a_heading_is_kept_as_a_point_and_told(asked: Expected, line: str) -> None:
    """G09: nothing is guessed, and the organiser knows where to look."""
    part = only(read_bytes(TEXT.replace(EXAMPLES, f"{line}\n{POINT}").encode(), asked))
    rows = part.reading.answers["disagreed"]
    assert [row["disagreed_text"] for row in rows][1:] == [line, POINT[2:]]
    assert f"Attention: the line “{line}” looks like a heading" in part.remark


@pytest.mark.parametrize(
    "line", ["- Examples", "examples", "- Solutions are wanted", "Where", "What", "Dublin"]
)
def test_points_and_ends_of_broken_lines_are_no_headings(asked: Expected, line: str) -> None:
    """G09: the same words below a bullet, or where a mail program broke a line."""
    text = TEXT.replace("to faculties (KZ)", f"to faculties (KZ)\n{line}")
    part = only(read_bytes(text.encode(), asked))
    assert "examples" not in part.reading.answers
    assert "looks like a heading" not in part.remark


def test_no_heading_of_a_form_is_taken_for_a_point(asked: Expected) -> None:
    """G09: each of them looks like one, or is too long to be asked about."""
    form = asked.forms["group_notes"]
    for heading in HEADINGS:
        assert looks_like_heading(heading, form) == (len(heading.split()) <= 4)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"d2-group-9 \xc2\xb7 GE-3\n\n- one\n", "There is no group d2-group-9. There are d2-group-1, d2-group-2."),
        (b"d2-group-2\n\n- one\n", "It names the group d2-group-2, but has none of the headings"),
        (b"d2-group-1, UA-2\nWhat was discussed\n- a\n", "has only one (“What was discussed”) of the headings"),
        (mail("d2-group-1\n- one\n"), "It names the group d2-group-1"),
        (mail("What was discussed\n- a\n"), "It has only one heading of notes"),
        (mail(TEXT.split("\n", 2)[2]), "It has the headings of notes, but does not say which group"),
        (mail("I like UA-T0F0 well"), "Ask for a line such as: OK UA-T0F0"),
        (mail("Thank you all"), "No form is attached to this mail."),
        (mail("GE-3 was here"), "No form is attached to this mail."),
    ],
)  # fmt: skip
def test_what_is_nearly_understood_says_what_to_mend(
    asked: Expected, data: bytes, said: str
) -> None:
    """G09 G07: never that a form is missing, where a text was meant."""
    assert said in only(read_bytes(data, asked)).problem


@pytest.mark.parametrize("text", ["ok ua-t0f0 thanks", "OK UA-T0F0, many thanks!", "UA-T0F0: yes. Thank you very much"])  # fmt: skip
def test_thanks_behind_an_ok_are_no_other_words(asked: Expected, text: str) -> None:
    """G07: any other word behind it may take it back."""
    assert only(read_bytes(mail(text), asked)).reply == ("UA-T0F0", "agreed")
    assert only(read_bytes(mail(f"{text} but not point 2"), asked)).reply is None


@pytest.mark.parametrize("words", ["nothing decided", "Nothing was decided yet.", "None", "- no decision", "Nothing to report"])  # fmt: skip
def test_words_that_say_nothing_are_no_point(asked: Expected, words: str) -> None:
    """G05: they are an empty heading, as "none" is."""
    text = TEXT.replace("- The ministries name a contact by March", words)
    assert "next" not in only(read_bytes(text.encode(), asked)).reading.answers
