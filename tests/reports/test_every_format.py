"""One notebook, every format: what an organiser adds to a report is in page, Word, PDF, slides, XLSX.

J02 J07 X02 X08 X09, features-audit F6 F7.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from html import unescape
from pathlib import Path

import docx
import pptx
import pytest
from pypdf import PdfReader

from seminarkit.core.forms.shapes import Audience
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.reports import batch
from seminarkit.reports.batch import run_batch
from seminarkit.reports.engine.engines import run_notebook
from seminarkit.reports.plan import planned
from seminarkit.reports.run_record import Report
from seminarkit.site.page_files import documents, files_beside

pytestmark = pytest.mark.timeout(600)
PROSE = "## Seen by the team\n\nZZPROSE: words with $x^2$, **bold** and ملاحظة.\n\n- ZZITEM"
FRAME = (
    "import pandas as pd\n"
    "pd.DataFrame({'institution': ['ZZFRAME', '=1+1', 'third'], 'credits': [4.0, None, 2.0]})"
)
BIG = "pd.DataFrame({'number': range(300), 'word': 'ZZROW'})"
BRIEF = "brief-d2-perspectives"  # which nobody reads but core participants
SUBJECTS = {
    "country_profile.ipynb": "GE",
    "conclusions.ipynb": "conclusions",
    "session_brief.ipynb": BRIEF,
}
KINDS: dict[str, tuple[str, ...]] = {
    "GE": ("docx", "pdf"),
    "conclusions": ("docx", "pdf", "pptx"),
    BRIEF: ("docx", "pdf"),
}
FIRST = {"GE": "1. Examples", "conclusions": "What was discussed", BRIEF: "People"}


def cell(kind: str, name: str, source: str, *tags: str) -> dict[str, object]:
    made: dict[str, object] = {
        "cell_type": kind,
        "id": name,
        "metadata": {"tags": [*tags]},
        "source": source,
    }
    return made if kind == "markdown" else {**made, "outputs": [], "execution_count": None}


@pytest.fixture(scope="module")
def own(demo: SeminarFolder, tmp_path_factory: pytest.TempPathFactory) -> SeminarFolder:
    """A seminar whose organiser has added cells to two notebooks; the reports have run twice."""
    root = tmp_path_factory.mktemp("own")
    for name in ("seminar.yml", "dossiers"):
        copy = shutil.copytree if (demo.root / name).is_dir() else shutil.copy
        copy(demo.root / name, root / name)
    for name in SUBJECTS:
        book = json.loads((KIT / "notebooks" / "report" / name).read_text("utf-8"))
        place = [each["id"] for each in book["cells"]].index("title") + 1
        book["cells"][place:place] = [
            cell("markdown", "seen", PROSE),
            cell("code", "frame", FRAME),
            cell("code", "big", BIG),
            cell("code", "printed", "print('ZZPRINT')"),
            cell("markdown", "open", "ZZOPEN", "public"),
        ]
        path = root / "notebooks" / "report" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(book), "utf-8")
    folder = SeminarFolder(root)
    for _ in range(2):
        result = run_batch(reports(folder), folder.root, force=True)
        assert not result.failed
    return folder


def reports(folder: SeminarFolder) -> list[Report]:
    audiences: tuple[Audience, ...] = ("core", "public")
    dossiers = {
        (audience, subject): folder.dossiers / audience / f"{subject}.json"
        for audience in audiences
        for subject in SUBJECTS.values()
        if (audience, subject) != ("public", BRIEF)
    }
    return planned(folder, dossiers, ["GE"], over_all=True)


def files(folder: SeminarFolder, audience: Audience, subject: str) -> dict[str, bytes]:
    """Return the files beside a page by their path, from its executed notebook."""
    return {file.path: file.make() for file in documents(folder, audience, subject)}


def words_of(name: str, content: bytes) -> str:
    """Return all text of a file, in its order."""
    if name.endswith(".docx"):
        body = docx.Document(io.BytesIO(content)).element.body
        return "\n".join(
            element.text or "" for element in body.iter() if element.tag.endswith("}t")
        )
    if name.endswith(".pdf"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    if name.endswith(".pptx"):
        shapes = [
            s for slide in pptx.Presentation(io.BytesIO(content)).slides for s in slide.shapes
        ]
        texts = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
        tables = [shape.table for shape in shapes if shape.has_table]
        return "\n".join([*texts, *(c.text for t in tables for row in t.rows for c in row.cells)])
    if name.endswith(".xlsx"):
        return zipfile.ZipFile(io.BytesIO(content)).read("xl/sharedStrings.xml").decode()
    return content.decode("utf-8-sig")


@pytest.fixture(scope="module")
def core(own: SeminarFolder) -> Mapping[str, Mapping[str, bytes]]:
    return {subject: files(own, "core", subject) for subject in SUBJECTS.values()}


@pytest.mark.parametrize("subject", SUBJECTS.values())
def test_added_cells_are_in_every_format(
    own: SeminarFolder, core: Mapping[str, Mapping[str, bytes]], subject: str
) -> None:
    """J02: prose and table, as they were written, a signs of money and all."""
    made = core[subject]
    for ending in KINDS[subject]:
        text = words_of(f"x.{ending}", made[f"core/documents/{subject}.{ending}"])
        for word in ("Seen by the team", "ZZPROSE", "$x^2$", "ZZITEM", "ZZFRAME", "=1+1", "ZZOPEN"):
            assert word in text, (ending, word)
        assert "4.0" not in text and "NaN" not in text and "nan" not in text.split()
    page = unescape((own.reports / "core" / f"{subject}.html").read_text("utf-8"))
    assert all(word in page for word in ("ZZPROSE", "$x^2$", "<strong>bold</strong>", "ZZFRAME"))
    assert "import pandas" not in page and 'class="dataframe"' not in page
    workbook = words_of("x.xlsx", made[f"core/documents/{subject}.xlsx"])
    assert "ZZFRAME" in workbook and "ZZROW" in workbook and "=1+1" in workbook


def test_they_stand_where_their_cells_stand(core: Mapping[str, Mapping[str, bytes]]) -> None:
    """J02: between the title and the first section, in each format."""
    for subject, first in FIRST.items():
        for ending in KINDS[subject]:
            text = words_of(f"x.{ending}", core[subject][f"core/documents/{subject}.{ending}"])
            places = [text.index(word) for word in ("Seen by the team", "ZZPROSE", "ZZOPEN", first)]
            assert places == sorted(places), (subject, ending)


def test_a_long_table_is_whole_in_its_file_alone(core: Mapping[str, Mapping[str, bytes]]) -> None:
    """J07: the document shows 200 rows and names the file; CSV and workbook hold all 300."""
    made = core["GE"]
    text = words_of("x.docx", made["core/documents/GE.docx"])
    assert text.count("ZZROW") == 200 and "The first 200 of 300 rows" in text
    (big,) = [name for name in made if b"ZZROW" in made[name] and name.endswith(".csv")]
    rows = list(csv.reader(io.StringIO(made[big].decode("utf-8-sig"))))
    assert len(rows) == 301 and rows[0] == ["number", "word"]
    (small,) = [name for name in made if b"ZZFRAME" in made[name] and name.endswith(".csv")]
    assert made[small].startswith(b"\xef\xbb\xbf") and b"'=1+1" in made[small]
    assert small == "core/tables/GE/seen-by-the-team.csv"


def test_what_was_added_is_not_public_unless_it_says_so(own: SeminarFolder) -> None:
    """A2: on the page and in every file beside it."""
    for subject in ("GE", "conclusions"):
        page = (own.reports / "public" / f"{subject}.html").read_text("utf-8")
        texts = [page, *(words_of(n, c) for n, c in files(own, "public", subject).items())]
        assert all("ZZPROSE" not in text and "ZZFRAME" not in text for text in texts)
        assert "ZZOPEN" in page


def test_what_no_document_shows_is_said_once_with_its_cell(own: SeminarFolder) -> None:
    """J02: what a cell prints is not published, and the organiser hears of it."""
    said = batch.unshown_output_remarks(reports(own))
    assert len(said) == 3 and all("prints text, which is not published" in each for each in said)
    assert {each.partition(",")[0] for each in said} == set(SUBJECTS)
    assert "ZZPRINT" not in (own.reports / "core" / "GE.html").read_text("utf-8")


def test_the_files_of_a_page_are_linked_from_it(own: SeminarFolder) -> None:
    whole, tables = files_beside(own, "core", "GE")
    assert [file.path for file in whole] == [
        "documents/GE.docx",
        "documents/GE.pdf",
        "documents/GE.xlsx",
    ]
    assert {f"core/{file.path}" for file in (*whole, *tables)} == set(files(own, "core", "GE"))
    assert "Seen by the team" in [file.label for file in tables]


@pytest.mark.parametrize("subject", ["GE", BRIEF])
def test_both_engines_give_the_same_bytes(
    own: SeminarFolder, core: Mapping[str, Mapping[str, bytes]], tmp_path: Path, subject: str
) -> None:
    """X08: page, Word, PDF and workbook, from papermill's own engine as from the kit's."""
    (report,) = [r for r in reports(own) if (r.subject, r.audience) == (subject, "core")]
    page = report.page.read_bytes()
    values = batch._parameter_values(report, own.root, {})
    run = batch._run(report, own.root, values, batch._dossier_of(report))
    assert run_notebook(replace(run, engine=None, output=str(tmp_path / "own.ipynb"))) is None
    assert (tmp_path / "own.html").read_bytes() == page
    kept = report.output.read_bytes()
    try:
        shutil.copy(tmp_path / "own.ipynb", report.output)
        assert files(own, "core", subject) == core[subject]
    finally:
        report.output.write_bytes(kept)


def test_no_output_of_an_executed_report_lacks_its_piece(own: SeminarFolder) -> None:
    """J02: everything that a cell shows is there as data, and no code is shown by plain nbconvert."""
    book = json.loads((own.reports / "core" / "GE.ipynb").read_text("utf-8"))
    for each in book["cells"]:
        assert each["cell_type"] != "code" or each["metadata"]["transient"]["remove_source"]
        for output in each.get("outputs", ()):
            if each["id"] != "printed":
                assert "application/vnd.seminarkit.piece.v1+json" in output["data"], each["id"]
