"""Are notes that come by mail what their writer wrote, whatever mail programs add around them?"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from html import unescape
from pathlib import Path
from textwrap import fill
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from mail_layouts import BODIES, LAYOUTS, WHERE, Layout, Words, added, html, mail, plain
from pypdf import PdfReader
from shared import ROOT, keep_countries, only

from seminarkit.cli.main import seminar as command
from seminarkit.core.forms.plain_text_form import FREE, headings, plain_form
from seminarkit.core.forms.shapes import questions
from seminarkit.core.seminar.assignments import assignments
from seminarkit.core.seminar.delegation_decisions import Seated
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.topics.intake.expected import expected_of
from seminarkit.topics.intake.mail.farewells import is_closing
from seminarkit.topics.intake.office_text import office_text
from seminarkit.topics.intake.payload import Expected
from seminarkit.topics.intake.reader import read_bytes
from seminarkit.topics.packs.prefill import prefill_state, starting_form

FILES = ROOT / "tests" / "cases" / "files"
GROUPS = {"group_notes": "d2-group-1", "day_notes": "d1-groups-1-dcu"}
POINTS = {
    "raised": (
        "Frameworks come first; nobody takes a badge without one",
        "Fees were named by nobody",
    ),
    "agreed": ("A register is wanted",),
    "disagreed": ("Some want one office, others leave it to faculties",),
    "open": ("Who pays when a unit is taken abroad?",),
    "next": ("The ministries name a contact by March",),
}


def seated(root: Path) -> SeminarFolder:
    """A seminar whose groups are decided, one for each case."""
    folder = SeminarFolder(root)
    day2 = [
        {"id": f"d2-group-{number}", "title": f"Group {number}", "chair": "colucci", "rapporteur": person, "confirmed": True, "people": [person]}
        for number, person in enumerate(("UA-2", "GE-2", "AM-2", "MD-2"), start=1)
    ]  # fmt: skip
    day1 = [{"id": GROUPS["day_notes"], "title": "dcu", "chair": "colucci"}]
    folder.decisions.add([Seated("d2-groups", day2, at="2020-11-20T10:00:00Z")])
    folder.decisions.add([Seated("d1-groups-1", day1, at="2020-11-20T10:00:00Z")])
    return SeminarFolder(root)


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory, kit: SeminarFolder) -> SeminarFolder:
    root = tmp_path_factory.mktemp("mails")
    shutil.copy(kit.root / "seminar.yml", root)
    return seated(root)


@pytest.fixture(scope="module")
def asked(decided: SeminarFolder) -> Expected:
    return expected_of(decided)


@pytest.fixture(scope="module")
def sheets(decided: SeminarFolder) -> dict[str, list[str]]:
    """The sheet of each kind of form that asks for notes, as it is sent out."""
    return {
        each.task.form: plain_form(handed[0]).splitlines()
        for each in assignments(decided.seminar)
        if each.subject in GROUPS.values()
        if (handed := starting_form(decided, each, prefill_state(decided)))
    }


def words_of(sheet: list[str], expected: Expected, form: str, points: dict[str, tuple[str, ...]]) -> Words:  # fmt: skip
    """What a person wrote into a sheet."""
    labels = {field["label"]: name for name, field in {f["name"]: f for f in questions(expected.forms[form]["fields"])}.items()}  # fmt: skip
    starts = [number for number, line in enumerate(sheet) if line in labels]
    sections = []
    for begin, end in zip(starts, [*starts[1:], len(sheet)], strict=True):
        name = labels[sheet[begin]]
        own = [f"- {point}" for point in points.get(name, ())]
        own = ["Yes"] if name == "disagreement" else own
        below = tuple(line for line in sheet[begin + 1 : end] if line)
        sections.append((sheet[begin], below, tuple(own)))
    top = tuple(line for line in sheet[1 : starts[0]] if line)
    return Words(sheet[0], top, tuple(sections))


def answers_of(expected: Expected, form: str, points: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    asks = {field["name"] for field in headings(expected.forms[form]).values()}
    rows = {n: [{f"{n}_text": p} for p in each] for n, each in points.items() if n in asks and each}
    return rows | {"disagreement": "some"}


@pytest.mark.parametrize("name", sorted(path.name for path in FILES.glob("9*-notes-*.eml")))
def test_the_files_of_the_log_hold_their_writer_s_points_alone(asked: Expected, name: str) -> None:
    """G09: a quoted sheet of two programs, a telephone's line, a signature; letters that are lost."""
    part = only(read_bytes((FILES / name).read_bytes(), asked))
    assert (part.reading.person, part.reading.subject) == ("AM-2", "d2-group-3")
    second = "Who pays"
    if name.startswith("94"):
        second = part.reading.answers["raised"][1]["raised_text"]
        # decoded, or said to be lost
        assert ("lost on the way" in part.remark) == ("\ufffd" in second)
    else:
        assert "Attention" not in part.remark
        assert "not read as part of the notes (“" in part.remark
    assert part.reading.answers == {
        "raised": [{"raised_text": "Size of credentials"}, {"raised_text": second}],
        "agreed": [{"agreed_text": "Stackability needs law", "agreed_about": "GE"}],
        "next": [{"next_text": "Ministries should publish a list"}],
    }


def check(asked: Expected, sheets: dict[str, list[str]], layout: Layout, where: Any, body: Any, form: str) -> None:  # fmt: skip
    words = words_of(sheets[form], asked, form, POINTS)
    part = only(read_bytes(mail(layout, words, where, body), asked))
    assert part.reading, part.problem
    assert part.reading.answers == answers_of(asked, form, POINTS), (where, body, form)
    assert part.reading.subject == GROUPS[form]
    assert "Attention" not in part.remark, (where, body, part.remark)
    # the signature and the program's lines are named, at least by the first of them
    assert "not read as part of the notes (“" in part.remark


@pytest.mark.parametrize("name", LAYOUTS)
def test_what_a_mail_program_adds_is_no_note(
    asked: Expected, sheets: dict[str, list[str]], name: str
) -> None:
    """G09: 60 layouts of programs in 20 languages, above, between, below and within the sheet."""
    turn = list(LAYOUTS).index(name)
    for number, where in enumerate(WHERE):
        form = list(GROUPS)[(turn + number) % 2]
        check(asked, sheets, LAYOUTS[name], where, BODIES[(turn + number) % 3], form)


@pytest.mark.nightly
@pytest.mark.parametrize("name", LAYOUTS)
def test_what_a_mail_program_adds_is_no_note_in_any_kind_of_mail(
    asked: Expected, sheets: dict[str, list[str]], name: str
) -> None:
    """G09: all ways of writing, all kinds of mail and both kinds of notes."""
    for where in WHERE:
        for body in BODIES:
            for form in GROUPS:
                check(asked, sheets, LAYOUTS[name], where, body, form)


# A word as people write it: its first sign is a letter, so that none is a bullet or a number.
_LETTERS = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZäéñşğıłțабвгдеїґқңүабвابتثجحدაბგდեզէըאבגד"
)
_INSIDE = _LETTERS + "0123456789'’&%/+=$#*_<>§€₾₼;,:?!.\"«»„“”"
WORD = st.builds(str.__add__, st.sampled_from(_LETTERS), st.text(_INSIDE, min_size=2, max_size=14))
POINT = st.builds(
    lambda words, end: " ".join(words) + end,
    st.lists(WORD, min_size=4, max_size=30),
    st.sampled_from(["", ".", "?", "!"]),
)
DRAWN = st.fixed_dictionaries(
    {name: st.lists(POINT, min_size=1, max_size=3, unique=True).map(tuple) for name in POINTS}
)


def any_notes_come_out(asked: Expected, sheets: dict[str, list[str]], draws: int) -> None:
    @settings(max_examples=draws)
    @given(DRAWN, st.sampled_from(list(LAYOUTS)), st.sampled_from(WHERE), st.sampled_from(BODIES), st.sampled_from(list(GROUPS)), st.booleans())  # fmt: skip
    def come_out(points: Any, name: str, where: Any, body: Any, form: str, broken: bool) -> None:
        written = words_of(sheets[form], asked, form, points)
        if broken and body == "plain" and where != "within":
            written = Words(written.first, written.top, tuple((h, b, tuple(_broken(o))) for h, b, o in written.sections))  # fmt: skip
        made = mail(LAYOUTS[name], written, where, body)
        part = only(read_bytes(made, asked))
        assert part.reading, part.problem
        assert part.reading.answers == answers_of(asked, form, points)

    come_out()


def _broken(lines: tuple[str, ...]) -> list[str]:
    """As a program breaks lines that are too long."""
    whole = (fill(line, 74, break_long_words=False, break_on_hyphens=False) for line in lines)
    return [line for lines in whole for line in lines.splitlines()]


def test_any_notes_come_out_letter_by_letter(asked: Expected, sheets: dict[str, list[str]]) -> None:
    """G09: any words, in any layout, also where the program breaks long lines."""
    any_notes_come_out(asked, sheets, 40)


@pytest.mark.nightly
@pytest.mark.timeout(1200)
def test_more_notes_come_out_letter_by_letter(
    asked: Expected, sheets: dict[str, list[str]]
) -> None:
    """G09: the same for a thousand draws."""
    any_notes_come_out(asked, sheets, 1000)


def written(text: str, first: str = "d2-group-1 · UA-2") -> bytes:
    head = (
        "From: Ana K <a@example.org>\nSubject: Notes\nContent-Type: text/plain; charset=utf-8\n\n"
    )
    return (
        f"{head}{first}\n\nWhat was discussed\n- One\n\nWhat most agreed on\n- Two\n{text}".encode()
    )


@pytest.mark.parametrize(
    ("text", "scratch", "remark"),
    [
        ("\nHugs from the sunny south\nAna Kapanadze\n", "Hugs from the sunny south\nAna Kapanadze", "2 lines are not below a heading"),
        ("\nBest,\nAna\n\nP.S. The next meeting of all of our groups should be in Tbilisi\n", "P.S. The next meeting of all of our groups should be in Tbilisi", "1 line is not below a heading"),
        ("\nEz az üzenet bizalmas\n", "Ez az üzenet bizalmas", "1 line is"),
        ("\nWhat was discussed\n- One\n\nWhat most agreed on\n- Three\n", "- Three", "1 line is"),
        ("\nWhat was discussed\n- \n\nWhat most agreed on\n- \n", None, "It was read by its headings."),
        ("\nAna K\nMinistry\n", None, "not read as part of the notes"),
        ("\nOn 27.11.2020 13:05, X wrote:\n> What was discussed\n> - Another\n", None, "Attention: 1 point is in the text that the mail quotes, but not in the notes"),
    ],
)  # fmt: skip
def test_what_may_have_been_meant_is_kept_or_told(
    asked: Expected, text: str, scratch: str | None, remark: str
) -> None:
    """G09: nothing that no rule knows becomes a point, and nothing is lost in silence."""
    part = only(read_bytes(written(text), asked))
    expected = {"raised": [{"raised_text": "One"}], "agreed": [{"agreed_text": "Two"}]}
    assert part.reading.answers == expected | ({"scratch": scratch} if scratch else {})
    assert remark in part.remark


@pytest.mark.parametrize(
    ("line", "closes"),
    [
        ("Best regards Ana K", True), ("Best,", True), ("Thanks and best regards", True), ("С уважением / Best regards,", True),
        ("С уважением, Анна", True), ("Best 😊", True), ("مع أطيب التحيات", True), ("*Kind regards,*", True), ("Cordialement. Anne Dupont", True),
        ("Best Practices Count", False), ("Best, we think", False), ("Thank you, the group said", False), ("Yours and mine", False),
        ("С уважением к традициям", False), ("Regards the fees as too high", False), ("Cordialement reçus partout", False),
    ],
)  # fmt: skip
def test_a_farewell_is_known_and_a_sentence_is_none(line: str, closes: bool) -> None:
    """G09: a farewell alone, or with a name behind it; never a sentence that begins so."""
    assert is_closing(line) is closes


def test_the_rest_of_a_broken_line_is_no_farewell(asked: Expected) -> None:
    """G09: a word that a program broke off may be one that letters end with."""
    long = "- Everybody writes of units which are small, and says that his is the\nbest"
    part = only(read_bytes(written(f"{long}\n"), asked))
    assert part.reading.answers["agreed"][1]["agreed_text"].endswith("says that his is the best")


def test_a_house_s_banner_and_a_forwarded_mail_are_no_hindrance(asked: Expected) -> None:
    """G09: what stands above the notes, in brackets too; and that they were sent on is told."""
    banner = written("").replace(b"\n\nd2", b"\n\n[EXTERNAL]\nCAUTION: This email is from outside of the house.\n\nd2")  # fmt: skip
    assert only(read_bytes(banner, asked)).reading
    head, notes = written("").split(b"\n\n", 1)
    block = b"FYI\n\n---------- Forwarded message ---------\nFrom: R <r@e.org>\nDate: 27.11.2020 13:05\nTo: C <c@e.org>\nSubject: n\n\n"
    part = only(read_bytes(head + b"\n\n" + block + notes, asked))
    assert part.reading.answers["agreed"] == [{"agreed_text": "Two"}]
    assert "in the text that the mail quotes or forwards" in part.remark


def test_a_reply_over_notes_is_a_reply_and_not_the_notes_again(asked: Expected) -> None:
    """G07: the chair says OK above the notes that the mail quotes."""
    head, notes = written("").split(b"\n\n", 1)
    quote = b"".join(b"> " + line + b"\n" for line in notes.splitlines())
    made = head + b"\n\nOK UA-T0F0\n\nOn 27.11.2020 13:05, X wrote:\n" + quote
    part = only(read_bytes(made, asked))
    assert (part.reply, part.reading) == (("UA-T0F0", "agreed"), None)


def everything_written(folder: SeminarFolder) -> str:
    """The words of all that was made for anybody to read."""
    texts = []
    for path in sorted((folder.root / "output").rglob("*")):
        if path.is_file():
            office = office_text(data) if (data := path.read_bytes())[:2] == b"PK" else None
            texts.append(office.text if office else data.decode("utf-8", "replace"))
        if path.name == "conclusions.pdf":
            texts += [page.extract_text() for page in PdfReader(path).pages]
    return re.sub(r"\s+", " ", unescape("\n".join(texts)))


@pytest.mark.timeout(600)
def test_no_word_of_a_mail_program_is_in_any_output(
    folder: SeminarFolder, send: Callable[[str, Any], Path], sheets: dict[str, list[str]]
) -> None:
    """G09 X02: from the inbox to the conclusions and the published pages, a dozen programs."""
    keep_countries(folder.root, ("AM", "GE", "MD", "UA"))
    held = seated(folder.root)
    expected = expected_of(held)
    names = [name for number, name in enumerate(LAYOUTS) if number % 5 == 0]
    people = [("GE-2", "d2-group-2"), ("MD-2", "d2-group-4"), ("UA-2", "d2-group-1")]
    send("97.eml", (FILES / "97-notes-signature-block.eml").read_bytes())
    for number, name in enumerate(names):
        person, group = people[number % len(people)]
        words = words_of(sheets["group_notes"], expected, "group_notes", POINTS | {"agreed": (f"Point of mail {number}",)})  # fmt: skip
        first = f"{group} · {person}"
        words = Words(first, words.top, words.sections)
        where, body = WHERE[number % 4], BODIES[number % 3]
        send(f"{number}.eml", mail(LAYOUTS[name], words, where, body))
    for words_typed in (("collect",), ("report",), ("conclude",), ("publish",)):
        result = CliRunner().invoke(command, ["--folder", str(folder.root), *words_typed])
        assert result.exit_code == 0, (words_typed, result.output, result.exception)
    assert len([s for s in submissions(held.database) if s.form == "group_notes"]) == 4
    out = everything_written(held)
    assert "Ministries should publish a list" in out and "Point of mail" in out
    lines = [
        "Best regards,",
        "Head of unit, Ministry of Education",
        "Tel. +995 32 000 000",
        "Ana K",
    ]
    lines += [line for name in names for line in added(LAYOUTS[name])]
    assert [line for line in dict.fromkeys(lines) if line in out] == []


def test_the_sheets_are_those_that_are_sent_out(sheets: dict[str, list[str]]) -> None:
    """G09: what the layouts quote is the real sheet, of both forms."""
    assert set(sheets) == set(GROUPS)
    assert all(FREE in sheet for sheet in sheets.values())
    layout = LAYOUTS["Outlook mobile en"]
    assert "Get Outlook" in html(layout, Words("x", (), ()), "above")
    assert "Get Outlook" in plain(layout, Words("x", (), ()), "above")
