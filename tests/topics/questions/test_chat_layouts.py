"""Does a chat of any layout, line end and encoding keep what was said to all, and nothing else?"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from chat_samples import CASES, SECRET
from hypothesis import example, given, settings
from hypothesis import strategies as st

from seminarkit.topics.questions.chat.zoom_chat import ChatError, Line, read_chat

LAYOUTS = ("older", "newer", "copied", "copied, no brackets", "date first", "am pm", "brackets")
TO = {
    "everyone": ("Everyone", "everyone", "Everyone in Meeting", "All Panelists and Attendees"),
    "others": ("Hosts and panelists", "Waiting room participants", "Everyone (in Waiting Room)", "Panelists"),
}  # fmt: skip
NAMES = (
    "Ana Kovač", "UA: Olena", "Олена 🇺🇦", "آنا كوفاتش", "ნინო (University, Georgia)", "Chair to Be", "To", "D'Arcy, J.",
    "[GE] Nino", "Me", "Group 1: policy: Ana",
)  # fmt: skip
CONTINUED = (
    "and more", "10:00:00 Opening", "https://example.org/a?b=c", "Is it so?", "", "to Everyone", "- a list: of things",
    "From experience I know", "👍 👍", "?", "مرحبا: سؤال؟",
)  # fmt: skip


@dataclass(frozen=True)
class Said:
    """A message to make a file of."""

    to: str
    audience: str
    name: str
    lines: tuple[str, ...]


@st.composite
def messages(draw: st.DrawFn) -> list[Said]:
    found = [Said("everyone", "Everyone", "Ana", ("Who pays?",))]
    for _ in range(draw(st.integers(1, 8))):
        to = draw(st.sampled_from(["everyone", "direct", "others"]))
        names = st.sampled_from(NAMES)
        audience = draw(names) if to == "direct" else draw(st.sampled_from(TO[to]))
        lines = draw(st.lists(st.sampled_from(CONTINUED), min_size=1, max_size=4))
        if to != "everyone":
            lines = [f"{SECRET} {line}" for line in lines]
        else:
            lines[0] = "hello there"
        found.append(Said(to, audience, draw(names), tuple(lines)))
    return found


def written(said: Said, number: int, layout: str) -> str:
    hour, minute = 9 + number // 60, number % 60
    clock = f"{hour:02}:{minute:02}:07"
    mark = said.to == "direct"
    first, *others = said.lines
    if layout == "older":
        to = f"{said.audience}{'(Privately)' if mark else ''}"
        return "\n".join([f"{clock}\t From  {said.name}  to  {to} : {first}", *others])
    indented = [f"\t{line}" for line in said.lines]
    if layout in ("copied", "copied, no brackets"):
        half = f"{hour:02}:{minute:02} AM"
        time = f"({half})" if layout == "copied" else f" {half}"
        direct = " (Privately)" if mark else ""
        return "\n".join(
            [f"From {said.name} to {said.audience}:{direct} {time}", *(f" {x}" for x in said.lines)]
        )
    before = {"date first": f"2023-05-10 {clock}", "am pm": f"{clock} AM", "brackets": f"[{clock}]"}
    direct = "(Direct Message)" if mark else ""
    head = f"{before.get(layout, clock)} From {said.name} to {said.audience}{direct}:"
    return "\n".join([head, *indented])


@settings(max_examples=400)
@given(
    messages(),
    st.data(),
    st.booleans(),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]),
)
def test_counts_are_right_and_nothing_private_is_kept(
    said: list[Said], data: st.DataObject, mixed: bool, end: str, code: str
) -> None:
    """P08 M02: names with colons and in any script, layouts in one file, all line ends."""
    layout = data.draw(st.sampled_from(LAYOUTS))
    text = ""
    for number, each in enumerate(said):
        if mixed:
            layout = data.draw(st.sampled_from(LAYOUTS))
        text += written(each, number, layout) + "\n"
    if data.draw(st.booleans()):
        text = text.replace(" ", "\u00a0") if data.draw(st.booleans()) else text
    chat = read_chat(text.replace("\n", end).encode(code))
    assert SECRET not in chat.kept
    assert not any(SECRET in line.text or SECRET in line.name for line in chat.lines)
    assert [line.name for line in chat.lines] == [
        each.name for each in said if each.to == "everyone"
    ]
    assert chat.direct == sum(each.to == "direct" for each in said)
    assert chat.others == sum(each.to == "others" for each in said)
    assert read_chat(chat.kept.encode()).lines == chat.lines
    if not mixed:
        assert chat.unclear == 0
        expected = [
            re.sub(r"\n{3,}", "\n\n", "\n".join(each.lines)).strip()
            for each in said
            if each.to == "everyone"
        ]
        assert [line.text.replace("\u00a0", " ") for line in chat.lines] == expected


SIGNS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@settings(max_examples=300)
@given(
    st.lists(st.tuples(st.sampled_from(LAYOUTS), SIGNS, SIGNS, st.booleans()), max_size=6),
    st.sampled_from(["\n", "\r\n"]),
)
@example([("older", "Everyone: K", "x", True)], "\n")
@example([("newer", "Everyone", "x", True)], "\n")
def test_whatever_signs_a_name_or_message_holds(
    said: list[tuple[str, str, str, bool]], end: str
) -> None:
    """P08: of a direct message nothing is kept, whoever is called whatever."""
    text = "09:00:00 From Ana to Everyone:\n\tWho pays?\n"
    for number, (layout, name, words, to_all) in enumerate(said, start=1):
        name = " ".join(name.split()) or "B"
        clean = words.replace("\r", " ").replace("\n", " ")
        if to_all:
            # a person whose name reads as if they were everyone
            one = Said("direct", f"Everyone {name}", "Cleo", (f"{SECRET} {clean}", SECRET))
        else:
            one = Said("direct", name, name, (f"{SECRET} {clean}", f"{clean} {SECRET}"))
        text += written(one, number, layout).replace("\n", end) + end
    assert SECRET not in read_chat(text.encode()).kept


@pytest.mark.parametrize(
    ("case", "lines", "counts"),
    [
        ("30-local-recording-without-to", ["Is stackability regulated by law?", "Not yet"], (1, 0, 0)),
        ("30b-mixed-type1", ["Is stackability regulated by law?", "Not yet?"], (0, 0, 0)),
        ("30c-chat-copied-from-the-window", ["Is stackability regulated by law?", "yes"], (1, 0, 0)),
        ("30d-chat-copied-no-brackets", ["Is stackability regulated by law?"], (1, 0, 0)),
        ("31-date-before-time", ["Is stackability regulated by law?"], (1, 0, 0)),
        ("32-bare-cr-in-message", ["First question?\nSecond line of it", "yes"], (0, 0, 0)),
        ("32b-old-mac-cr-only", ["First question?", "yes"], (0, 0, 0)),
        ("34-other-audiences", ["B?", "C?", "F?"], (0, 5, 0)),
        ("36-message-line-begins-with-time-old", ["Agenda\n09:30:00 Opening\n10:00:00 Break", "When is the break?"], (0, 0, 0)),
    ],
)  # fmt: skip
def test_layouts_of_bug_reports_are_read(
    case: str, lines: list[str], counts: tuple[int, int, int]
) -> None:
    """P08 M01: each as people sent it, with the number of direct ones, others, not understood."""
    chat = read_chat((CASES / f"{case}.txt").read_bytes())
    assert [line.text for line in chat.lines] == lines
    assert (chat.direct, chat.others, chat.unclear) == counts


ALL = "10:00:00 From Ana to Everyone:\n\tWho pays?\n"
OLD = "10:00:00 From  Ana  to  Everyone : Who pays?\n"


@pytest.mark.parametrize(
    ("text", "names", "counts"),
    [
        (ALL + "10:01:00 From UA: Olena to Everyone:\n\tx\n", ["Ana", "UA: Olena"], (0, 0, 0)),
        (ALL + f"10:01:00 From UA: Olena to Ben:\n\t{SECRET}\n", ["Ana"], (1, 0, 0)),
        (OLD + "10:01:00 From  UA: Olena  to  Everyone : x: y\n", ["Ana", "UA: Olena"], (0, 0, 0)),
        (OLD + "10:01:00\t From a participant : I ask this: who?\n", ["Ana", "a participant"], (0, 0, 0)),
        (OLD + f"10:01:00 From  Ben to Ana : {SECRET}\n", ["Ana"], (1, 0, 0)),
        (ALL + f"10:01:00 From Ben to Everyone: K(Direct Message):\n\t{SECRET}\n", ["Ana"], (0, 0, 1)),
        (ALL + f"10:01:00 From Ben to Everyone\u200b:\n\t{SECRET}\n", ["Ana"], (0, 0, 1)),
        (ALL + f"10:01:00 From Ben to Еveryone:\n\t{SECRET}\n", ["Ana"], (1, 0, 0)),
        (ALL + f"10:01:00 Ben: {SECRET}\n", ["Ana"], (0, 0, 1)),
        (ALL + f"Ben to You (Direct Message) 10:01 AM\n{SECRET}\n", ["Ana"], (0, 0, 1)),
        (OLD + f"words of Ana\r10:01:00 From  Ben  to  Ana(Privately) : {SECRET}\n", ["Ana"], (0, 0, 1)),
        (ALL + f"10:01:00 Von Ben an Ana\n{SECRET}\n", ["Ana"], (0, 0, 1)),
        (OLD + f"10:05:00 From  Ben  to  Ana(Privately) : see\n10:00:00 From  Ana  to  Everyone : Who pays?\n{SECRET}\n"
         "10:06:00 From  Ana  to  Everyone : x\n", ["Ana", "Ana"], (1, 0, 1)),
        ("12:59 PM From Ana to Everyone:\n\ta\n1:01 PM From Ben to Everyone:\n\tb\n", ["Ana", "Ben"], (0, 0, 0)),
        ("from Ana to everyone:    10:15 AM\nhello\nfrom Ben to Ana:    10:16 AM\n" + SECRET, ["Ana"], (1, 0, 0)),
    ],
)  # fmt: skip
def test_in_doubt_a_line_is_private(
    text: str, names: list[str], counts: tuple[int, int, int]
) -> None:
    """P08 M02: what can mean one person is not public, and is counted as what it is."""
    chat = read_chat(text.encode())
    assert [line.name for line in chat.lines] == names
    assert (chat.direct, chat.others, chat.unclear) == counts
    assert SECRET not in chat.kept


def test_times_stand_on_a_clock_of_24_hours() -> None:
    """P08: so that the order by time is right."""
    chat = read_chat(b"9:15:02 AM From A to Everyone:\n\ta\n12:59 PM From B to Everyone:\n\tb\n")
    assert chat.lines == (Line("09:15:02", "A", "a"), Line("12:59", "B", "b"))


@pytest.mark.parametrize(
    "text",
    [
        "Ana Kovač  10:15 AM\nhello\nBen Okri  10:16 AM\nhi\n",
        "12/05/2023, 09:15 - Ana Kovač: hello\n12/05/2023, 09:16 - Ben: hi\n",
        "[27/11/2020 10:15] Ana Kovač\nhello\n[27/11/2020 10:16] Ben\nhi\n",
    ],
)
def test_chats_of_other_programs_are_refused_in_words(text: str) -> None:
    """P08 M01: they do not write whom a line was for; what to do is said."""
    with pytest.raises(ChatError, match="If the chat is from another program, copy"):
        read_chat(text.encode())
