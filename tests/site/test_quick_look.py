"""Does the quick look at pages say the same as the plainest one, on whatever it is shown?"""

from __future__ import annotations

import re
from base64 import b64encode
from html import escape
from itertools import islice
from typing import Any

import pytest
from careful_wall import RECEIPT, CarefulWall, careful_blocks
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_leaks import DRESSES, LETTERS, core, sentences, site

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.site.leaks import LeakSearch
from seminarkit.site.page_words import blocks
from seminarkit.site.receipts import _receipts
from seminarkit.site.secrets import secret_addresses, secret_names, secrets

MARKUP = (
    *("<td>", "</td>", "<p>", "</p>", "<i>", "</i>", "<br>", "<!-- ", " -->", " --!>", "<!x>"),
    *("<style>", "</style>", "<script>", "</script>", "<title>", "<textarea>", "</textarea>"),
    *("<![CDATA[", "]]>", "<?x ", "?>", "</", "<", ">", "=", " = ", '"', "'", "&", "&lt;", "…", "..."),
    *("<a href='../core/x'>", '<a href="../core/x">', '<a href="javascript:a()">', "<b onclick=a>"),
    *('<a title="x > y" onload="a">', '<a title=x onload="', "<svg/onload=a()>", "<base href=x>"),
    *('<b onclick="a">', '<B ONCLICK="a"\n>', '<ſ a="b">', '<meta http-equiv="refresh">', "<a b='\">"),
    *('<img alt="', '<img src="data:image/png;base64,', '<b data-x = "', "<b a:b-c='", "=\"", " ='"),
    *("a b c d e f g h i j", "k l m n o p", "x y z", "\0", "\n", " ", "@", "\uff20", ".", "1 2 3"),
)  # fmt: skip


@st.composite
def pages(draw: Any, texts: list[str]) -> str:
    """Draw a page of secrets in any dress, cut anywhere, among markup that does not always fit."""
    parts = []
    for _ in range(draw(st.integers(1, 12))):
        text = draw(st.sampled_from(texts))
        pieces = text.split(" ")
        begin = draw(st.integers(0, len(pieces)))
        cut = " ".join(pieces[begin : begin + draw(st.integers(0, 20))])
        dress = DRESSES[draw(st.sampled_from(sorted(DRESSES)))]
        filler = draw(st.text(LETTERS["Latin"][:6] + "  ", max_size=200))
        parts += [
            draw(st.sampled_from(MARKUP)),
            draw(st.sampled_from(["", dress(cut), cut, filler])),
        ]
    page = draw(st.sampled_from(["", " "])).join(parts)
    if draw(st.booleans()):
        return page
    packed = b64encode(page.encode("utf-8", "replace")).decode()
    return f'<p>x</p><img src="data:image/svg+xml;base64,{packed}"><i>{page[:200]}'


@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.data())
def test_the_quick_look_says_the_same_on_any_page(
    folder: SeminarFolder, data: st.DataObject
) -> None:
    """P07 O25: word for word and in the same order, over pages that share much of their text."""
    texts = data.draw(st.lists(sentences(), min_size=1, max_size=3))
    texts += ["Fear of fraud among employers", "Teachers refuse", "a b c d e f g h i j k l m n"]
    core(folder, *texts)
    people = [*secret_names(folder).values()][:3]
    shown = [*texts, *people, "some.one@example.org", *sorted(secret_addresses(folder))[:2]]
    site = {
        f"public/{place}{number}.{ending}": data.draw(pages(shown))
        for number in range(2)
        for place, ending in (("", "html"), ("countries/", "svg"), ("a/", "html"))
    }
    assert LeakSearch(folder).by_page(site) == CarefulWall(folder).by_page(site)
    for path, page in site.items():
        assert blocks(path, page) == careful_blocks(path, page)


@pytest.mark.timeout(200, func_only=True)
def test_the_quick_look_says_the_same_on_the_sample(demo: SeminarFolder) -> None:
    """P07 O25: on its public pages nothing, on its core pages everything that is not public."""
    quick, careful = LeakSearch(demo), CarefulWall(demo)
    public = dict(islice(site(demo, "public").items(), 12))
    closed = dict(islice(sorted(site(demo, "core").items())[::9], 8))
    assert quick.by_page(public) == careful.by_page(public) == {}
    found = quick.by_page(closed)
    assert found == careful.by_page(closed)
    assert sum(map(len, found.values())) > 20


@pytest.mark.timeout(200, func_only=True)
def test_each_answer_of_the_sample_is_found_as_by_the_plainest_look(demo: SeminarFolder) -> None:
    """P07: each tenth of what people wrote, in a cell of a page between two others."""
    quick, careful = LeakSearch(demo), CarefulWall(demo)
    looked = 0
    for secret in secrets(demo)[::10]:
        page = f"<td>of it</td><td>{escape(secret.text)}</td><td>and more</td>"
        page += f"<p>So {escape(' '.join(secret.text.split()[2:9]))}"
        at = {"public/countries/SY.html": page, "public/a.html": page}
        found = quick.by_page(at)
        assert found == careful.by_page(at), secret
        looked += bool(found)
    assert looked > 20


@settings(max_examples=300, deadline=None)
@given(st.text("AG-Z0x é_"), st.lists(st.sampled_from(["GE-7K3F", "AB-CDGE-1234", "-", "ge-7K3F"])))
def test_receipts_are_found_as_before(noise: str, receipts: list[str]) -> None:
    """P07"""
    text = noise.join([noise, *receipts, noise])
    assert _receipts(text) == list(dict.fromkeys(RECEIPT.findall(text)))
    assert re.search(r"\d", "GE-7K3F") and _receipts("x GE-7K3F, GE-7K3F") == ["GE-7K3F"]


FILLER = " ".join(f"filler{number}" for number in range(30))


@pytest.mark.parametrize("here", range(1, 6))
def test_a_sentence_that_goes_on_from_one_long_text_to_the_next_is_found(
    folder: SeminarFolder, here: int
) -> None:
    """P07: six words, of which so many end a text that is otherwise harmless."""
    core(folder, "nobody but the registrar ever agrees on this kind of form")
    six = ["the", "registrar", "ever", "agrees", "on", "this"]
    page = f"<p>{FILLER} {' '.join(six[:here])}</p><p>{' '.join(six[here:])} {FILLER}</p>"
    found = LeakSearch(folder).by_page({"public/a.html": page})
    assert found and found == CarefulWall(folder).by_page({"public/a.html": page})


@pytest.mark.parametrize("here", range(8, 12))
def test_letters_that_go_on_from_one_long_text_to_the_next_are_found(
    folder: SeminarFolder, here: int
) -> None:
    """P07: neither text alone has enough of them to be read as words."""
    core(folder, "abc dfg hijk lmn opq rst")
    letters = "abcdfghijklmnopqrst"
    page = f"<p>{FILLER} {' '.join(letters[:here])}</p><p>{' '.join(letters[here:])} {FILLER}</p>"
    found = LeakSearch(folder).by_page({"public/a.html": page})
    assert found and found == CarefulWall(folder).by_page({"public/a.html": page})


@pytest.mark.parametrize("around", ["", "x", " " * 400, "y" * 400])
def test_an_address_is_found_wherever_it_is(folder: SeminarFolder, around: str) -> None:
    """P07: of a core participant, also where it does not read as an address by itself."""
    wall, careful = LeakSearch(folder), CarefulWall(folder)
    for each in (wall, careful):
        each._addresses = {"a.b@example.org", "odd.one.without.sign", "l" * 400 + "@example.org"}
    for address in wall._addresses:
        at = {"public/a.html": f"<p>{around}{address}{around}</p><style>@media</style>"}
        assert wall.by_page(at) == careful.by_page(at)
        assert address in "".join(wall.leaks(at))
