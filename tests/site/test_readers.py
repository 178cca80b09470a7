"""Does what is asked reach its reader? Every question of every form, through real files.

``READERS`` says where the answers of an audience must be found at the least; that they are found
nowhere else is another walk. A form or field with an audience that is not in the table fails.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from canary_tools import GROUPS, Place, field_at, filled_forms, values
from click.testing import CliRunner

from seminarkit.cli.main import seminar
from seminarkit.core.forms.shapes import questions
from seminarkit.core.seminar.assignments import assignments
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import JOINT
from seminarkit.topics.packs.prefill import prefill_state, starting_form

ORGANISERS = "organisers/"
# folders under output/ of which one, at the least, shows an answer to those it is promised to
READERS: dict[str, tuple[str, ...]] = {
    "organisers": (ORGANISERS,),
    "chairs": ("chairs/",),
    "group": ("groups/",),
    "core": ("core/",),
    "public": ("core/",),
}
pytestmark = pytest.mark.timeout(600)


def run(folder: SeminarFolder, *words: str) -> str:
    result = CliRunner().invoke(seminar, ["--folder", str(folder.root), *words])
    assert result.exit_code == 0, result.output
    return result.output


@cache
def text_of(path: Path) -> str:
    """Return what stands in one file, unpacked."""
    if path.suffix in (".docx", ".xlsx", ".pptx"):
        with zipfile.ZipFile(path) as archive:
            parts = [n for n in archive.namelist() if n.endswith((".xml", ".rels"))]
            return "\n".join(archive.read(name).decode("utf-8") for name in parts)
    if path.suffix == ".pdf":
        command = ["pdftotext", str(path), "-"]
        pages = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
        return re.sub(r"\s+", "", pages.stdout)
    return path.read_text(encoding="utf-8-sig", errors="replace")


def outputs(folder: SeminarFolder, *places: str) -> dict[str, str]:
    """Return the text of every output by its path under output/."""
    root = folder.pages.parent
    paths = {p.relative_to(root).as_posix(): p for p in sorted(root.rglob("*")) if p.is_file()}
    pdf = shutil.which("pdftotext")
    return {
        name: text_of(path)
        for name, path in paths.items()
        if name.startswith(places or "") and (pdf or path.suffix != ".pdf")
    }


def handed_out(folder: SeminarFolder) -> str:
    """Return the forms that delegations are handed out, where they read what is said to them."""
    so_far = prefill_state(folder)
    forms = [starting_form(folder, each, so_far) for each in assignments(folder.seminar)]
    return json.dumps(forms, ensure_ascii=False)


def audience(folder: SeminarFolder, place: Place) -> str:
    """Return who reads an answer: of a field that says nothing, who reads its form."""
    form = folder.forms[place.form]
    field = field_at(form, place.path)
    return "private" if field.get("private") else str(field.get("audience", form["audience"]))


def without_a_room(place: Place) -> bool:
    """Return whether the sample has no group on the case of a review, so that none may read it."""
    cases = {group.get("case") for held in GROUPS.values() for group in held}
    return place.form == "case_review" and place.subject not in cases


def replaced(words: dict[Place, str]) -> set[Place]:
    """Return the answers for which those of a delegation's joint form stand."""
    joint = {(p.form, p.person[:2]) for p in words if p.subject == JOINT}
    return {p for p in words if (p.form, p.person[:2]) in joint and p.subject != JOINT}


def test_every_question_of_every_form_is_filled_in(planted: SeminarFolder) -> None:
    """P11: so that no question escapes these tests, also not one that is new."""
    asked = {
        (name, field["name"], inner)
        for name, form in planted.forms.items()
        for field in questions(form["fields"])
        for inner in ([f["name"] for f in field["fields"]] if "fields" in field else [""])
    }
    answered = {
        (place.form, *[(*place.path.split("."), "", "")[i] for i in (0, 2)])
        for place in values(planted)
    }
    assert asked == answered


def test_every_answer_is_found_where_its_audience_reads(
    planted: SeminarFolder, words: dict[Place, str]
) -> None:
    """P11: on a page, in a document or on slides of each audience that it was promised to.

    Whom a NEO names is shown once an organiser takes the nomination in.
    """
    by_reader: dict[str, list[Place]] = {}
    for place in words:
        by_reader.setdefault(audience(planted, place), []).append(place)
    del by_reader["private"]
    assert set(by_reader) <= {*READERS, "delegation"}, "say in READERS where they read"
    for reader, places in by_reader.items():
        text = "\n".join(outputs(planted, *READERS[reader]).values()) if reader in READERS else ""
        text = text or handed_out(planted)
        waived = replaced(words) if reader != "organisers" else set()
        waived |= {p for p in places if without_a_room(p) or p.form == "nomination"}
        # a receipt is that of the delegation's own report, which shows it; these are made up
        waived |= {p for p in places if p.path == "signed_receipt"}
        unread = [p for p in places if p not in waived and words[p] not in text]
        assert not unread, "\n".join(map(str, unread))


@pytest.mark.parametrize("ending", [".html", ".csv", ".xlsx"])
def test_organisers_read_every_answer(
    planted: SeminarFolder, words: dict[Place, str], ending: str
) -> None:
    """P11 N07 O36: on the form's page, in its tables and in its workbook."""
    files = outputs(planted, f"{ORGANISERS}answers/")
    texts = dict.fromkeys(planted.forms, "")
    for name, text in files.items():
        if name.endswith(ending):
            texts[Path(name).name.split(".")[0]] += text
    unread = [
        place
        for place, word in words.items()
        if audience(planted, place) != "private" and word not in texts[place.form]
    ]
    assert unread == []


def test_organisers_read_every_answer_in_the_terminal(
    planted: SeminarFolder, words: dict[Place, str]
) -> None:
    """P11 N07: and of what is private, nothing."""
    for form in planted.forms:
        shown = run(planted, "answers", "--form", form)
        for place, word in words.items():
            expected = place.form == form and audience(planted, place) != "private"
            assert (word in shown) == expected, place


def test_what_is_private_is_in_no_output(planted: SeminarFolder, words: dict[Place, str]) -> None:
    """P11: on no page, in no table and in no dossier."""
    private = [w for p, w in words.items() if audience(planted, p) == "private"]
    assert private
    texts = [*outputs(planted).values(), run(planted, "answers", "--json")]
    texts += [path.read_text("utf-8") for path in planted.dossiers.rglob("*.json")]
    for word in private:
        assert not [text[:80] for text in texts if word in text]


@cache
def table(planted: SeminarFolder, name: str) -> list[dict[str, str]]:
    path = planted.site("organisers") / "answers" / name
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def answers_in_tables(planted: SeminarFolder, place: Place) -> Iterator[tuple[dict[str, str], str]]:
    """Yield the rows of a person's form that hold one answer, and its column."""
    first, *rest = place.path.split(".")
    file = f"{place.form}.{first}.csv" if rest else f"{place.form}.csv"
    for row in table(planted, file):
        mine = (row["person"], row["subject"]) == (place.person, place.subject)
        if mine and (not rest or int(row["row"]) == int(rest[0]) + 1):
            yield row, rest[1] if rest else first


def test_choices_and_numbers_stand_at_their_place(
    planted: SeminarFolder, words: dict[Place, str]
) -> None:
    """P11 O36: the walk's other half, as a choice or a number carries no word of its own."""
    forms = {}
    for form, _ in filled_forms(planted):
        forms[form["form"], form["author"]["id"], form.get("subject", "")] = form
    checked = 0
    for place, value in values(planted).items():
        if place in words or place.person not in ("GE-2", "GE-NEO", "decker", "colucci"):
            continue
        field = field_at(forms[place.form, place.person, place.subject], place.path)
        codes: list[Any] = value if isinstance(value, list) else [value]
        ((row, column),) = answers_in_tables(planted, place)
        assert row[column] == "; ".join(map(str, codes)), place
        if field["type"].startswith("select") and "fill" not in field:
            labels = dict(field["choices"])
            assert row[f"{column}_label"] == "; ".join(labels[code] for code in codes), place
        checked += 1
    assert checked > 30


def test_what_is_wrong_in_a_fact_stands_beside_it(
    planted: SeminarFolder, words: dict[Place, str]
) -> None:
    """P11: on the core page, in the Word document and in the PDF, with who wrote it; never public."""
    wrong = {p: w for p, w in words.items() if p.path == "known_corrections"}
    heading, after = "What is publicly known", "When the sessions are"
    names = {f["author"]["id"]: f["author"]["name"] for f, _ in filled_forms(planted)}
    for place, word in wrong.items():
        country = place.person[:2]
        page = outputs(planted, f"core/countries/{country}.html")[f"core/countries/{country}.html"]
        part = page[page.index(f"{heading}</h2>") : page.index(f"{after}</h2>")]
        assert names[place.person] in part[part.index(word) :][:300]
        documents = outputs(planted, f"core/documents/{country}.")
        for path, text in ((p, t) for p, t in documents.items() if p.endswith((".docx", ".pdf"))):
            squeezed = re.sub(r"\s+|<[^>]*>", "", text)
            begin = squeezed.rindex(heading.replace(" ", ""))
            assert word in squeezed[begin : squeezed.rindex(after.replace(" ", ""))], path
    assert wrong
    public = outputs(planted, "public/")
    assert public
    assert not [(p, name) for p, w in wrong.items() for name, text in public.items() if w in text]


def test_messages_come_first_and_the_newest_before_others(
    planted: SeminarFolder, words: dict[Place, str]
) -> None:
    """N07: needs, remarks, who replaces whom, and why a report is not signed."""
    page = outputs(planted, f"{ORGANISERS}index.html")[f"{ORGANISERS}index.html"]
    box = page[page.index('id="to-you"') : page.index('id="facts"')]
    messages = {"registration_note", "outcome_remark", "nominee_replaces", "signed_remark"}
    for place, word in words.items():
        assert (word in box) == (place.path in messages), place
    days = re.findall(r"saved (\d{4}-\d\d-\d\d, \d\d:\d\d) UTC", box)
    assert days == sorted(days, reverse=True)
    wrong = page[page.index('id="facts"') : page.index('id="forms"')]
    assert all(w in wrong for p, w in words.items() if p.path == "known_corrections")


def test_organisers_pages_are_as_strict_as_the_others(planted: SeminarFolder) -> None:
    """N07 K08: nothing from outside, no script, marked, and every link leads somewhere."""
    root = planted.site("organisers")
    pages = sorted(root.rglob("*.html"))
    pages = [p for p in pages if p.parent.name != "sheets" and p.parents[1].name != "sheets"]
    assert len(pages) == 2 + len(planted.forms)
    for path in pages:
        page = path.read_text("utf-8")
        assert "default-src 'none'; img-src data:" in page
        assert "<script" not in page
        assert "For organisers alone" in page
        assert page.count("<h1") == 1
        ids = re.findall(r' id="([^"]*)"', page)
        assert len(ids) == len(set(ids)), path
        for href in re.findall(r'<a (?:class="[^"]*" )?href="([^"]*)"', page):
            file, _, anchor = href.partition("#")
            target = (path.parent / file) if file else path
            assert target.is_file(), (path, href)
            if anchor:
                assert f'id="{anchor}"' in target.read_text("utf-8"), (path, href)
