"""Does one file that says what cannot be stop no other, now and in every later run?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from in_process import printed

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.intake import indexing

QUESTIONS = {"questions": [{"question": "Who pays?", "about": "d1-keynote"}]}
IMPOSSIBLE = (
    "2099-13-45T99:00:00Z",
    "2020-02-30T10:00:00Z",
    "2020-11-20T25:00:00Z",
    "0000-00-00T00:00:00Z",
    "0001-01-01T00:00:00Z",
)


@pytest.mark.parametrize("moment", IMPOSSIBLE)
def test_a_moment_that_is_none(
    folder: SeminarFolder, send: Callable[..., Path], filled: Callable[..., Any], moment: str
) -> None:
    """P13 C05: it is named, and all others are taken, also when the index is made again."""
    send("a.ipynb", filled("questions", "GE-2", QUESTIONS, saved_at=moment))
    send("b.ipynb", filled("questions", "AM-2", QUESTIONS))
    for words in (["collect", "-v"], ["collect", "-v", "--rebuild"]):
        shown = printed(folder, *words)
        assert f"It says it was saved at '{moment}', which is not a date and time." in shown
    assert "all is as it was" in printed(folder, "verify")
    assert '"AM"' in printed(folder, "status", "--json")


def test_a_fault_of_the_kit_stops_no_other_file(
    folder: SeminarFolder,
    send: Callable[..., Path],
    filled: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """P13 C05: what fails while a file is judged is told for this file alone."""
    real = indexing.judge

    def judge(reading: Any, *more: Any) -> Any:
        if reading.person == "GE-2":
            raise ValueError("not thought of")
        return real(reading, *more)

    monkeypatch.setattr(indexing, "judge", judge)
    send("a.ipynb", filled("questions", "GE-2", QUESTIONS))
    send("b.ipynb", filled("questions", "AM-2", QUESTIONS))
    shown = printed(folder, "collect", "-v")
    assert (
        "because of an error in the kit (ValueError: not thought of). The other files are not affected."
        in shown
    )
    assert "1 accepted" in shown or "1 accepted as draft" in shown
