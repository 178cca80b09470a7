"""Whoever signs notes is their author, whoever was asked for them."""

from __future__ import annotations

import shutil

import pytest
from notes_tools import TEXT, seat
from shared import only

from seminarkit.core.seminar.assignments import everybody
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.intake.expected import expected_of
from seminarkit.topics.intake.payload import Expected
from seminarkit.topics.intake.reader import read_bytes

HEAD = "d2-group-1, UA-2"


@pytest.fixture(scope="module")
def folder_of_groups(tmp_path_factory: pytest.TempPathFactory, kit: SeminarFolder) -> SeminarFolder:
    root = tmp_path_factory.mktemp("signed")
    shutil.copy(kit.root / "seminar.yml", root)
    return seat(SeminarFolder(root))


@pytest.fixture(scope="module")
def asked(folder_of_groups: SeminarFolder) -> Expected:
    return expected_of(folder_of_groups)


def author(asked: Expected, head: str, end: str = "") -> tuple[str, str]:
    part = only(read_bytes((TEXT.replace(HEAD, head) + end).encode(), asked))
    assert part.reading, part.problem
    assert part.reading.subject == "d2-group-1"
    return part.reading.person, part.remark


def test_everybody_of_the_seminar_may_sign(
    folder_of_groups: SeminarFolder, asked: Expected
) -> None:
    """P03 G06: by id or by full name, chairs without a hyphen too; never filed under another."""
    people = everybody(folder_of_groups.seminar)
    assert len(people) > 80 and "colucci" in people
    for person, known in people.items():
        for name in (person, person.upper(), known.name):
            found, remark = author(asked, f"d2-group-1 · {name}")
            assert found == person, (name, found)
            assert ("Attention" in remark) == (person != "UA-2")


@pytest.mark.parametrize(
    ("head", "who"),
    [
        ("d2-group-1", "UA-2"),
        ("Group: d2-group-1\nRapporteur: UA-2\nChair: colucci", "UA-2"),
        ("d2-group-1\nChair: colucci", "UA-2"),
        ("Dear Ms Colucci,\nhere are our notes.\nd2-group-1", "UA-2"),
        ("To: colucci\nd2-group-1", "UA-2"),
        ("d2-group-1, UA-2 and colucci", "UA-2"),
        ("d2-group-1, colucci for UA-2", "UA-2"),
        ("d2-group-1 (colucci)\nThe rapporteur UA-2 is ill", "colucci"),
        ("d2-group-1\nNotes by colucci", "colucci"),
        ("d2-group-1\nWritten by: GE-1\nChair: colucci", "GE-1"),
        ("d2-group-1\n\nElizabeth Colucci\n", "colucci"),
        ("Notes taken by colucci\nGroup d2-group-1, rapporteur to be named", "colucci"),
    ],
)
def test_the_head_says_who_signs(asked: Expected, head: str, who: str) -> None:
    """P03: a greeting or a chair who is merely named signs nothing."""
    assert author(asked, head)[0] == who


def test_a_signature_below_the_notes_counts_where_the_head_names_nobody(asked: Expected) -> None:
    """P03: what stands alone in a line below the dashes is a signature."""
    assert author(asked, "d2-group-1", "-- \nElizabeth Colucci\n")[0] == "colucci"
    assert author(asked, "d2-group-1", "-- \nSent from a telephone\n")[0] == "UA-2"
    assert author(asked, HEAD, "-- \nElizabeth Colucci\n")[0] == "UA-2"


def test_people_who_are_named_and_do_not_sign_are_told(asked: Expected) -> None:
    """P03: a list of who was present makes nobody the author, and is said."""
    who, remark = author(asked, "d2-group-1\nPresent were GE-1, KZ-1 and some guests")
    assert who == "UA-2"
    assert (
        "it names GE-1, KZ-1, but does not say who wrote it; it is kept as notes by UA-2" in remark
    )
