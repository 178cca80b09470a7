"""Are questions told from remarks by their own signs, and reactions put where they belong?"""

from __future__ import annotations

import pytest

from seminarkit.topics.questions.chat.message_kinds import remarks
from seminarkit.topics.questions.chat.zoom_chat import Line
from seminarkit.topics.questions.posted_questions import asked_in_chat


def said(*texts: str) -> list[Line]:
    return [Line(f"10:00:{i:02}", f"Person {i}", text) for i, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Who pays?", True),
        ("Who pays? Thank you, Ana", True),
        ("هل تعترف الجامعة بذلك؟", True),
        ("Ո՞վ է վճարում", True),
        ("Ποιος πληρώνει\u037e", True),
        ("谁付钱？", True),
        ("Qui paie ?", True),
        ("Who pays?!", True),
        ("“Who pays?”", True),
        ("Q: numbers, please", True),
        ("question : numbers, please", True),
        ("Thank you, very clear.", False),
        ("See https://www.example.org/form?page=2", False),
        ("???", False),
        ("👍", False),
        ("I wonder who pays.", False),
    ],
)
def test_a_line_is_a_question_by_its_own_signs_alone(text: str, asks: bool) -> None:
    """M01: nothing is guessed; what is not sure stays a remark, listed."""
    (remark,) = remarks(said(text))
    assert bool(remark.asks) is asks


def test_replies_and_reactions_belong_to_what_they_name() -> None:
    """M01: also when only its first words are told; taken back is taken back."""
    lines = said(
        "Who in Ireland checks the quality of it?",
        'Reacted to "Who in Ireland checks..." with 👍',
        'Reacted to "Who in Ireland checks..." with "❤️"',
        'Replying to "Who in Ireland checks..."\n\nThe agency.\nAnd we.',
        'Replying to "Who in Ireland checks..." Nobody does.',
        'Reacted to "Never said..." with 👍',
    )
    lines.append(
        Line("10:01:00", "Person 1", 'Removed a 👍 reaction from "Who in Ireland checks..."')
    )
    first, *replies = remarks(lines)
    assert first.reactions == {("Person 2", "❤️")}
    assert [reply.text for reply in first.replies] == ["The agency.\nAnd we.", "Nobody does."]
    assert [each.text for each in replies] == ["The agency.\nAnd we.", "Nobody does."]


def test_of_two_lines_with_one_beginning_neither_gets_the_reaction() -> None:
    lines = said("Who pays for it?", "Who pays for us?", 'Reacted to "Who pays for..." with 👍')
    assert [each.reactions for each in remarks(lines)] == [set(), set()]


def test_an_id_is_the_same_whoever_saved_the_chat() -> None:
    """M01: another clock, more lines before: the same question keeps its id and stands once."""
    early = [Line("09:00:00", "Ana", "Who pays?")]
    late = [Line("13:00:00", "Ben", "Hello."), Line("13:01:00", "Ana", "Who pays?")]
    (first,) = asked_in_chat("d1-fuss", early)
    again = asked_in_chat("d1-fuss", [*early, *late])
    assert [each.id for each in again].count(first.id) == 1
    assert first.id in {each.id for each in asked_in_chat("d1-fuss", late)}
    assert asked_in_chat("d1-keynote", early)[0].id != first.id
