"""Is what LibreOffice saves read word by word, as Word and as OpenDocument text?"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from shared import complete_report, only

sys.path.insert(0, str(Path(__file__).parent))
from document_constructs import CONSTRUCTS, IN_OFFICE, Construct
from document_maker import PLACES, SAVED, document
from test_document_constructs import read, silently_lost
from word_tools import needs_office, resave

from seminarkit.core.forms.bundle import payload
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.intake.payload import Expected
from seminarkit.topics.intake.reader import read_bytes
from seminarkit.topics.packs.personal_form import form_for
from seminarkit.topics.packs.word_form_writer import form_document

pytestmark = [needs_office, pytest.mark.timeout(600)]
KINDS = ("docx", "odt")
SOME = ("answer", "choice")  # the others by night, one construct at a time
OFFICE = {name: construct for name, construct in CONSTRUCTS.items() if construct.office}


def documents(kit: SeminarFolder) -> dict[str, bytes]:
    """Return a document per place with all constructs in it, and forms that hold none."""
    form = form_for(kit, "country_report", "GE-2")
    made = {f"all-{place}": document(form, place, *OFFICE.values()) for place in SOME}
    report = complete_report(
        examples=[{"example_title": "a\nb  c\td", "example_provider": "public"}]
    )
    made["whole"] = form_document(form, payload(form, report, 9, SAVED))
    made["empty"] = form_document(form)
    case = form_for(kit, "case_review", "GE-2", "ghent")
    made["empty-case"] = form_document(case)
    made["handed"] = form_document(form, payload(form, report, 9, SAVED), handed_out=True)
    return made


def saved_by_office(
    made: dict[str, bytes], folder: Path, kinds: tuple[str, ...]
) -> dict[str, bytes]:
    """Return the documents as LibreOffice saves them, by name and kind."""
    place = folder / "made"
    place.mkdir()
    for name, data in made.items():
        (place / f"{name}.docx").write_bytes(data)
    for kind in kinds:
        resave(place, folder / kind, folder / "profile", kind)
    return {
        f"{name}.{kind}": (folder / kind / f"{name}.{kind}").read_bytes()
        for name in made
        for kind in kinds
    }


@pytest.fixture(scope="module")
def saved(kit: SeminarFolder, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return saved_by_office(documents(kit), tmp_path_factory.mktemp("office"), KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_answers_and_receipt(
    kind: str, saved: dict[str, bytes], kit: SeminarFolder, expected: Expected
) -> None:
    """P09 C25: a form saved as OpenDocument is read as the Word file is, and no word is said."""
    before = only(read_bytes(documents(kit)["whole"], expected))
    part = only(read_bytes(saved[f"whole.{kind}"], expected))
    assert part.reading and before.reading
    assert part.reading.answers == before.reading.answers
    assert part.reading.receipt == before.reading.receipt
    assert (part.remark, before.remark) == ("", "")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["empty", "empty-case", "handed"])
def test_nobody_wrote_in_it(
    kind: str, name: str, saved: dict[str, bytes], expected: Expected
) -> None:
    """C25: placeholders, and what the kit put there, are nobody's answers."""
    part = only(read_bytes(saved[f"{name}.{kind}"], expected))
    begin = "It is as it was sent out" if name == "handed" else "The form is empty"
    assert part.problem.startswith(begin)
    assert part.problem.endswith("save the file, and send it again."), "and no remark"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("place", SOME)
def test_all_constructs_in_one_place(
    place: str, kind: str, saved: dict[str, bytes], expected: Expected
) -> None:
    """P09 C25: in a place for words all that is seen is read; anywhere the rest is remarked."""
    part, answers, remarks = read(saved[f"all-{place}.{kind}"], expected)
    assert part.reading, part.problem
    for name, construct in OFFICE.items():
        assert not construct.gone or construct.gone not in answers, name
        assert "And " in remarks or construct.why in remarks, name
        if place == "answer":
            words = IN_OFFICE.get(name, construct.seen).strip()
            assert words in answers, (name, answers)


@pytest.mark.nightly
@pytest.mark.parametrize("kind", [*KINDS, "fodt"])
@pytest.mark.parametrize("place", PLACES)
def test_each_construct_in_each_place(
    place: str, kind: str, kit: SeminarFolder, expected: Expected, tmp_path: Path
) -> None:
    """P09 C25: nothing is lost silently."""
    form = form_for(kit, "country_report", "GE-2")
    names = {f"c{number}": name for number, name in enumerate(OFFICE)}
    made = {key: document(form, place, OFFICE[name]) for key, name in names.items()}
    lost = {}
    for key, data in saved_by_office(made, tmp_path, (kind,)).items():
        construct: Construct = OFFICE[names[key.partition(".")[0]]]
        _, answers, remarks = read(data, expected)
        if found := silently_lost(construct, answers, remarks):
            lost[key] = (found, answers, remarks)
        assert not construct.gone or construct.gone not in answers, key
    assert lost == {}
