"""How a mail ends below points without bullets; too many points; answers against each other."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mail_layouts import LAYOUTS
from notes_tools import ANSWERS, TEXT, mail
from shared import only

from seminarkit.core.forms.shapes import questions
from seminarkit.topics.intake.mail.endings import EndingLine, rows_of_ending
from seminarkit.topics.intake.payload import Expected
from seminarkit.topics.intake.reader import PartRead, read_bytes

NEXT = "What should happen next, and who should do it"
SENTENCES = """\
d2-group-1, UA-2

What was discussed
Frameworks come first.
Fees were named by nobody.

What most agreed on
A register is wanted.

What should happen next, and who should do it
The ministries name a contact by March.
The agency writes to them.
"""
DAY = """\
d1-groups-1-dcu

What the group takes from the case
{}

Was there disagreement?
[x] Yes
[ ] No, there was none

Where opinions differed
- Some want one office
"""


def read(asked: Expected, data: bytes) -> PartRead:
    part = only(read_bytes(data, asked))
    assert part.reading, part.problem
    return part


def points(part: PartRead, name: str = "next") -> list[str]:
    assert part.reading
    return [row[f"{name}_text"] for row in part.reading.answers.get(name, [])]


ENDINGS = [
    "Maria Example\nHead of Unit", "发自我的iPhone", "Iz mog iPhone-a", "Hörmət və ehtiramla,\nElçin", "הודעה זו חסויה ומיועדת לנמען בלבד.",
    "Join us at the EUA conference 2021!\nRegister now: https://eua.example", "Prof. Dr. Hans Meier, Prorektor für Lehre",
    "Ανδρέας Παπαδόπουλος\nΥπουργείο Παιδείας", "Tel. 555 1234 | www.example.org", "Maria", "Dr. I. Petrov, Ph.D.",
    "Ολα καλά,\nΝίκος", "Ky mesazh është vetëm për marrësin.", "Maria Example\n\nHead of Unit\nUniversity of Example\n\nKy mesazh është vetëm për marrësin.",
    "გიორგი მაგალითი", "دکتر مثال\nدانشگاه", "Think before you print!", "Ana K | Ministry | +995 32 000 000", "Poslano s telefona", "ana@example.org",
]  # fmt: skip
STYLES = {
    "sentences": SENTENCES,
    "no ends of sentences": SENTENCES.replace(".\n", "\n"),
    "one point": SENTENCES.replace("The agency writes to them.\n", ""),
    "blank below headings": SENTENCES.replace("on\n", "on\n\n").replace("do it\n", "do it\n\n"),
}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("ending", ENDINGS)
def test_how_a_mail_ends_is_no_point(asked: Expected, ending: str, style: str) -> None:
    """G09: behind a blank line, points without bullets: kept in private, and quoted."""
    text = STYLES[style]
    before = read(asked, mail(text))
    part = read(asked, mail(f"{text}\n{ending}\n"))
    assert points(part) == points(before)
    assert len(points(before)) == (1 if style == "one point" else 2)
    scratch = part.reading.answers.get("scratch", "")
    lines = [line for line in ending.splitlines() if line]
    for line in lines:  # read by no rule before, or as what a program adds: told in either case
        assert line in scratch or line[:30] in part.remark or "left out" in part.remark
    if scratch:
        assert f"under “{NEXT}” (“{scratch.splitlines()[0]}”" in part.remark
        assert "went into the private notes" in part.remark
        assert "looks like a heading" not in part.remark
    assert "not below a heading" not in part.remark


@pytest.mark.parametrize("ending", ["Maria Example\nHead of Unit", "Maria", "发自我的iPhone", "הודעה זו חסויה.", "ana@example.org", "Hörmət və ehtiramla,\nElçin"])  # fmt: skip
@pytest.mark.parametrize("between", ["\n\n", "\n\n\n"])
def test_how_a_mail_ends_is_no_point_where_blank_lines_part_points(
    asked: Expected, ending: str, between: str
) -> None:
    """G09: as programs send paragraphs: a name differs from sentences, and so do other letters."""
    text = SENTENCES.replace("nobody.\n", "nobody.\n\n").replace(".\n", f".{between}")
    before, part = read(asked, mail(text)), read(asked, mail(f"{text}{ending}\n"))
    assert points(part) == points(before)
    assert len(points(before)) == 2
    assert part.reading.answers["scratch"] == ending


@pytest.mark.parametrize("line", ["Maria Example, Head of Unit", "Maria Example\nHead of Unit", "ana@example.org"])  # fmt: skip
def test_a_signature_right_below_sentences_is_none_of_them(asked: Expected, line: str) -> None:
    """G09: also without a blank line, where all points are sentences."""
    part = read(asked, mail(f"{SENTENCES}{line}\n"))
    assert len(points(part)) == 2
    assert part.reading.answers["scratch"] == line


@pytest.mark.parametrize("ending", ["Maria Example", "Ky mesazh është vetëm për marrësin.", "Ana\nBaku"])  # fmt: skip
@pytest.mark.parametrize("text", [SENTENCES, TEXT], ids=["no bullets", "bullets"])
def test_the_ending_below_a_heading_that_was_left_empty(
    asked: Expected, text: str, ending: str
) -> None:
    """G09: the sheet's last heading has no points, and the mail ends below it."""
    part = read(asked, mail(f"{text.split(NEXT)[0]}{NEXT}\n\n\n{ending}\n"))
    assert "next" not in part.reading.answers
    assert part.reading.answers["scratch"] == ending
    assert "Attention: the last" in part.remark


@pytest.mark.parametrize(
    "more",
    [
        "The rectors meet in May.\nThe agency pays for it.",
        "The rectors meet in May and bring what each of their faculties has\nwritten.\nThe agency pays for it.",
        "The Ministry of Education will publish its list (GE).",
        "- Maria Example",
        "Фонды нужны всем странам.\nРеестр ведёт агентство.",
        "Who pays for all of this?\nWho keeps the list?\nWho writes the law?",
    ],
)  # fmt: skip
def test_a_second_paragraph_of_points_is_read(asked: Expected, more: str) -> None:
    """G09: several lines that are sentences; codes and bullets make a point of any line."""
    part = read(asked, mail(f"{SENTENCES}\n{more}\n"))
    if more.startswith("-"):
        assert points(part)[-1] == more[2:]
    else:
        assert "scratch" not in part.reading.answers
        assert len(points(part)) > 2
        assert "Attention" not in part.remark


@pytest.mark.parametrize("between", ["\n\n", "\n\n\n"])
def test_points_that_blank_lines_part_are_read_to_the_last(asked: Expected, between: str) -> None:
    """G09: where they stand between the other points too, a blank line says nothing."""
    text = SENTENCES.replace(".\n", f".{between}")
    part = read(asked, mail(text))
    assert points(part) == ["The ministries name a contact by March.", "The agency writes to them."]
    assert "Attention" not in part.remark


def test_only_a_mail_ends_so(asked: Expected) -> None:
    """G09: a text file has no signature, and "none" is an answer anywhere."""
    part = read(asked, f"{SENTENCES}\nThe rectors meet in May.\n".encode())
    assert points(part)[-1] == "The rectors meet in May."
    none = read(asked, mail(f"{SENTENCES.split(NEXT)[0]}{NEXT}\n\nNone\n"))
    assert "Attention" not in none.remark
    assert "scratch" not in none.reading.answers


@pytest.mark.parametrize("name", LAYOUTS)
def test_no_signature_of_any_language_becomes_a_point(asked: Expected, name: str) -> None:
    """G09: each layout's name, post and telephone, with no farewell above that gives them away."""
    post = "\n".join(LAYOUTS[name].signs[1:])
    part = read(asked, mail(f"{SENTENCES}\n{post}\n"))
    assert len(points(part)) == 2
    whole = f"{part.remark} {part.reading.answers.get('scratch', '')}"
    assert LAYOUTS[name].signs[1] in whole


@given(st.lists(st.tuples(st.text(min_size=1, max_size=30), st.integers(0, 3)), max_size=8))
def test_no_more_is_in_doubt_than_there_is(drawn: Sequence[tuple[str, int]]) -> None:
    """G09: any rows; those right below their heading stay points as long as others are there."""
    rows = [
        EndingLine(False, words, part) for words, part in sorted(drawn, key=lambda each: each[1])
    ]
    size = rows_of_ending(rows, [[EndingLine(False, "A sentence.")]], lambda words: False)
    assert 0 <= size <= len(rows)
    if rows and not rows[0].part:
        assert size < len(rows)
    assert rows_of_ending(rows, [[EndingLine(False, "A sentence.")]], lambda words: True) == 0


@pytest.mark.parametrize("count", [5, 6, 9, 20])
@pytest.mark.parametrize("mark", ["- ", "", "• "])
def test_points_beyond_the_most_are_named(asked: Expected, count: int, mark: str) -> None:
    """G09: kept in private, under the reason that holds."""
    lines = [f"Point {number} is one sentence." for number in range(count)]
    part = read(asked, mail(DAY.format("\n".join(mark + each for each in lines))))
    assert points(part, "raised") == lines[:4]
    assert part.reading.answers["scratch"].splitlines() == lines[4:]
    these = "this one was" if count == 5 else "these were"
    assert (
        "Attention: there are more than 4 points under “What the group takes from the case”; "
        f"{these} not used there, and went into the private notes: “{lines[4]}”" in part.remark
    )
    assert ("…" in part.remark) == (count > 10)
    assert "not below a heading" not in part.remark


def test_as_many_points_as_may_be_are_taken_in_silence(asked: Expected) -> None:
    """G09: each list of each form of notes, filled to its most."""
    for form, group in (("group_notes", "d2-group-1"), ("day_notes", "d1-groups-1-dcu")):
        lists = [f for f in questions(asked.forms[form]["fields"]) if f["type"] == "repeat"]
        for field in lists:
            below = "".join(f"- Point {n} is one sentence.\n" for n in range(field["max"]))
            rest = "".join(f"\n{f['label']}\n- Another\n" for f in lists if f is not field)
            part = read(asked, mail(f"{group}\n\n{field['label']}\n{below}{rest}"))
            assert len(part.reading.answers[field["name"]]) == field["max"]
            assert "Attention" not in part.remark


RULES = ["_" * 21, "*" * 10, "-" * 30, "=" * 12, "———", "_" * 5, "* * * * *", "~~~~~~", "____ ____", "-----\n_____"]  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("below", ["\n", "\n\n"])
def test_a_rule_above_a_heading_is_a_rule(asked: Expected, rule: str, below: str) -> None:
    """G09: any row of signs above any heading, the last one too."""
    for heading in ("What was discussed", "Where opinions differed", NEXT):
        part = read(asked, mail(TEXT.replace(heading, f"{rule}{below}{heading}")))
        assert part.reading.answers == ANSWERS, heading
        assert "not below a heading" not in part.remark


@pytest.mark.parametrize(
    ("ticks", "below", "stored", "words"),
    [
        ("[ ] Yes\n[x] No, there was none", "- Some want one office", "some", "is answered with “No, there was none”, but there are points under “Where opinions differed”. “Yes” was used"),
        ("No", "Some want one office", "some", "but there are points under"),
        ("[x] Yes\n[ ] No, there was none", "none", "some", "is answered with “Yes”, but it says that there is nothing under “Where opinions differed”. “Yes” was used"),
        ("[x] Yes\n[x] No, there was none", "- Some want one office", "some", "is answered with “Yes” and with “No, there was none”. “Yes” was used"),
        ("[x] No, there was none\n[ ] Yes", "none", "none", ""),
        ("[x] Yes\n[ ] No, there was none", "- Some want one office", "some", ""),
        ("[x] Yes\nYes", "- Some want one office", "some", ""),
        ("[ ] Yes\n[ ] No, there was none", "- Some want one office", "some", ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("first", [True, False], ids=["ticks first", "points first"])
def test_answers_against_each_other_are_named(
    asked: Expected, ticks: str, below: str, stored: str, words: str, first: bool
) -> None:
    """G09: what was taken, what stands against it, in mails and in text files; nothing is lost."""
    halves = [f"Was there disagreement?\n{ticks}\n", f"Where opinions differed\n{below}\n"]
    halves = halves if first else halves[::-1]
    text = f"d2-group-1\n\nWhat was discussed\n- One point\n\n{halves[0]}\n{halves[1]}"
    for data in (mail(text), text.encode()):
        part = read(asked, data)
        assert part.reading.answers["disagreement"] == stored
        assert ("disagreed" in part.reading.answers) == ("office" in below)
        assert words in part.remark
        assert ("Attention" in part.remark) == bool(words)
        assert "scratch" not in part.reading.answers
