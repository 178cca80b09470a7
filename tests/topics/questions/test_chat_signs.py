"""Does the quick search for signs of a chat give the verdict of the one that tries all patterns?"""

from __future__ import annotations

import json
import re

import chat_more_samples
import chat_samples
import pytest
from chat_samples import CASES
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from plain_chat_signs import looks_like_chat as plainly
from test_chat_layouts import LAYOUTS, Said, messages, written

from seminarkit.topics.questions.chat.patterns import FROM_TO, NAME_THEN_TIME, SPEAKER, STRONG, WEAK
from seminarkit.topics.questions.chat.recognise import looks_like_chat, signs_of

SAMPLES = {
    **chat_samples.TEXTS,
    **chat_more_samples.TEXTS,
    **{path.name: path.read_text(encoding="utf-8") for path in CASES.glob("*.txt")},
}
LINES = sorted({line for text in SAMPLES.values() for line in text.splitlines()})
PATTERNS = (*STRONG, *WEAK, FROM_TO, NAME_THEN_TIME, SPEAKER)
SCRAPS = (
    "09:15", "9h15", "(privately)", "[privately]", "(to Ben)", "<ana>", "from Ana to Ben:", "dm to you", "type: incoming",
    "end-to-end encrypted", "WEBVTT", "Ana: a", "\t", "time", "text", "sender", " , ", "“", "**", "`", "> ", "\u200b", "：", "（",
    "\u0131", "\u017f", "\r", "\x1d", "\u2028", "{", "[", "٠٩:١١", "<message from=", "Ana <a@b.org> wrote:",
)  # fmt: skip


def same(text: str) -> None:
    for notes in (False, True):
        assert looks_like_chat(text, notes=notes) == plainly(text, notes=notes), repr(text)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_has_the_same_verdict(name: str) -> None:
    """P08: as a whole, each line by itself, and each without one of its letters."""
    text = SAMPLES[name]
    same(text)
    for line in text.splitlines():
        same(line)
    for place in range(0, len(text), max(1, len(text) // 40)):
        same(text[:place] + text[place + 1 :])


@pytest.mark.timeout(300)
@settings(max_examples=100, deadline=None)
@given(messages(), st.sampled_from(LAYOUTS), st.sampled_from(["\n", "\r\n", "\r"]))
def test_every_layout_has_the_same_verdict(said: list[Said], layout: str, end: str) -> None:
    """P08: chats with names, words and line ends of any kind are told as before."""
    text = "\n".join(written(each, number, layout) for number, each in enumerate(said))
    assert plainly(text)
    same(text.replace("\n", end))


@pytest.mark.timeout(300)
@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)  # fmt: skip
@given(st.data())
def test_whatever_a_pattern_matches_is_tried(data: st.DataObject) -> None:
    """P08: no shortcut passes over a line that one of the patterns would find."""
    pattern = data.draw(st.sampled_from(PATTERNS))
    line = data.draw(st.from_regex(re.compile(rf"\A(?:{pattern.pattern})", re.IGNORECASE)))
    before, behind = data.draw(st.tuples(*2 * [st.sampled_from(("", " ", "# ", "> ", "**"))]))
    same(f"{before}{line}{behind}")
    same(f"{line}\n{before}{line}")


@pytest.mark.timeout(300)
@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(LINES), st.lists(st.sampled_from(SCRAPS)).map("".join))))
@example(["Time\tFrom\tText"])
@example(["\uff5b'from': 1, 'time': 2, 'text': 3"])
def test_any_lines_together_have_the_same_verdict(lines: list[str]) -> None:
    """P08: lines of chats, scraps of them, and signs that only look alike."""
    same("\n".join(lines))
    same("\r".join(lines))
    same(json.dumps(lines))


@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(LINES), st.sampled_from(SCRAPS)), max_size=6))
def test_signs_of_texts_below_each_other_add_up(texts: list[str]) -> None:
    """P08: a notebook's texts are looked at one by one, with the verdict of all in one."""
    signs = [signs_of(text) for text in texts]
    strong = any(each.strong for each in signs) or sum(each.from_to for each in signs) > 1
    assert strong == plainly("\n".join(texts), notes=True)
    for text, each in zip(texts, signs, strict=True):
        several = "\n" in text.strip() or text.lstrip().startswith(("{", "["))
        assert each.whole == (several and plainly(text))
