"""Is it said in a sentence which answers have no question any more?"""

from __future__ import annotations

from typing import Any

import pytest

from seminarkit.topics.progress.answers_without_question import OrphanedAnswer, unasked_names

FORM: Any = {
    "form": "trial",
    "fields": [
        {"type": "text", "name": "title", "label": "Title"},
        {
            "type": "repeat",
            "name": "nominees",
            "label": "People",
            "row": "Person",
            "min": 0,
            "max": 9,
            "fields": [{"type": "text", "name": "nominee_name", "label": "Name"}],
        },
    ],
}


@pytest.mark.parametrize(
    ("lost", "words"),
    [
        (
            OrphanedAnswer("trial", "titel", 1, near="title"),
            "1 answer to 'titel' has no question any more in trial.yml. Did you mean it by "
            "'title'? If you renamed",
        ),
        (
            OrphanedAnswer("trial", "x", 2),
            "2 answers to 'x' have no question any more in trial.yml. If you renamed the "
            "question, write 'was: x' below its name there",
        ),
        (
            OrphanedAnswer("trial", "old", 2, was="new"),
            "2 answers to 'old' do not fit 'new' of trial.yml, which asks for something of "
            "another kind.",
        ),
    ],
)
def test_the_sentence_names_form_question_and_cure(lost: OrphanedAnswer, words: str) -> None:
    assert words in str(lost)


def test_cells_of_rows_are_among_them_and_what_the_kit_wrote_is_not() -> None:
    row = {"nominee_name": "A", "nominee_phone": "1", "nominee_id": "GE-2"}
    answers = {"title": "x", "titel": "y", "empty": " ", "nominees": [row]}
    assert list(unasked_names(FORM, answers)) == ["titel", "nominee_phone"]
