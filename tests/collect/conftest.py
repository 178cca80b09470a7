"""What the tests of received files share."""

from __future__ import annotations

import pytest

from seminarkit.collect.expecting import expected_of
from seminarkit.collect.payload import Expected
from seminarkit.seminar.folder import SeminarFolder


@pytest.fixture(scope="session")
def expected(kit: SeminarFolder) -> Expected:
    """What payloads of the kit's own seminar are held against."""
    return expected_of(kit)
