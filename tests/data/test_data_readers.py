"""Does every table hold what its reader was promised to read, and no text beside it?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pandas as pd
import pytest
from canary_tools import CONSENTING, Place, canaries, field_at

from seminarkit import data
from seminarkit.core.forms.audiences import READERS
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import JOINT
from seminarkit.data.frames import column_names, records
from seminarkit.data.source import Reader

pytestmark = pytest.mark.timeout(600)
PLAIN = (
    *("countries", "people", "sessions", "groups", "dictionary", "submissions", "compare"),
    *("status", "survey", "questions", "statements", "facts", "decisions", "reports"),
)
NAMED = {"person", "receipt", "saved_at", "file", "writers", "by", "chair", "rapporteur", "email"}


def tables(material: data.Material) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield every table that this reader gets, in every shape."""
    for name in PLAIN:
        try:
            yield name, getattr(material, name)()
        except data.AudienceError:
            assert material.audience != "organisers", name
    if material.audience != "public":
        yield "status, long", material.status(long=True)
    versions = ("current", "waiting", "all") if material.audience == "organisers" else ("current",)
    dictionary = material.dictionary()
    for form in dictionary.form.unique():
        for joint in ("instead", "beside", "apart"):
            yield f"form {form}, {joint}", material.form(form, joint=joint)
        for version in versions:
            yield f"{form}, {version}", material.submissions(form, versions=version)
    for form, question, kind in zip(
        dictionary.form, dictionary.question, dictionary.type, strict=True
    ):
        name = f"{form}.{question}"
        read = material.rows if kind == "repeat" else material.answers
        for version in versions:
            yield f"{name}, {version}", read(name, versions=version, joint="beside")
        yield f"{name}, labels", read(name, labels=True)
    yield "search", material.search("zq")


def texts(table: pd.DataFrame) -> str:
    """Return all that stands in a table and beside it, in one text."""
    return repr([records(table), column_names(table), table.attrs])


def places_in(material: data.Material, words: Mapping[str, Place]) -> dict[Place, str]:
    """Return whose answers stand in any table, with the name of one that holds them."""
    odd = [word for word in words if not re.fullmatch("zq[a-z]{8}", word)]
    hits: dict[Place, str] = {}
    for name, table in tables(material):
        text = texts(table)
        seen = set(re.findall("zq[a-z]{8}", text)) | {word for word in odd if word in text}
        hits |= {words[word]: name for word in seen & words.keys()}
    return hits


@pytest.fixture(scope="module")
def words(answered: SeminarFolder) -> Mapping[str, Place]:
    return {word: place for place, word in canaries(answered).items()}


def readers_of(folder: SeminarFolder, place: Place) -> frozenset[str]:
    """Return whom an answer is for, by what its form and question say."""
    form = folder.forms[place.form]
    field = field_at(form, place.path)
    if field.get("private"):
        return frozenset()
    return READERS[field.get("audience", form["audience"])]


@pytest.mark.parametrize("reader", ["core", "organisers"])
def test_a_table_holds_what_was_promised_to_its_reader(
    answered: SeminarFolder, words: Mapping[str, Place], reader: Reader
) -> None:
    """J04 P01: neither more nor less, over every form, question, version and shape."""
    found = places_in(data.read(answered.root, audience=reader), words)
    promised = {place for place in words.values() if reader in readers_of(answered, place)}
    assert {place: table for place, table in found.items() if place not in promised} == {}
    assert promised - found.keys() == set()
    assert len(promised) > 300 and set(words.values()) - promised


def test_the_public_reads_what_was_agreed_to(
    answered: SeminarFolder, words: Mapping[str, Place]
) -> None:
    """J04 P01 P08: with the consent of who wrote it, of public questions, unless the NEO refused."""
    found = places_in(data.read(answered.root, audience="public"), words)
    for place, table in found.items():
        shown = place.path.split(".")[0] in answered.forms[place.form].get("consent_shows", ())
        assert place.person in CONSENTING or place.subject == JOINT, (place, table)
        assert shown or "public" in readers_of(answered, place), (place, table)
    assert {place.person for place in found} >= {"AM-NEO", "decker"}


def test_no_table_for_the_public_names_anybody(answered: SeminarFolder) -> None:
    """J04: such columns are not there, and nobody's name or id stands elsewhere."""
    people = [p for people in answered.seminar.delegations.values() for p in people]
    ids = re.compile(rf"\b({'|'.join([p.id for p in people])}|[A-Z]{{2}}-NEO)\b")
    for name, table in tables(data.read(answered.root, audience="public")):
        assert not NAMED & {*column_names(table)}, name
        text = texts(table)
        assert not ids.findall(text), name
        assert not [p.name for p in people if p.name in text], name


PRIVATE = ("pre_survey", "registration", "learning_check", "sign_off")


@pytest.mark.parametrize("reader", ["core", "public"])
@pytest.mark.parametrize("form", PRIVATE)
def test_what_is_for_organisers_is_a_sentence_for_others(
    answered: SeminarFolder, reader: Reader, form: str
) -> None:
    """J04: of the form and of each of its questions."""
    material = data.read(answered.root, audience=reader)
    with pytest.raises(data.AudienceError, match=rf"^{form} is only for organisers"):
        material.form(form)
    for question in data.read(answered.root, audience="organisers").dictionary(form).question:
        with pytest.raises(data.AudienceError, match=r"data\.read\(audience='organisers'\)"):
            material.answers(f"{form}.{question}")


def test_a_question_for_fewer_is_a_sentence(answered: SeminarFolder) -> None:
    """J04"""
    core, public = (data.read(answered.root, audience=a) for a in ("core", "public"))
    with pytest.raises(data.AudienceError) as caught:
        core.answers("trust")
    assert str(caught.value) == (
        "pre_survey is only for organisers and chairs. For totals: data.survey(). For the "
        "answers: data.read(audience='organisers')."
    )
    with pytest.raises(data.AudienceError, match=r"is for core participants"):
        public.answers("known_corrections")
    with pytest.raises(
        data.AudienceError, match=r"'nomination.nominee_email' is only for organisers"
    ):
        core.answers("nominee_email")
    for versions in ("all", "waiting"):
        with pytest.raises(data.AudienceError, match=r"versions that do not count"):
            core.answers("obstacle", versions=versions)
