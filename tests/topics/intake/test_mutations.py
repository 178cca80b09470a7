"""Does the reader end every damaged file with a sentence, and never with an exception?"""

from __future__ import annotations

import json
import sys

from hypothesis import given
from hypothesis import strategies as st
from shared import ROOT

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.intake.expected import expected_of
from seminarkit.topics.intake.reader import read_bytes

sys.path.insert(0, str(ROOT / "scripts" / "benchmarks"))
from mutations import run

EXPECTED = expected_of(SeminarFolder(ROOT))


def test_damaged_notebooks_end_with_a_sentence() -> None:
    """A part of what scripts/benchmarks/mutations.py does a hundred thousand times."""
    ends = run(4_000, seed=20201126)
    assert ends["taken"] > 100, "some damage does not touch the answers"
    assert len(ends) > 20


@given(st.binary(max_size=300))
def test_any_bytes_at_all_end_with_a_sentence(data: bytes) -> None:
    for part in read_bytes(data, EXPECTED):
        assert part.reading or part.problem


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inside: (
        st.lists(inside, max_size=4)
        | st.dictionaries(
            st.sampled_from(["cells", "outputs", "data", "form", "answers", "x"]), inside
        )
    ),
    max_leaves=12,
)


@given(_JSON)
def test_any_json_at_all_ends_with_a_sentence(value: object) -> None:
    for part in read_bytes(json.dumps(value).encode("utf-8"), EXPECTED):
        assert part.reading or part.problem
