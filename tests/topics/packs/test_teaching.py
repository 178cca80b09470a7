"""Do forms and notebooks help a person to prepare: examples, terms, key points, plain sentences?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from shared import ROOT

from seminarkit.core.forms.form_yaml import Form
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.yaml.yaml_file import YamlFile

FORMS = sorted((ROOT / "templates" / "forms").glob("*.yml"))
PREPARE = sorted((ROOT / "notebooks" / "prepare").glob("*.ipynb"))
NOTEBOOKS = [*PREPARE, *sorted((ROOT / "notebooks" / "discuss").glob("*.ipynb"))]
MOST_WORDS = 20  # in a sentence, for readers of English as a second language
MADE_UP = {"X", "State", "University", "ECTS", "Example", "I", "A"} | {"March", "June", "November"}
OTHER_PROMISES = re.compile(r"published|not shown|nobody reads|You can stop|totals", re.I)
OUTCOME = re.compile(r"(LO\d) \(([^)]+)\)")


def named(path: Path) -> str:
    return path.stem


def fields_of(fields: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for field in fields:
        yield field
        yield from fields_of(field.get("fields", []))


def texts_of(form: Mapping[str, Any]) -> Iterator[str]:
    """Yield what the author of a form wrote for people."""
    yield from (form["title"], form.get("intro", ""))
    for field in fields_of(form["fields"]):
        yield from (field.get(key, "") for key in ("label", "hint", "example", "message", "row"))
        yield from (label for _, label in field.get("choices", []))


def prose_of(path: Path) -> str:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return "\n\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")


def sentences(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield from re.split(r"(?<=[.!?])[”)*]*\s+", line.lstrip("#- "))


def too_long(text: str) -> list[str]:
    return [s for s in sentences(text) if len(re.findall(r"\w[\w'’.,/:@-]*", s)) > MOST_WORDS]


def own_lists(path: Path) -> set[str]:
    """Return the names of the questions whose choices come from the seminar, not from the form."""
    form = YamlFile(path).parse(Form)

    def of(questions: list[Any]) -> Iterator[str]:
        for question in questions:
            if question.choices and question.choices not in form.choices:
                yield question.name
            yield from of(question.fields)

    return set(of(form.fields))


@pytest.mark.parametrize("path", FORMS, ids=named)
def test_every_form_with_words_to_write_shows_an_example(kit: SeminarFolder, path: Path) -> None:
    """C38."""
    fields = [*fields_of(kit.forms[path.stem]["fields"])]
    assert any(field["type"] == "text" for field in fields)
    assert any(field.get("example") for field in fields)


@pytest.fixture(scope="module")
def real_names(kit: SeminarFolder) -> set[str]:
    """The names in what is known of the countries: of places, bodies, laws; and the countries'."""
    facts = (ROOT / "readings" / "facts" / "countries.yml").read_text("utf-8")
    facts += "\n".join(f"in {country.name}" for country in kit.seminar.countries.values())
    names = {*re.findall(r"(?<=[a-z,] )[A-Z]\w+", facts)} - MADE_UP
    return {name for name in names if not re.search(rf"\b{name.lower()}\b", facts)}


def names_in(example: str, real: set[str]) -> set[str]:
    """Return the words with a capital inside of sentences, and known names at their beginnings."""
    found = set(re.findall(r"\w+", example)) & real
    for sentence in sentences(re.sub(r": (“?)", r". \1", example)):
        found |= {*re.findall(r"\b[A-Z]\w*", re.sub(r"^\W*\w+", "", sentence))} - MADE_UP
    return found


@pytest.mark.parametrize("path", FORMS, ids=named)
def test_examples_are_made_up(kit: SeminarFolder, real_names: set[str], path: Path) -> None:
    """C38: they name no country, and no institution, law or person that there is."""
    for field in fields_of(kit.forms[path.stem]["fields"]):
        assert names_in(field.get("example", ""), real_names) == set(), field["name"]


@pytest.mark.parametrize(
    ("example", "names"),
    [
        ("State University X accepts it. The law is of 2019.", set()),
        ("Good: “It is used in Georgia.”", {"Georgia"}),
        ("Kazan accepts it.", {"Kazan"}),
        ("One course of Ghent University has 6 ECTS.", {"Ghent"}),
    ],
)
def test_a_real_name_is_found(real_names: set[str], example: str, names: set[str]) -> None:
    """Bad input: within a sentence, and at its beginning."""
    assert names_in(example, real_names | {"Kazan"}) == names


@pytest.mark.parametrize("path", FORMS, ids=named)
def test_forms_speak_in_short_sentences(kit: SeminarFolder, path: Path) -> None:
    """C38: the outcomes alone are longer, as they are those of the programme word for word."""
    form, given = kit.forms[path.stem], own_lists(path)
    fields = [
        {**field, "choices": [] if field["name"] in given else field.get("choices", [])}
        for field in fields_of(form["fields"])
    ]
    outcomes = {outcome.text for outcome in kit.seminar.outcomes}
    shown = texts_of({**form, "fields": [{**field, "fields": []} for field in fields]})
    assert [text for each in shown if each not in outcomes for text in too_long(each)] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=named)
def test_notebooks_speak_in_short_sentences(path: Path) -> None:
    """C38: the outcomes are a list, no sentence."""
    assert too_long(re.sub(r"^- \*\*Outcomes:.*$", "", prose_of(path), flags=re.M)) == []


def test_a_sentence_that_is_too_long_is_found() -> None:
    """Bad input: the count sees it in a list and behind a quotation."""
    long = " ".join(["word"] * 21)
    assert too_long(f"- Short. “Short.” {long}.") == [f"{long}."]
    assert too_long(f"- Short. “Short.” {long[5:]}.") == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=named)
def test_every_notebook_says_what_for_and_what_to_know(kit: SeminarFolder, path: Path) -> None:
    """C38: objective, outcomes, time, what good work is, and three things to know."""
    prose = prose_of(path)
    for part in ("You will", "You need", "Done well if"):
        assert re.search(rf"^- \*\*{part}\*\* \w", prose, re.M), part
    (line,) = re.findall(r"^- \*\*Outcomes:\*\* (.+)\.$", prose, re.M)
    known = {outcome.id for outcome in kit.seminar.outcomes}
    assert {name for name, _ in OUTCOME.findall(line)} <= known
    assert OUTCOME.sub("", line).strip(", ") == ""
    points = prose.split("**Key points**\n\n")[1].split("\n\n")[0].splitlines()
    assert len(points) == 3 and all(point.startswith("- ") for point in points)
    minutes = {task.minutes for task in kit.seminar.tasks if task.form == path.stem}
    (time,) = re.findall(r"^- \*\*Time:\*\* about (\d+) minutes", prose, re.M)
    assert {int(time)} == minutes


def test_an_outcome_has_the_same_short_name_everywhere() -> None:
    """C38."""
    found = {pair for path in NOTEBOOKS for pair in OUTCOME.findall(prose_of(path))}
    assert len(found) == len(dict(found)) == 6


def test_three_words_are_explained_beside_their_questions(kit: SeminarFolder) -> None:
    """C38: what is one word in several languages, in the sentences of the glossary."""
    report = {field["name"]: field for field in fields_of(kit.forms["country_report"]["fields"])}
    short = {term.id: term.short for term in kit.glossary}
    for name, term in (
        ("evaluated", "evaluation"),
        ("accredited", "accreditation"),
        ("recognised", "recognition"),
        ("examples", "micro-credential"),
    ):
        assert f"{term.capitalize()}: {short[term]}" in report[name]["hint"]
    (first, *_) = kit.forms["pre_survey"]["fields"]
    assert short["micro-credential"] in first["hint"]


def test_a_promise_is_made_once(kit: SeminarFolder) -> None:
    """C38 C13: who reads an answer is said by the line that is made from the rules, nowhere else."""
    for path in NOTEBOOKS:
        assert not OTHER_PROMISES.search(prose_of(path)), path.stem
    for name, form in kit.forms.items():
        assert not OTHER_PROMISES.search(form.get("intro", "")), name


def test_the_self_check_asks_for_the_outcomes_word_for_word(kit: SeminarFolder) -> None:
    """C38."""
    labels = [f["label"] for f in kit.forms["learning_check"]["fields"] if "choices" in f]
    assert labels == [outcome.text for outcome in kit.seminar.outcomes]


def test_who_does_not_register_is_told_that_there_is_no_seat(kit: SeminarFolder) -> None:
    """C38: as the sessions say; the first round is open without it."""
    needed = [s.id for s in kit.seminar.sessions if s.seats and s.seats.registration == "required"]
    assert needed == ["d1-groups-2", "d2-groups"]
    intro = kit.forms["registration"]["intro"]
    assert "Without this form you have no seat in the second round or on day 2." in intro


def test_plans_and_own_institution_say_how_they_differ(kit: SeminarFolder) -> None:
    """C38."""
    assert "“Plans and ideas”" in kit.forms["own_institution"]["intro"]
    own = kit.forms["own_institution"]["title"].removeprefix("Micro-credentials in your ")
    assert own == "own institution or system"
    assert f"“Your {own}”" in kit.forms["strategy_plan"]["intro"]


def test_reading_notes_say_where_the_texts_are(kit: SeminarFolder) -> None:
    """C38: in the pack, and behind each title."""
    form = kit.forms["reading_notes"]
    assert "readings.html in your pack has every text with its link." in form["intro"]
    assert "`readings.html` in your pack" in prose_of(PREPARE[0].with_name("reading_notes.ipynb"))
    assert form["fields"][0]["links"]
