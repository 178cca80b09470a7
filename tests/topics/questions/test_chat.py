"""Is what was said to everyone read from a saved chat, and nothing that was said to one person?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seminarkit.topics.questions.chat.recognise import looks_like_chat
from seminarkit.topics.questions.chat.zoom_chat import ChatError, read_chat

OLDER = (
    "09:15:02 From  Ana K  to  Everyone : Who pays?\r\n"
    "09:15:40 From  Ben  to  Ana K(Privately) : secret one\r\nsecret two\r\n"
    "09:16:00 From  Chair to Be  to  Everyone : Two lines\r\nof one message\r\n"
)
NEWER = (
    "15:01:39 From Ana K to Everyone:\n\tWho pays?\n"
    "15:02:10 From Ben to Ana K(Direct Message):\n\tsecret one\n\n\tsecret two\n"
    "15:03:00 From Chair to Be To Everyone:\n\tTwo lines\n\tof one message\n"
)
TABBED = "00:01:39\tAna K:\tWho pays?\n00:03:00\tChair to Be:\tTwo lines\nof one message\n"


@pytest.mark.parametrize(("text", "dropped"), [(OLDER, 1), (NEWER, 1), (TABBED, 0)])
def test_every_layout_gives_the_same_lines(text: str, dropped: int) -> None:
    """M01 M02: names, words and lines are kept; the direct message is nowhere."""
    for data in (text.encode(), text.encode("utf-8-sig"), text.encode("utf-16")):
        chat = read_chat(data)
        assert [(line.name, line.text) for line in chat.lines] == [
            ("Ana K", "Who pays?"),
            ("Chair to Be", "Two lines\nof one message"),
        ]
        assert (chat.direct, chat.others, chat.unclear, chat.notes) == (dropped, 0, 0, ())
        assert "secret" not in chat.kept
        assert read_chat(chat.kept.encode()).lines == chat.lines
        assert looks_like_chat(text)


EVERYBODY = "10:00:00 From Ana to Everyone:\n\tWho pays?\n"


@pytest.mark.parametrize(
    "direct",
    [
        "10:01:00 From Ben to Ana (Direct Message):\n\tsecret\n",
        "10:01:00 From Ben to Ana:\n\tsecret\n",
        '10:01:00 From Ben to Ana: he said "from Ben to Everyone: secret"\n',
        "10:01:00 From Ben to Everyone to Ana:\n\tsecret\n",
        "10:01:00 From Ben to Everyone's friend:\n\tsecret\n",
        "10:01:00 From Ben to Every",  # cut off in the middle of its head
        "10:01:00 Von Ben an Ana (Direktnachricht):\n\tsecret\n",  # saved by two people, joined
        "10:01:00 From Ben to Waiting room participants:\n\tsecret\n",
        "10:01:00 From Ben to Hosts and panelists:\n\tsecret\n\n\tsecret in a second part\n",
    ],
)  # fmt: skip
def test_what_is_not_surely_to_everyone_is_dropped(direct: str) -> None:
    """M02"""
    chat = read_chat((EVERYBODY + direct).encode())
    assert (len(chat.lines), chat.direct + chat.others + chat.unclear) == (1, 1)
    assert "secret" not in chat.kept
    assert "Ben" not in chat.kept
    assert [line.text for line in chat.lines] == ["Who pays?"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Everyone", "Ben", "Ana (Direct Message)", "Everyone to Ben"]),
            st.text(st.characters(exclude_characters="\n§", exclude_categories=["Cs"])),
        )
    )
)
def test_no_direct_message_is_ever_kept(said: list[tuple[str, str]]) -> None:
    """M02: whatever the words, of a direct message nothing is in what is kept."""
    text = EVERYBODY
    for to, words in said:
        sign = "" if to == "Everyone" else "§"
        text += f"10:02:00 From Cleo to {to}:\n\t{sign}{words}\n"
    chat = read_chat(text.encode())
    assert "§" not in chat.kept
    assert len(chat.lines) == 1 + sum(to == "Everyone" for to, _ in said)
    assert chat.direct + chat.unclear == sum(to != "Everyone" for to, _ in said)


def test_a_file_cut_in_the_middle_keeps_what_is_whole_and_says_so() -> None:
    data = (
        "K to Everyone:\n\tlost\n" + EVERYBODY + "10:01:00 From Ben to Everyone:\n\tГде д"
    ).encode()
    chat = read_chat(data[:-1])
    assert [line.text for line in chat.lines] == ["Who pays?", "Где"]
    assert "lost" not in chat.kept
    first, last = chat.notes
    assert "begins in the middle" in first
    assert "ends in the middle" in last
    assert read_chat((EVERYBODY + "10:0").encode()).lines == read_chat(EVERYBODY.encode()).lines


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"09:15:02 Von  Ana  an  Alle : Wer zahlt?\n", "Save the chat with Zoom in English"),
        ("09:15:02 От Ана кому Все:\n\tКто?\n".encode(), "Save the chat with Zoom in English"),
        (b"Ana: who pays?\nBen: nobody.\n", "not a saved chat of Zoom"),
        (b"", "not a saved chat of Zoom"),
        ("09:15:02 From Åsa to Everyone:\n\tHej på dig, vem betalar?\n".encode("latin-1"), "not saved as UTF-8"),
        (b"09:15:02 From Ana to Ben:\n\tsecret\n", "No line of this chat is to Everyone"),
        (b"x" * (5 * 2**20 + 1), "larger than 5 MB"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_words_that_say_what_to_do(
    data: bytes, words: str
) -> None:
    """M01: an unknown layout, or another language's, is never half read."""
    with pytest.raises(ChatError, match=words) as told:
        read_chat(data)
    assert "secret" not in str(told.value)


def test_a_chat_in_another_language_is_known_as_one() -> None:
    assert looks_like_chat("09:15:02 Von  Ana  an  Alle : Wer zahlt?\n")
    assert not looks_like_chat("Dear colleagues,\nthe session is at 09:15:02.\n")


def test_signs_that_mislead_are_taken_out() -> None:
    (line,) = read_chat(
        "10:00:00 From A\u202ena to Everyone:\n\tWho\x1b[31m pays\u2066?\n".encode()
    ).lines
    assert (line.name, line.text) == ("Ana", "Who[31m pays?")
