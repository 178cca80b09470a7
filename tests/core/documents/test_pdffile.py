"""Does a PDF hold what it was given, whatever that is?"""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from seminarkit.core.documents.docx_xml import Grid, Words
from seminarkit.core.documents.pdf_file import PdfFile, as_png
from seminarkit.core.errors import SeminarError


def pixel() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (1, 1)).save(made, "png")
    return made.getvalue()


def grid(*rows: list[str], widths: tuple[int, ...] = ()) -> Grid:
    """Return a table of texts under its first row."""
    head, *body = rows
    boxes = [[[[Words(text)]] for text in row] for row in body]
    return Grid(head, [("", boxes)], widths or (1,) * len(head))


def read(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data))


def words(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in read(data).pages)


def test_a_pdf_is_tagged_named_and_the_same_each_time() -> None:
    """X08: headings, header rows, languages and alternative texts are in the file (PDF/UA-1)."""
    file = PdfFile("საქართველო – Georgia", "en")
    file.heading([Words("A heading")], 1)
    file.line([Words("Some "), Words("words", "strong")], "Seminar Answer")
    file.items([[[Words("first")]], [[Words("second")]]], ordered=False)
    file.grid(grid(["One", "Two"], ["1", "2"], widths=(1, 2)))
    file.picture(pixel(), "A picture of one point", 3)
    data = file.save()
    assert data == file.save()
    root = read(data).trailer["/Root"]
    assert root["/Lang"] == "en" and root["/MarkInfo"]["/Marked"]
    assert read(data).metadata.title == "საქართველო – Georgia"
    assert "pdfuaid" in root["/Metadata"].get_data().decode("utf-8")
    kinds, alts = set(), []
    waiting = [root["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            kinds.add(str(node.get("/S", "")))
            alts += [node["/Alt"]] if "/Alt" in node else []
            waiting += [node["/K"]] if "/K" in node else []
    assert {"/H1", "/P", "/L", "/LI", "/Table", "/TH", "/TD", "/Figure"} <= kinds
    assert "A picture of one point" in alts


@pytest.mark.parametrize("text", [
    "#read(\"/etc/passwd\") $x^2$ *bold* _it_ `code` <label> @ref // no remark",
    "= no heading", "\\u{1F600}", "]#panic()[", "a & b <b>\"", "https://example.org/a b",
])  # fmt: skip
def test_what_is_written_is_never_a_command(text: str) -> None:
    """K04: it is data beside the template, in every place."""
    file = PdfFile(text, "en")
    file.heading([Words(text)], 2)
    file.line([Words(text)], "Seminar Hint")
    file.grid(grid([text], [text]))
    shown = "".join(words(file.save()).split())
    assert shown.count("".join(text.split())) == 5


@pytest.mark.parametrize("text", ["\x00\x07a", "a\ufffe\x0bb", "日本 😀", "\u202eabc", "", " ", "\n\n", "x" * 5000, "\ud7ff"])  # fmt: skip
def test_any_sign_gives_a_file(text: str) -> None:
    """Nothing that was sent keeps the document from being made."""
    file = PdfFile(f"Title {text}", "en")
    file.line([Words(text)])
    file.grid(grid(["Head"], [text]))
    assert file.save().startswith(b"%PDF")


def test_text_stands_in_its_direction() -> None:
    """C22: Arabic and Hebrew begin at the right, each in letters of the kit's own font."""
    file = PdfFile("Directions", "en")
    places: dict[str, float] = {}
    for text in ("alpha", "مرحبا", "שלום", "Հայ", "ქარ", "Ўзб"):
        file.line([Words(text)])
    page = read(file.save()).pages[0]
    page.extract_text(visitor_text=lambda t, cm, tm, f, s: places.setdefault(t.strip(), cm[4]))
    found = {t: x for t, x in places.items() if t}
    right = [x for t, x in found.items() if any("\u0590" <= sign <= "\u06ff" for sign in t)]
    left = [x for t, x in found.items() if t in ("alpha", "Հայ", "ქარ", "Ўзб")]
    assert len(left) == 4 and len(set(left)) == 1
    assert right and min(right) > 400
    fonts = page["/Resources"]["/Font"].values()
    assert all("DejaVuSans" in font.get_object()["/BaseFont"] for font in fonts)


def test_a_web_address_can_be_followed_and_no_other() -> None:
    file = PdfFile("Links", "en")
    file.line([Words("A law", link="https://example.org/law"), Words(", "), Words("x", link="y")])
    file.line([Words("The same", link="https://example.org/other")])
    file.line([Words("javascript:alert(1)", link="file:///etc/passwd")])
    links = [a.get_object()["/A"]["/URI"] for a in read(file.save()).pages[0]["/Annots"]]
    assert links == ["https://example.org/law", "https://example.org/other"]


def test_a_word_longer_than_the_page_is_broken() -> None:
    """An address without a space, a key held down: nothing runs off the paper."""
    file = PdfFile("Long", "en")
    file.line([Words("x" * 500)])
    file.grid(grid(["https://example.org/" + "y" * 200, "b"], ["z" * 45, "c"], widths=(1, 3)))
    data = file.save()
    lines = words(data).replace("\u200b", "").splitlines()
    assert max(len(line) for line in lines) < 110 and len(lines) > 12
    assert "".join(lines).count("x" * 500) == 1
    assert b"pdfuaid" in data


@pytest.mark.parametrize("blank", ["\u00a0", "\u202f", "\u2007"])
def test_words_that_are_tied_together_stay_on_the_page(blank: str) -> None:
    """X08 P09: as pasted from Word or the web; a few tied words stay together."""
    file = PdfFile("A title", "en")
    file.grid(grid(["a", "b"], [blank.join(["words"] * 30), "beside"]))
    right = 0.0

    def look(text: str, _: object, at: list[float], *more: object) -> None:
        nonlocal right
        right = max(right, at[4]) if text.strip() == "words" else right

    page = read(file.save()).pages[0]
    page.extract_text(visitor_text=look)
    assert len([line for line in page.extract_text().splitlines() if "words" in line]) > 2
    assert right < float(page.mediabox.width)


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    file = PdfFile("A picture", "en")
    file.picture(pixel(), "One point", 2)
    file.save()
    assert list(tmp_path.iterdir()) == []


def test_words_lead_to_a_place_in_the_same_file() -> None:
    """J02: a number of a source leads to the source, as on the page."""
    file = PdfFile("Sources", "en")
    file.line([Words("A fact"), Words("1", "raised", place="source-1")])
    file.items([[[Words("", anchor="source-1"), Words("The source")]]], ordered=True)
    (link,) = [a.get_object() for a in read(file.save()).pages[0]["/Annots"]]
    assert "/URI" not in str(link.get("/A", "")) and ("/Dest" in link or "/A" in link)


def test_a_picture_of_lines_becomes_one_of_dots() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="72" height="36"><rect width="9" height="9"/></svg>'
    picture = Image.open(io.BytesIO(as_png(svg)))
    assert picture.format == "PNG" and picture.width == 2 * picture.height
    outside = svg.replace(
        b"<rect", b'<image href="file:///etc/hostname" width="9" height="9"/><rect'
    )
    for broken in (outside, b"<svg"):
        with pytest.raises(SeminarError, match="A picture cannot be drawn"):
            as_png(broken)
