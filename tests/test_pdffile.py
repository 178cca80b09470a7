"""Does a PDF hold what it was given, whatever that is?"""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from seminarkit.pdffile import PdfFile


def pixel() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (1, 1)).save(made, "png")
    return made.getvalue()


def read(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data))


def words(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in read(data).pages)


def test_a_pdf_is_tagged_named_and_the_same_each_time() -> None:
    """X08: headings, header rows, languages and alternative texts are in the file (PDF/UA-1)."""
    file = PdfFile("საქართველო – Georgia", "en")
    file.heading("A heading", 1)
    file.text("Some words", "Seminar Answer")
    file.rows([["One", "Two"], ["1", "2"]], (1, 2), head=True)
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
    assert {"/H1", "/P", "/Table", "/TH", "/TD", "/Figure"} <= kinds
    assert "A picture of one point" in alts


@pytest.mark.parametrize("text", [
    "#read(\"/etc/passwd\") $x^2$ *bold* _it_ `code` <label> @ref // no remark",
    "= no heading", "\\u{1F600}", "]#panic()[", "a & b <b>\"", "https://example.org/a b",
])  # fmt: skip
def test_what_is_written_is_never_a_command(text: str) -> None:
    """K04: it is data beside the template, in every place."""
    file = PdfFile(text, "en")
    file.heading(text, 2)
    file.text(text, "Seminar Hint")
    file.rows([[text], [text]], (1,), head=True)
    shown = "".join(words(file.save()).split())
    assert shown.count("".join(text.split())) == 5


@pytest.mark.parametrize("text", ["\x00\x07a", "a\ufffe\x0bb", "日本 😀", "\u202eabc", "", " ", "\n\n", "x" * 5000, "\ud7ff"])  # fmt: skip
def test_any_sign_gives_a_file(text: str) -> None:
    """Nothing that was sent keeps the document from being made."""
    file = PdfFile(f"Title {text}", "en")
    file.text(text)
    file.rows([["Head"], [text]], (1,), head=True)
    assert file.save().startswith(b"%PDF")


def test_text_stands_in_its_direction() -> None:
    """C22: Arabic and Hebrew begin at the right, each in letters of the kit's own font."""
    file = PdfFile("Directions", "en")
    places: dict[str, float] = {}
    for text in ("alpha", "مرحبا", "שלום", "Հայ", "ქარ", "Ўзб"):
        file.text(text)
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
    file.text("https://example.org/law")
    file.text("A law", link="https://example.org/other")
    file.text("javascript:alert(1)", link="file:///etc/passwd")
    links = [a.get_object()["/A"]["/URI"] for a in read(file.save()).pages[0]["/Annots"]]
    assert links == ["https://example.org/law", "https://example.org/other"]


def test_a_word_longer_than_the_page_is_broken() -> None:
    """An address without a space, a key held down: nothing runs off the paper."""
    file = PdfFile("Long", "en")
    file.text("x" * 500)
    file.rows([["https://example.org/" + "y" * 200, "b"], ["z" * 45, "c"]], (1, 3), head=True)
    data = file.save()
    lines = words(data).replace("\u200b", "").splitlines()
    assert max(len(line) for line in lines) < 110 and len(lines) > 12
    assert "".join(lines).count("x" * 500) == 1
    assert b"pdfuaid" in data


@pytest.mark.parametrize("blank", ["\u00a0", "\u202f", "\u2007"])
def test_words_that_are_tied_together_stay_on_the_page(blank: str) -> None:
    """X08 P09: as pasted from Word or the web; a few tied words stay together."""
    file = PdfFile("A title", "en")
    file.rows([[blank.join(["words"] * 30), "beside"]], (1, 1), head=False)
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
