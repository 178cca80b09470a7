"""Does any text in any field come out of every command, in every kind of file, as it went in?

One seminar of two countries, all commands in one process. Each answer in words holds a hostile text
of its own, so that one seminar tries five hundred; by night five more try 2,400. A word at its end,
which stands nowhere else, finds it in what was made: where the word is, the text is whole.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
import shutil
import zipfile
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default as modern
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import canary_tools
import pytest
from canary_tools import Place, field_at
from in_process import seminar
from shared import arrives, keep_countries

from seminarkit.core.clean_text import clean_text
from seminarkit.core.forms.bundle import output, payload
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.delegation_decisions import Seated
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.intake.collect import collect
from seminarkit.topics.intake.verify import verify
from seminarkit.topics.packs.form_notebook import form_cells, form_notebook, read_prose

COUNTRIES = ("GE", "AM")
PIECES = [
    "$49, full $299", "US$ 50 #2", "$x^2$", "$\\frac{1}{2}$", r"a_b^c \alpha \$", "#let x = 1", "*bold* _it_ `code`", "<label> @ref",
    "#read(\"/etc/passwd\")", "\\textbf{x} \\input{y} %", "# Head\n- list\n\n> quote", "| a | b |", "[link](javascript:1)", "<script>alert(1)</script>",
    "<img src=x onerror=1>", "&amp; &lt; &#0;", "]]> <![CDATA[", "{{ x }} {% if %} {#", "${HOME} %(name)s {0}", "=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2",
    "_x0041_ _x000D_", "'quoted' \"double\"", "\\u0041 \\n \\", "../../etc/passwd", "https://example.org/a?b=c&d=e#f", "a\tb", "a\x0bb", "a\x0cb", "\x01\x07\x1b[31m", "\x7f\x9f",
    "\ufffe\uffff", "\ufdd0\U0001fffe", "a\u2028b\u2029c", "a\r\nb\rc", "a\x85b", "report\u202egpj.exe", "\u2067abc", "\u2069\u202c", "\u2067שלום\u2069",
    "z̴̨͈̗̒̔a̷͙͌l̵̰̔g̸͚̈́o̶̤̓", "a" + "\u0301" * 70, "\u0300mark", "👩‍🎓🇬🇪👍🏽1️⃣❤️🏴󠁧󠁢󠁥󠁮󠁧󠁿", "\u200d\u200d\ufe0f", "🧿🫩", "\ue000\uf0e0", "\u0378\U00020000", "a\u200bb\u200cc\u00add\ufeffe",
    "₾ ₼ ₸ ₴ ₽ ₺ ₪ ﷼ ₹ € £ ¥ ₩ ₦ ⃀", "中文資格", "हिन्दी क्षेत्र", "ไทยน้ำใจ", "한국어", "አማርኛ", "বাংলা", "தமிழ்", "ქართული", "Հայերեն", "ⵜⴰⵎⴰⵣⵉⵖⵜ", "التعلم ٢٠٢٠", "می‌خواهم",
    "Ελληνικά", "Українська", "   ", "\u00a0\u2003\u3000", "x" * 300, "中" * 120, "ع" * 120, "ก" * 120, "null", "NaN", "True", "0x10", "1e999", "NO", "~", "--", "...", "“”«»‚‘",
]  # fmt: skip
RANGES = [(0x20, 0x250), (0x300, 0x400), (0x590, 0x700), (0x900, 0xE80), (0x1000, 0x1200), (0x2000, 0x2C00), (0x3000, 0x9FFF), (0xA000, 0xD7FF), (0xE000, 0xFFFF), (0x10000, 0x1FFFF), (0x20000, 0x10FFFF)]  # fmt: skip


def hostile(draw: random.Random) -> str:
    """Return a text that some writer may stumble over; no NUL, which is refused on arrival."""
    kind = draw.random()
    if kind < 0.6:
        return draw.choice(["", " "]).join(draw.sample(PIECES, draw.randint(1, 3)))
    low, high = draw.choice(RANGES)
    signs = "".join(chr(draw.randint(low, high)) for _ in range(draw.randint(1, 30)))
    return re.sub("[\0\ud800-\udfff]", "", signs)


def planted(root: Path, seed: int) -> tuple[SeminarFolder, dict[str, str]]:
    """Fill in every form of two delegations; return the folder and the text of each word."""
    shutil.copy(KIT / "seminar.yml", root)
    keep_countries(root, COUNTRIES)
    folder = SeminarFolder(root)
    known = {p.id for people in folder.seminar.delegations.values() for p in people}
    rounds = {
        session: [{**g, "people": [p for p in g["people"] if p in known]} for g in groups]
        for session, groups in canary_tools.GROUPS.items()
    }
    rounds["d2-groups"] = [g for g in rounds["d2-groups"] if g["rapporteur"] in known]
    folder.decisions.add([Seated(s, groups, at="2020-11-21T10:00:00Z") for s, groups in rounds.items()])  # fmt: skip
    folder = SeminarFolder(root)
    draw, texts = random.Random(seed), {}
    for of_groups in (False, True):
        for number, (form, answers) in enumerate(canary_tools.filled_forms(folder)):
            if (form["form"] in ("group_notes", "day_notes")) != of_groups:
                continue
            here = Place(form["form"], "", form["author"]["id"], form.get("subject", ""))
            _fill(folder, answers, here, draw, texts)
            book = form_notebook(read_prose(folder.form_notebook(form["form"])), form)
            (cell,) = form_cells(book)
            cell["outputs"] = [output(form, payload(form, answers, 5, canary_tools.SAVED))]
            folder.inbox.mkdir(exist_ok=True)
            arrives(folder.inbox / f"{number}.ipynb", json.dumps(book))
        ended = {outcome.kind for _, outcome in collect(folder).outcomes}
        assert ended <= {"accepted", "draft", "newer", "already"}, ended
    return folder, texts


def _fill(folder: SeminarFolder, answers: dict[str, Any], here: Place, draw: random.Random, texts: dict[str, str]) -> None:  # fmt: skip
    """Put a hostile text before the word in each answer in words that has no rule of its own."""
    for name, value in answers.items():
        place = here._replace(path=f"{here.path}{name}")
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for number, row in enumerate(value):
                _fill(folder, row, place._replace(path=f"{place.path}.{number}."), draw, texts)
            continue
        field = field_at(folder.forms[here.form], place.path)
        free = field["type"] == "text" and "constraint" not in field and not field.get("codes")
        if free and isinstance(value, str) and value.startswith("zq"):
            answers[name] = f"{hostile(draw)} {value}"
            texts[value] = clean_text(answers[name])


COMMANDS = (
    ["prepare", "--word"], ["report"], ["publish"], ["recap"], ["conclude"], ["sheets"], ["status", "--html"], ["notes", "--html"],
    ["remind"], ["ask", "GE-2", "Which $law$ do\x0b you \u202emean?"], ["questions"], ["statement"], ["answers"], ["confirm", "--dry-run"], ["next"], ["publish"], ["check"],
    ["nominate", "GE", "--anyway"], ["prepare", "--country", "GE"], ["remind"], ["sheets"], ["status"],
)  # fmt: skip
SLIDES = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
MADE = (
    *(f"core/documents/{name}.{kind}" for name in COUNTRIES for kind in ("docx", "pdf")),
    *(f"core/documents/{name}.{kind}" for name in ("conclusions", "day_recap") for kind in ("docx", "pdf", "pptx")),
    "core/documents/survey.pptx",
)  # fmt: skip


@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=pytest.mark.nightly) for n in range(1, 6))])  # fmt: skip
def test_any_text_in_any_field_comes_out_of_every_command(tmp_path: Path, seed: int) -> None:
    """P09: no traceback, no document missing, each text letter by letter."""
    folder, texts = planted(tmp_path, seed)
    assert len(texts) > 400
    for words in COMMANDS:
        seminar(tmp_path, *words)
    site = folder.pages.parent
    for name in MADE:
        assert (site / name).is_file(), name
    assert not verify(folder).damage
    found: dict[str, int] = {}
    for path in sorted(p for p in tmp_path.rglob("*") if p.is_file()):
        if path.suffix == ".pdf":
            # typst makes such a file only where it has found each letter in a font
            assert b"pdfuaid" in path.read_bytes(), path
        place = path.relative_to(tmp_path).as_posix()
        for told in _texts_of(path):
            for word in set(re.findall(r"zq[bcdfghjklmnpqrstvwxz]{8}", told)) & set(texts):
                exact = texts[word] in told or path.suffix != ".json"
                assert exact and _plain(texts[word]) in _plain(told), (seed, place, texts[word], told[:600])  # fmt: skip
                found[path.suffix] = found.get(path.suffix, 0) + 1
    assert all(found.get(kind, 0) > 5 for kind in (".json", ".html", ".docx", ".pptx", ".csv", ".xlsx")), found  # fmt: skip


def _plain(text: str) -> str:
    """Return a text without its white space, and without an apostrophe before a formula."""
    return re.sub(r"[\s']+", "", text)


def _texts_of(path: Path) -> Iterator[str]:
    """Yield the texts in a file that the kit has made, each cell and string by itself."""
    parts = path.as_posix().split("/")
    if "inbox" in parts or "received" in parts:
        return
    data = path.read_bytes()
    if path.suffix == ".json" and "dossiers" in parts:
        yield from _strings(json.loads(data))
    elif path.suffix == ".html" and "packs" not in parts:
        reader = _Words()
        reader.feed(data.decode("utf-8"))
        yield "".join(reader.words)
    elif path.suffix == ".pptx":
        yield from _slide_texts(data)
    elif path.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                if name.endswith(".xml"):
                    yield _xml_words(ElementTree.fromstring(archive.read(name)))
    elif path.suffix == ".csv":
        for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))):
            yield from row
    elif path.suffix == ".eml":
        body = message_from_bytes(data, policy=modern).get_body()
        yield body.get_content() if body else ""


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)


def _slide_texts(data: bytes) -> Iterator[str]:
    """Yield the texts of a deck's parts, and the points of all slides as one: a long one goes on."""
    points: dict[int, str] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in (name for name in archive.namelist() if name.endswith(".xml")):
            root = ElementTree.fromstring(archive.read(name))
            if slide := re.fullmatch(r"ppt/slides/slide(\d+)\.xml", name):
                (shapes,) = root.iter(f"{SLIDES}spTree")
                for shape in shapes.findall(f"{SLIDES}sp"):
                    if shape.find(f"{SLIDES}nvSpPr/{SLIDES}nvPr/{SLIDES}ph[@idx='1']") is not None:
                        points[int(slide[1])] = _xml_words(shape)
                        shapes.remove(shape)
            yield _xml_words(root)
    assert points
    yield "".join(words for _, words in sorted(points.items()))


def _xml_words(root: ElementTree.Element) -> str:
    words = [n.text or "" for n in root.iter() if n.tag.endswith("}t")]
    return re.sub(r"_x005F(_x[0-9A-F]{4}_)", r"\1", "".join(words))


class _Words(HTMLParser):
    """Keeps the words of a page, as they are read."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.hidden = False

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.hidden = tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self.hidden = False

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(data)
