"""Does the last look find core words however they are dressed, and is it silent about the rest?"""

from __future__ import annotations

import json
import re
import shutil
import time
import unicodedata
import zipfile
from base64 import b64encode
from collections.abc import Callable
from contextlib import nullcontext
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from own_words import show_in

from seminarkit.core.disk.files import write_whole
from seminarkit.core.errors import SeminarError, UsageError
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.site.leaks import LeakSearch, leaks
from seminarkit.site.page_files import Pages
from seminarkit.site.page_words import words
from seminarkit.site.publishing import publish
from seminarkit.site.secrets import secrets
from seminarkit.site.withheld import leak_message
from seminarkit.topics.progress.status_board import board

LETTERS = {
    "Latin": "abcdefghijklmnopqrstuvwxyzäöüßçéčžığ",
    "Cyrillic": "абвгдежзийклмнопрстуфхцчшщъыьэюяїєґқңұ",
    "Georgian": "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
    "Armenian": "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ",
    "Arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "Hebrew": "אבגדהוזחטיכלמנסעפצקרשת",
    "Greek": "αβγδεζηθικλμνξοπρστυφχψω",
    "Hangul": "가나다라마바사아자차카타파하",
}


@st.composite
def sentences(draw: Any) -> str:
    letters = LETTERS[draw(st.sampled_from(sorted(LETTERS)))]
    word = st.text(letters, min_size=3, max_size=9)
    between = st.sampled_from([" ", " ", " ", ", ", " – ", ". ", "\n"])
    made = draw(st.lists(word, min_size=9, max_size=40))
    return "".join(f"{each}{draw(between)}" for each in made).strip()


def _tagged(text: str) -> str:
    return re.sub(r"(\S+)", r"<b>\1</b>", escape(text))


def _split_in_words(text: str) -> str:
    return re.sub(r"(\S\S)(\S)", r"\1<i>\2</i>", escape(text))


def _drawing(text: str) -> str:
    drawn = f"<svg><metadata>{escape(text)}</metadata></svg>"
    return b64encode(drawn.encode()).decode()


DRESSES: dict[str, Callable[[str], str]] = {
    "plain": escape,
    "numeric entities": lambda text: "".join(f"&#{ord(sign)};" for sign in text),
    "a tag a word": _tagged,
    "tags inside of words": _split_in_words,
    "capitals": lambda text: escape(text.upper()),
    "soft hyphens": lambda text: re.sub(r"(\w\w)(\w)", "\\1\u00ad\\2", escape(text)),
    "signs without width": lambda text: re.sub(r"(\w\w)(\w)", "\\1\u200b\\2", text),
    "no-break spaces": lambda text: escape(text).replace(" ", "&nbsp;"),
    "other punctuation": lambda text: re.sub(r"[ ,.–\n]+", " / ", text),
    "apart": lambda text: unicodedata.normalize("NFD", escape(text)),
    "a cell a word": lambda text: "<tr><td>" + "</td><td>".join(text.split()) + "</td></tr>",
    "lines": lambda text: escape(text).replace(" ", "<br>\n"),
    "alternative text": lambda text: f'<img alt="{escape(text)}" src="data:,">',
    "a comment": lambda text: f"<!-- {text} -->",
    "a style": lambda text: f"<style>p::after {{ content: '{text}' }}</style>",
    "a program": lambda text: f"<script>var a = {json.dumps(text)}</script>",
    "a title": lambda text: f"<b title='{escape(text)}'>x</b>",
    "any attribute": lambda text: f'<b data-x="{escape(text)}">x</b>',
    "beside a sign of a tag": lambda text: f'<b data-x="1 < {text} > 2">x</b>',
    "names of attributes": lambda text: f"<b {' '.join(words(text))}>x</b>",
    "an address": lambda text: f'<a href="https://a.example/?q={quote(text)}">x</a>',
    "a drawing": lambda text: f'<img src="data:image/svg+xml;base64,{_drawing(text)}">',
    "a drawing in per cent": lambda text: (
        f'<img src="data:image/svg+xml,{quote(f"<svg><desc>{escape(text)}</desc></svg>")}">'
    ),
    "look-alikes": lambda text: escape(text).translate(str.maketrans("aeopcx", "аеорсх")),
    "accents": lambda text: re.sub(r"(\w\w)", "\\1\u0301", escape(text)),
    "three neighbours": lambda text: (
        "<div>" + "</div><div>".join(re.split(r"(?<=\s)", text)) + "</div>"
    ),
    "letters apart": lambda text: " ".join(escape(text.replace(" ", ""))),
}


def core(folder: SeminarFolder, *texts: str, **more: Any) -> SeminarFolder:
    answers = [{"name": f"q{i}", "label": "Q", "value": t, "shown": t} for i, t in enumerate(texts)]
    entry = {"by": "Core participant 2, Georgia", "answers": answers, **more}
    dossier = {"subject": "country", "audience": "core", "forms": {"strategy_plan": [entry]}}
    write_whole(folder.dossiers / "core" / "GE.json", json.dumps(dossier))
    return folder


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_what_is_core_is_found_however_it_is_cut_and_dressed(
    folder: SeminarFolder, data: st.DataObject
) -> None:
    """P07 O25: any script, any length, any cut that leaves six words."""
    texts = data.draw(st.lists(sentences(), min_size=1, max_size=3))
    wall = LeakSearch(core(folder, *texts))
    text = data.draw(st.sampled_from(texts))
    pieces = text.split(" ")
    begin = data.draw(st.integers(0, max(0, len(pieces) - 8)))
    end = data.draw(st.integers(min(begin + 7, len(pieces)), len(pieces)))
    cut = " ".join(pieces[begin:end])
    bitten = cut[data.draw(st.integers(0, 2)) : len(cut) - data.draw(st.integers(0, 2))]
    if len(words(bitten)) < 8:
        return  # the bitten words at both ends aside, six are left
    for dress, put_on in DRESSES.items():
        page = f"<html><body><p>Before {put_on(bitten)} after</p></body></html>"
        found = wall.leaks({"public/countries/AM.html": page})
        assert found, (dress, bitten)
        assert "from Core participant 2, Georgia, form strategy_plan, question q" in found[-1]


@pytest.mark.parametrize(
    ("answer", "page", "leak"),
    [
        ("Fear of fraud among employers", "<td>Fear of fraud among employers</td>", True),
        ("Fear of fraud among employers", "<li>“Fear of fraud among employers.”</li>", True),
        ("Teachers refuse", "<td>TEACHERS REFUSE</td>", True),
        ("Teachers refuse", "<p>That teachers refuse is one risk.</p>", False),
        ("ORGWORD nobody pays postage", "<td>We heard: ORGWORD nobody pays postage.</td>", True),
        ("ORGWORD nobody pays postage", "<td>We heard that nobody pays postage.</td>", False),
        ("Yes we do it", "<p>And yes, we do it at once.</p>", False),
        ("Yes", "<td>Yes</td>", False),
        ("Yes, partly", "<td>Yes, partly</td>", False),  # too short to be anybody's words
        ("The centre for continuing education and the registrar agree on one form",
         "<td>The centre for continuing education and the re…</td>", True),
        ("Qualitätssicherungsvereinbarungen Hochschulzusammenarbeit Anerkennungsverfahren jetzt",
         "<td>Qualitätssicherungsvereinbarungen Hochschulzusam…</td>", False),  # one whole word
        ("Unsere Qualitätssicherungsvereinbarungen Hochschulzusammenarbeit jetzt",
         "<td>Unsere Qualitätssicherungsvereinbarungen Hoch...</td>", True),
        ("微型证书的质量由大学自己保证而不是由国家", "<p>质量由大学自己保证</p>", True),
        ("นักศึกษาต้องจ่ายค่าเล่าเรียนเอง", "<p>ต้องจ่ายค่าเล่าเรียน</p>", True),
    ],
)  # fmt: skip
def test_short_and_cut_answers(folder: SeminarFolder, answer: str, page: str, leak: bool) -> None:
    """P07: as the text of a cell or paragraph; a word that anybody says is no alarm."""
    assert bool(leaks(core(folder, answer), {"public/countries/GE.html": page})) == leak


def test_a_choice_is_found_as_a_cell_and_not_in_a_sentence(folder: SeminarFolder) -> None:
    """O25: a label is of a form; that somebody chose it is core."""
    label = "We want to regulate what is there"
    answers = [{"name": "plan_stance", "value": "regulate", "shown": label}]
    core(folder, answers=answers, by="Core participant 2, Georgia")
    (found,) = leaks(folder, {"public/countries/GE.html": f"<td>{label}</td>"})
    assert "question plan_stance" in found
    assert not leaks(folder, {"public/a.html": f"<p>Some say: {label}, others do not.</p>"})


@pytest.mark.parametrize(
    ("name", "page", "leak"),
    [
        ("Ana Souza", "<p>ANA&nbsp;<b>Souza</b> asked</p>", True),
        ("Ana Souza", "<p>Ana and Mr Souza</p>", False),
        ("Will", "<p>They will pay. Will it work?</p>", False),
        ("Zoë Brontë", unicodedata.normalize("NFD", "<p>by Zoë Brontë</p>"), True),
        ("Олена Шевченко", "<p>ОЛЕНА ШЕВЧЕНКО</p>", True),
    ],
)
def test_names(folder: SeminarFolder, name: str, page: str, leak: bool) -> None:
    """O25: as words, not as letters; one that is a word of the language alarms nobody."""
    text = (folder.root / "seminar.yml").read_text("utf-8")
    assert "Core participant 2, Armenia" in text
    text = text.replace("Core participant 2, Armenia", name)
    (folder.root / "seminar.yml").write_text(text, "utf-8")
    found = leaks(SeminarFolder(folder.root), {"public/a.html": page})
    assert bool(found) == leak


@pytest.mark.parametrize("ending", ["docx", "pptx", "json", "csv", "ics", "txt", "svg"])
def test_other_files_are_looked_through(folder: SeminarFolder, ending: str) -> None:
    """P07"""
    text = "The registrar, and nobody else, agrees on the form with all three faculties"
    content: str | bytes = f"x,{text}\n"
    if ending in ("docx", "pptx"):
        part = "word/document.xml" if ending == "docx" else "ppt/slides/slide1.xml"
        made = BytesIO()
        with zipfile.ZipFile(made, "w") as package:
            runs = "".join(f"<w:r><w:t xml:space='preserve'>{w} </w:t></w:r>" for w in text.split())
            package.writestr(part, f"<w:p>{runs}</w:p>")
        content = made.getvalue()
    elif ending == "json":
        content = json.dumps({"a": [text]})
    elif ending == "ics":
        content = f"BEGIN:VEVENT\r\nSUMMARY:{text[:30]}\r\n {text[30:]}\r\n".replace(",", "\\,")
    assert leaks(core(folder, text), {f"public/x.{ending}": content})
    assert not leaks(core(folder, "of something else"), {f"public/x.{ending}": content})


def test_many_answers_and_pages_take_their_time_in_proportion(folder: SeminarFolder) -> None:
    """P07: ten times as much takes ten times as long, not a hundred times."""
    took = []
    for size in (100, 1000):
        texts = [" ".join(f"w{i}x{j}" for j in range(60)) for i in range(size)]
        page = "".join(f"<p>{' '.join(f'v{i}x{j}' for j in range(60))}</p>" for i in range(size))
        begin = time.process_time()
        wall = LeakSearch(core(folder, *texts))
        assert not wall.leaks({"public/a.html": page})
        took.append(time.process_time() - begin)
    assert took[1] < 40 * took[0] + 1, took


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        ("<script src=x></script>", "has a <script>"),
        ("<svg:script/>", "has a <script>"),
        ("<iframe src='https://a.example'></iframe>", "has a <iframe>"),
        ("<OBJECT data=x>", "has a <object>"),
        ("<embed src=x>", "has a <embed>"),
        ("<base href='https://a.example/'>", "has a <base>"),
        ("<meta HTTP-EQUIV=' Refresh' content='0'>", "opens another page by itself"),
        ("<b title='>' onclick=a()>x</b>", "a program in a tag (onclick=)"),
        ("<svg/onload=a()>", "a program in a tag (onload=)"),
        ("<a href='java\nscript:a()'>x</a>", "a link that runs"),
        ("<a href='../../core/countries/GE.html'>x</a>", "has a link out of the public pages"),
        ("<a href='..%2f..%2Fgroups/a.html'>x</a>", "has a link out of the public pages"),
        ("<a href='..\\..\\chairs\\a.html'>x</a>", "has a link out of the public pages"),
        ("<img src='/organisers/a.png'>", "has a link out of the public pages"),
        ("<a href='../index.html#top'>x</a>", ""),
        ("<a href='AM.html'>x</a><a href='#a'>y</a><a href='mailto:a'>z</a>", ""),
        ("<a href='https://a.example/core/x'>x</a>", ""),
        ("<p>&lt;script&gt; and onclick=a() are words here</p>", ""),
        ("<meta http-equiv='Content-Security-Policy' content='x'>", ""),
        ("<img src='data:image/png;base64,AAAA' alt='one'>", ""),
    ],
)
def test_a_public_page_runs_nothing(folder: SeminarFolder, markup: str, told: str) -> None:
    """P07 O25: nor does it load anything or lead to a page that is not public."""
    found = leaks(folder, {"public/countries/GE.html": f"<html><body>{markup}</body></html>"})
    assert bool(found) == bool(told)
    assert told in "".join(found)


def test_what_was_found_is_said_short_and_files_are_all_named() -> None:
    """P07: many files with much in them do not fill the screen."""
    found = {
        f"public/my {i}.csv": [f"public/my {i}.csv holds {n}." for n in range(90)]
        for i in range(47)
    }
    pages: Pages = {"public/countries/GE.html": ("", "")}
    found["public/countries/GE.html"] = ["public/countries/GE.html holds this."]
    lines = leak_message(found, pages).splitlines()
    assert len(lines) <= 24
    assert lines[1].endswith("And 89 more in this file.")
    assert "Also in 28 more files" in lines[21] and "public/my 30.csv (90)" in lines[21]
    assert all(f"output/public/my {i}.csv" in lines[-1] for i in range(47))
    assert lines[-2].endswith("seminar publish --without countries/GE")
    alone = leak_message(
        {"public/index.html": ["public/index.html holds this."]}, {"public/index.html": ("", "")}
    )
    assert "--without" not in alone and "remove" not in alone


def test_words_of_nobody_are_named_by_their_dossier(folder: SeminarFolder) -> None:
    """P07: a sentence that can be read."""
    text = "The chair asks that all seven tables speak of postage first"
    write_whole(folder.dossiers / "group" / "a.json", json.dumps({"parts": [{"text": text}]}))
    (said,) = leaks(folder, {"public/a.html": f"<p>{text}</p>"})
    assert said == f"public/a.html holds words that are in dossiers/group/a.json: '{text}'."


# over the sample seminar


def site(demo: SeminarFolder, audience: str) -> dict[str, str | bytes]:
    root = demo.pages.parent
    return {
        f"public/{path.relative_to(root / audience).as_posix()}": path.read_bytes()
        if path.suffix != ".html"
        else path.read_text("utf-8")
        for path in (root / audience).rglob("*.*")
        if path.is_file()
    }


def test_the_public_pages_of_the_sample_give_no_alarm(demo: SeminarFolder) -> None:
    """O25"""
    pages = site(demo, "public")
    assert len(pages) > 35 and leaks(demo, pages) == []


def test_each_core_answer_of_the_sample_is_found_and_named(demo: SeminarFolder) -> None:
    """P07: whose it is, in which form, on which question; also of forms for organisers alone."""
    wall, looked = LeakSearch(demo), 0
    shown = {w for page in site(demo, "public").values() if isinstance(page, str) for w in [page]}
    public = " ".join(" ".join(words(re.sub(r"<[^>]+>", " ", page))) for page in shown)
    public += " ".join(
        w for p in (demo.dossiers / "public").glob("*") for w in words(p.read_text("utf-8"))
    )
    for secret in secrets(demo):
        if secret.choice or len(secret.words) < 8 or " ".join(secret.words) in public:
            continue
        if not secret.where.startswith("form ") or len(set(secret.words)) < 8:
            continue
        cut = " ".join(secret.text.split()[:7]) + "…"
        found = wall.leaks({"public/countries/SY.html": f"<td>{escape(cut)}</td>"})
        if " ".join(words(cut)[:6]) not in public:
            assert found, secret
            assert re.match(r"public/countries/SY.html holds words from .*form \w+", found[0])
            looked += 1
    assert looked > 150


def test_core_tables_are_known_by_their_numbers(demo: SeminarFolder) -> None:
    """P07: of the survey by region and by profile, as the kit or as an organiser shows them."""
    content = (demo.reports / "core" / "survey.html").read_text("utf-8")
    found = leaks(demo, {"public/survey.html": content})
    assert any("that are not for everybody: " in each for each in found)
    survey = json.loads((demo.dossiers / "core" / "survey.json").read_text("utf-8"))
    question = survey["questions"][0]
    group = next(g for g in survey["groups"] if g["by"] == "profile" and g["shown"])
    figures = [question["counts"][group["key"]][name]["most"] for name, _ in question["choices"]]
    row = f"<tr><th>{group['name']}</th>" + "".join(f"<td>{n}</td>" for n in figures) + "</tr>"
    told = leaks(demo, {"public/survey.html": f"<table>{row}</table>"})
    assert any(f"question {question['name']}, {group['name']}" in each for each in told)
    other = re.sub(r"<td>\d+</td>", "<td>77</td>", row)
    assert not leaks(demo, {"public/survey.html": f"<table>{other}</table>"})


@pytest.fixture
def copied(demo: SeminarFolder, tmp_path: Path) -> SeminarFolder:
    # others read the index meanwhile: its helpers come and go
    ignored = shutil.ignore_patterns("seminar.db-*")
    shutil.copytree(demo.root, tmp_path / "copy", ignore=ignored)
    return SeminarFolder(tmp_path / "copy")


def again(folder: SeminarFolder, *without: str) -> Any:
    come = submissions(folder.database)
    return publish(folder, board(folder.seminar, come), come, without=without)


def a_core_sentence(folder: SeminarFolder) -> str:
    come = submissions(folder.database)
    plans = [s for s in come if s.form == "strategy_plan" and s.person.startswith("GE-")]
    return str(plans[0].answers["plan_steps"])


def test_a_page_that_leaks_can_be_left_out(copied: SeminarFolder) -> None:
    """P07: whose words, which form, which question, and how to go on."""
    show_in(copied, "GE", f"<p>{escape(a_core_sentence(copied))}</p>")
    before = {p: p.read_bytes() for p in copied.site("public").rglob("*.*")}
    with pytest.raises(SeminarError) as caught:
        again(copied)
    told = str(caught.value)
    assert re.search(
        r"public/countries/GE.html holds words from GE-\d \(.*\), form strategy_plan \w+, question plan_steps",
        told,
    )
    assert told.endswith("seminar publish --without countries/GE")
    assert {p: p.read_bytes() for p in copied.site("public").rglob("*.*")} == before
    with pytest.raises(UsageError, match=r"no public page 'countries/GO'.*Did you mean"):
        again(copied, "countries/GO")
    again(copied, "countries/GE")
    site = copied.site("public")
    assert (
        not (site / "countries" / "GE.html").exists() and (site / "countries" / "AM.html").exists()
    )
    assert not [p for p in site.rglob("*.html") if "GE.html" in p.read_text("utf-8")]
    assert "Georgia" in (site / "index.html").read_text("utf-8")
    assert (copied.site("core") / "countries" / "GE.html").exists()


def test_nothing_public_is_made_before_the_last_look(
    copied: SeminarFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P07: documents would be made of what is refused; nobody waits for those of others either."""
    show_in(copied, "GE", f"<p>{escape(a_core_sentence(copied))}</p>")
    made: list[str] = []
    monkeypatch.setattr(
        "seminarkit.site.publishing.documents", lambda *a: made.append(a[1]) or iter(())
    )
    before = files_of(copied)
    with pytest.raises(SeminarError):
        again(copied)
    assert "core" in made and "public" not in made
    assert files_of(copied) == before, "nothing is left behind"


def files_of(folder: SeminarFolder) -> set[Path]:
    return {path for path in folder.pages.parent.rglob("*") if path.is_file()}


def test_a_sentence_of_ones_own_public_report_is_no_leak(copied: SeminarFolder) -> None:
    """P07: PT-1 says it in a closed form and in the report that she made public; nobody else may."""
    words_of_all = (
        "Detectors accuse honest students who write simple English as a foreign language."
    )
    path = copied.dossiers / "core" / "GE.json"
    dossier = json.loads(path.read_text("utf-8"))
    dossier["forms"]["own_institution"][0]["answers"].append(
        {"name": "review_doubt", "label": "x", "value": words_of_all, "shown": words_of_all}
    )
    path.write_text(json.dumps(dossier), "utf-8")
    public = copied.dossiers / "public" / "GE.json"
    said = json.loads(public.read_text("utf-8"))
    longer = f"{words_of_all} So we ask them."
    said["forms"]["country_report"][0]["answers"].append(
        {"name": "obstacle", "label": "x", "value": longer, "shown": longer}
    )
    public.write_text(json.dumps(said), "utf-8")
    page = f"<p>{longer}</p>"
    assert not leaks(copied, {"public/countries/GE.html": page, "public/comparison.html": page})
    assert leaks(copied, {"public/countries/AM.html": page})


def test_a_file_that_lies_in_the_public_place_is_looked_through(copied: SeminarFolder) -> None:
    """P07"""
    (copied.site("public") / "data.json").write_text(json.dumps([a_core_sentence(copied)]))
    with pytest.raises(SeminarError, match=r"public/data.json holds words") as caught:
        again(copied)
    assert str(caught.value).endswith("Remove it: output/public/data.json")


@pytest.mark.parametrize(
    ("source", "target", "words_told"),
    [
        (("core", "GE"), ("public", "GE"), "on GE for public was made from dossiers/core/GE.json"),
        (("public", "AM"), ("public", "GE"), "on GE for public was made from dossiers/public/AM"),
        (("core", "survey"), ("public", "survey"), "made from dossiers/core/survey.json"),
        (("core", "AM"), ("core", "GE"), "on GE for core was made from dossiers/core/AM.json"),
        ((), ("public", "GE"), "does not say which dossier it was made from"),
    ],
)  # fmt: skip
def test_a_report_made_from_another_dossier_becomes_no_page(
    copied: SeminarFolder, source: tuple[str, str], target: tuple[str, str], words_told: str
) -> None:
    """O25 P07: looked at once more, in the executed notebook itself."""
    there = copied.reports / target[0] / f"{target[1]}.ipynb"
    if source:
        for ending in (".ipynb", ".html"):
            made = copied.reports / source[0] / f"{source[1]}{ending}"
            shutil.copy(made, there.with_suffix(ending))
    else:
        book = json.loads(there.read_text("utf-8"))
        del book["metadata"]["seminarkit"]
        there.write_text(json.dumps(book), "utf-8")
    with pytest.raises(SeminarError, match=re.escape(words_told)):
        again(copied)


@pytest.mark.parametrize("ending", ["ipynb", "html"])
def test_a_page_and_a_notebook_that_were_not_made_together_are_not_published(
    copied: SeminarFolder, ending: str
) -> None:
    """O25 J02: the page would say one thing, and its documents another."""
    for audience, other in (("public", "AM"), ("core", "AM")):
        target = copied.reports / audience / f"GE.{ending}"
        before = target.read_bytes()
        shutil.copy(copied.reports / audience / f"{other}.{ending}", target)
        with pytest.raises(
            SeminarError, match=f"the page on GE for {audience} was not made together"
        ):
            again(copied)
        target.write_bytes(before)
    (copied.reports / "core" / f"GE.{ending}").write_bytes(before + b" ")
    with pytest.raises(SeminarError) if ending == "html" else nullcontext():
        again(copied)


def test_a_core_page_may_be_made_of_what_is_public(copied: SeminarFolder) -> None:
    """O25"""
    for ending in ("ipynb", "html"):
        shutil.copy(
            copied.reports / "public" / f"GE.{ending}", copied.reports / "core" / f"GE.{ending}"
        )
    again(copied)
