"""Is what a reader of a document sees what is read, and what is not taken always remarked?"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest
from shared import only

sys.path.insert(0, str(Path(__file__).parent))
from document_constructs import CONSTRUCTS, Construct
from document_maker import PLACES, document

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.intake.payload import Expected
from seminarkit.topics.intake.reader import PartRead, read_bytes
from seminarkit.topics.packs.personal_form import form_for

WORD = re.compile(r"[^\W\d]\w*")
OWN = ("footnote", "endnote")  # the words by which a note is introduced


def words_in(value: Any) -> str:
    """Return all words of answers, in the order of the form."""
    if isinstance(value, dict):
        return "\n".join(words_in(each) for each in value.values())
    if isinstance(value, list):
        return "\n".join(words_in(each) for each in value)
    return str(value)


def read(data: bytes, expected: Expected) -> tuple[PartRead, str, str]:
    """Return what was read: the part, all words of the answers, and what was said."""
    part = only(read_bytes(data, expected))
    answers = words_in(part.reading.answers) if part.reading else ""
    return part, answers, f"{part.remark} {part.problem}"


def silently_lost(construct: Construct, answers: str, remarks: str) -> list[str]:
    """Return the words that a reader sees and that are neither read nor spoken of."""
    taken = answers + remarks
    seen = [word for word in WORD.findall(construct.seen) if word not in OWN]
    cut = "…" in remarks or " more line" in remarks  # a long remark says that it is cut
    seen = [word for word in seen if word not in taken and not cut]
    hidden = construct.why and construct.why not in remarks
    return [*seen, *([construct.why] if hidden else [])]


@pytest.mark.parametrize("name", sorted(CONSTRUCTS))
def test_what_is_seen_is_the_answer(name: str, kit: SeminarFolder, expected: Expected) -> None:
    """C25: word by word, in its order; what is not taken is said with the question's name."""
    construct = CONSTRUCTS[name]
    form = form_for(kit, "country_report", "GE-2")
    part, answers, remarks = read(document(form, "answer", construct), expected)
    assert part.reading, part.problem
    assert part.reading.answers.get("obstacle", "").strip() == construct.seen.strip()
    assert not construct.gone or construct.gone not in answers
    if construct.why:
        assert f"In 'One obstacle in your country' {construct.why}" in remarks
        assert not construct.gone.isalpha() or construct.gone in remarks, "and its words"
    else:
        assert part.remark == ""


@pytest.mark.parametrize("every", [5, pytest.param(1, marks=pytest.mark.nightly)])
@pytest.mark.parametrize("place", PLACES)
def test_nothing_is_lost_silently_in_any_place(
    place: str, every: int, kit: SeminarFolder, expected: Expected
) -> None:
    """C25: every construct in every kind of place."""
    form = form_for(kit, "country_report", "GE-2")
    lost = {}
    for name in list(CONSTRUCTS)[PLACES.index(place) % every :: every]:
        construct = CONSTRUCTS[name]
        part, answers, remarks = read(document(form, place, construct), expected)
        assert part.reading, (name, part.problem)
        if found := silently_lost(construct, answers, remarks):
            lost[name] = (found, answers, remarks)
        assert not construct.gone or construct.gone not in answers, name
    assert lost == {}
