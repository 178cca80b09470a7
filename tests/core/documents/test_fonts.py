"""Do the kit's fonts hold every script, and is what they lack written out, in charts and in PDF?"""

from __future__ import annotations

import io
import json
import time
import unicodedata
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from shared import complete_report

from seminarkit.core import fonts
from seminarkit.core.clean_text import clean_text
from seminarkit.core.documents import canvas
from seminarkit.core.documents.bar_charts import Bar, Column, bars
from seminarkit.core.documents.docx_xml import Grid, Words
from seminarkit.core.documents.pdf_file import PdfFile
from seminarkit.core.fonts import clusters, drawable, fallback_fonts, runs
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.intake.collect import collect

FOLDER = Path(fonts.__file__).parent
SCRIPTS = {
    "Latin": "Żółć, ñandú, İstanbul, Đặng", "Greek": "Ελληνικά ἀρχή", "Cyrillic": "Українська Қазақ Ўзбек",
    "Georgian": "ქართული Ⴀ Ა", "Armenian": "Հայերեն", "Arabic": "التعلم مدى الحياة ٢٠٢٠", "Hebrew": "שפה עברית",
    "Persian": "می‌خواهم", "Tifinagh": "ⵜⴰⵎⴰⵣⵉⵖⵜ", "Devanagari": "हिन्दी क्षेत्र श्री", "Bengali": "বাংলা ক্ষ", "Tamil": "தமிழ் மொழி",
    "Thai": "ภาษาไทย น้ำใจ", "Ethiopic": "አማርኛ", "Chinese": "中文資格资格", "Japanese": "日本語ひらがなカタカナ", "Korean": "한국어 교육",
    "Korean, parted": unicodedata.normalize("NFD", "한국어"), "Burmese": "မြန်မာ", "Khmer": "ខ្មែរ", "Lao": "ລາວ", "Tibetan": "བོད་", "Mongolian": "ᠮᠣᠩᠭᠣᠯ",
    "Sinhala": "සිංහල", "Gujarati": "ગુજરાતી", "Punjabi": "ਪੰਜਾਬੀ", "Telugu": "తెలుగు", "Kannada": "ಕನ್ನಡ", "Malayalam": "മലയാളം", "Syriac": "ܠܫܢܐ", "Cherokee": "ᏣᎳᎩ",
    "money": "₾₼₸₴₽₺₪﷼₹€£¥₩₦₫₮₱₲₡₵֏؋৳฿៛₿$¢", "signs": "≥≤→☒☐①½∑♫⌘◌§№™°", "letters of mathematics": "𝔘𝓷𝕚𝒗",
    "emoji": "👩‍🎓 🇬🇪 👍🏽 ✅ 1️⃣ #️⃣ 🧿 😀 ❤️ 👨‍👩‍👧", "marks": "z̴̨͈̗̒̔a̷͙͌l̵̰̔", "invisible": "a\u200bb\u200cc\u200dd\u00ade\u2060f\ufeffg\u034fh\u200ei",
    "spaces": "a\u00a0b\u2003c\u2009d\u3000e\u202ff", "direction": "a \u2067שלום\u2069 b",
}  # fmt: skip


def pdf_of(text: str) -> bytes:
    file = PdfFile(text, "en")
    file.heading([Words(text)], 1)
    file.line([Words(text)], "Seminar Answer")
    boxes = [[[[Words(text.replace(" ", "") * 9)]]]]
    file.grid(Grid([text], [("", boxes)], (1,)))
    return file.save()


@pytest.mark.parametrize("script", sorted(SCRIPTS))
def test_each_script_is_drawn_without_a_box(script: str) -> None:
    """P09 C22: nothing is written out, and typst finds each letter (it makes no PDF/UA else)."""
    text = SCRIPTS[script]
    assert drawable(text).missing == ()
    data = pdf_of(text)
    assert b"pdfuaid" in data
    words = unicodedata.normalize("NFC", PdfReader(io.BytesIO(data)).metadata.title or "")
    assert words == unicodedata.normalize("NFC", text)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # so matplotlib tells of a letter it has not
        sheet = bars([text, text * 3], [Column([Bar(text[:9], 1), Bar("2", 2)], text)])
        drawing = sheet.drawing()
        assert canvas.png(drawing) and canvas.svg(drawing)


WRITTEN_OUT = [
    ("\u20c0 5", "[KGS] 5"), ("\ue123", "[U+E123]"), ("a\u0378\u0378b", "a[U+0378 × 2]b"),
    ("\U00020000", "[U+20000 CJK UNIFIED IDEOGRAPH-20000]"), ("a\u0951", "a[U+0951 DEVANAGARI STRESS SIGN UDATTA]"),
    ("\U0001fae9?", "[U+1FAE9]?"), ("\U00013000", "[U+13000 EGYPTIAN HIEROGLYPH A001]"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "shown"), WRITTEN_OUT)
def test_what_no_font_holds_is_written_out(text: str, shown: str) -> None:
    """P09: number and name, or the code of a currency."""
    name = unicodedata.name(text[0], "")  # newer versions of Python know more names
    expected = shown.replace("U+1FAE9", f"U+1FAE9 {name}".strip()) if "1FAE9" in shown else shown
    if "\U0001fae9" in text and not drawable(text).missing:
        return  # a newer font holds it
    assert drawable(text).text == expected
    assert b"pdfuaid" in pdf_of(text)


@given(st.text(max_size=60))
def test_what_is_drawn_needs_no_more_writing_out(text: str) -> None:
    """P09: all that is left is in a font, whole with its marks; nothing else is changed."""
    made = drawable(text)
    assert drawable(made.text) == fonts.Drawable(made.text)
    assert "".join(run for _, run in runs(made.text)) == made.text
    assert "".join(clusters(text)) == text
    if not made.missing:
        assert unicodedata.normalize("NFC", made.text) == unicodedata.normalize("NFC", clean_text(text))  # fmt: skip


def test_the_list_of_signs_is_that_of_the_fonts() -> None:
    """P09: coverage.json was made with them, and of the DejaVu Sans that matplotlib brings."""
    listed = json.loads((FOLDER / "coverage.json").read_text("utf-8"))
    assert set(listed) - {"DejaVuSans.ttf"} == {path.name for path in FOLDER.glob("*.ttf")}
    for number, name in enumerate(listed):
        folder = fonts.folders()[0] if number == 0 else FOLDER
        with TTFont(folder / name, lazy=True) as font:
            signs = set(font.getBestCmap())
            family = font["name"].getDebugName(1)
        starts, ends = fonts._spans(number)
        spans = {sign for pair in zip(starts, ends, strict=True) for sign in range(pair[0], pair[1] + 1)}  # fmt: skip
        assert spans == signs, name
        assert family == fonts._fonts()[number].family


def test_the_fonts_stand_beside_their_licences() -> None:
    """P09"""
    readme = (FOLDER / "README.md").read_text("utf-8")
    for licence in ("OFL-1.1.txt", "Apache-2.0.txt"):
        assert licence in readme and (FOLDER / licence).stat().st_size > 4000
    assert sum(path.stat().st_size for path in FOLDER.glob("*")) < 14 * 2**20


def test_a_plain_text_opens_no_font_but_the_main_one() -> None:
    """P09: the demo's speed; nothing of the others is read."""
    assert [f.family for f in fallback_fonts("Plain, ქართული, Українська, العربية, Հայերեն")] == []
    assert [f.family for f in fallback_fonts("हिन्दी 中")] == ["Seminar Devanagari", "Seminar CJK"]


HOSTILE = ["a" + "\u0334" * 50_000, "中" * 50_000, "\u0378" * 50_000, "".join(map(chr, range(0x13000, 0x13400))) * 40, "\u202a" * 25_000 + "\u2069" * 25_000, "👩‍🎓" * 15_000]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_the_longest_answer_takes_no_time(text: str) -> None:
    """P09: as long as an answer may be."""
    begin = time.process_time()
    assert len(drawable(text).text) < 10 * len(text)
    assert time.process_time() - begin < 5


def test_collect_names_the_sign_and_the_answer(
    folder: SeminarFolder, send: Callable[[str, Any], Path], filled: Any
) -> None:
    """P09: at the door, where somebody can still ask."""
    answers = complete_report(obstacle="It costs 200 \u20c0 a year")
    send("report.ipynb", filled("country_report", "GE-2", answers))
    ((_, outcome),) = collect(folder).outcomes
    assert "Charts and PDF files spell out the characters that their fonts lack: “" in outcome.text
    assert "(U+20C0" in outcome.text


def _fonts_used(data: bytes) -> Iterator[str]:
    for page in PdfReader(io.BytesIO(data)).pages:
        for font in page["/Resources"]["/Font"].values():
            yield font.get_object()["/BaseFont"].partition("+")[2]


def test_a_picture_made_of_several_signs_is_drawn_whole() -> None:
    """P09: by typst alone, the woman of a student and the figure of a key were left out."""
    assert {*_fonts_used(pdf_of("👩‍🎓 1️⃣"))} >= {"SeminarEmoji"}
    assert runs("1️⃣ x") == [("Seminar Emoji", "1️⃣"), ("DejaVu Sans", " x")]
    assert runs("👩‍🎓!") == [("Seminar Emoji", "👩‍🎓"), ("DejaVu Sans", "!")]
