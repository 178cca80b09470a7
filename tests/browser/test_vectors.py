"""Does form.js do the same sums as Python, for the shared vectors and for the real forms?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page
from shared import ROOT, complete_report

from seminarkit.core.forms.answer_versions import is_newer, lineage, receipt, version_id
from seminarkit.core.forms.answers import check_types
from seminarkit.core.forms.bundle import ANSWERS_MIME, mime_bundle, payload, personal_form
from seminarkit.core.forms.expressions import parse
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.packs.personal_form import form_for

VECTORS = json.loads((ROOT / "tests" / "core" / "forms" / "vectors.json").read_text("utf-8"))
PERSONAL = personal_form(VECTORS["form"], **VECTORS["personal"], header=[], file_name="x")
FORM_JS = (ROOT / "seminarkit" / "core" / "forms" / "form.js").read_text("utf-8")


@pytest.fixture(scope="module")
def kit_js(browser: Browser) -> Any:
    """A page with form.js loaded, its functions at window.kit."""
    page = browser.new_page()
    page.add_script_tag(
        content=FORM_JS
        + "\nwindow.kit = { evaluate, progress, receipt, versionId, isNewer, mimeBundle, carriedOver };",
        type="module",
    )
    page.wait_for_function("window.kit")
    yield page
    page.close()


@pytest.mark.parametrize("case", VECTORS["expressions"], ids=lambda c: c["text"][:40])
def test_javascript_gives_the_value_of_the_shared_vectors(
    kit_js: Page, case: dict[str, Any]
) -> None:
    arguments = [parse(case["text"]), case["answers"], case["own"]]
    value = kit_js.evaluate("([tree, answers, own]) => kit.evaluate(tree, answers, own)", arguments)
    assert (value, type(value)) == (case["value"], type(case["value"]))


@pytest.mark.parametrize("case", VECTORS["renamed"], ids=lambda c: c["case"])
def test_javascript_gives_answers_the_names_that_the_shared_vectors_have(
    kit_js: Page, case: dict[str, Any]
) -> None:
    """A draft of before a question was renamed: under the new name, made of the one that it was."""
    form = {**PERSONAL, "was": case["was"]}
    sent = {**payload(PERSONAL, case["answers"], 1), "salt": "ab"}
    carried = kit_js.evaluate("([form, filled]) => kit.carriedOver(form, filled)", [form, sent])
    assert carried["answers"] == case["now"]
    assert carried.get("ancestors") == (None if case["now"] == case["answers"] else lineage(sent))


@pytest.mark.parametrize("case", VECTORS["answers"], ids=lambda c: c["case"])
def test_javascript_gives_the_sums_of_the_shared_vectors(
    kit_js: Page, case: dict[str, Any]
) -> None:
    """C26 C27: progress, gaps, receipt and preview, letter by letter."""
    filled = payload(PERSONAL, case["clean"], 1)
    done = kit_js.evaluate(
        "([form, filled]) => kit.progress(form, filled.answers)", [PERSONAL, filled]
    )
    assert (done["answered"], done["total"]) == (case["answered"], case["total"])
    assert [[gap["path"], gap["message"]] for gap in done["gaps"]] == case["gaps"]
    assert kit_js.evaluate("(filled) => kit.receipt(filled)", filled) == case["receipt"]
    bundle = kit_js.evaluate("([form, filled]) => kit.mimeBundle(form, filled)", [PERSONAL, filled])
    assert (bundle["text/html"], bundle["text/plain"]) == (case["html"], case["plain"])


def test_javascript_tells_links_that_stand_above_already(kit_js: Page) -> None:
    """C09: what links.py says of two links, form.js says too."""
    link = {"type": "text", "name": "link", "label": "Link", "appearance": "url", "unique": True}
    rows = {"type": "repeat", "name": "rows", "label": "Rows", "row": "Row", "min": 0, "max": 9}
    form = {"fields": [{**rows, "fields": [link]}]}
    told = kit_js.evaluate(
        """([form, pairs]) => pairs.map(({ one, other }) => kit.progress(form,
             { rows: [{ link: one }, {}, { link: other }] }).gaps.map((gap) => [gap.path, gap.message]))""",
        [form, VECTORS["links"]],
    )
    gap = ["rows.2.link", "The same link as in number 1 above."]
    assert told == [[gap] if pair["same"] else [] for pair in VECTORS["links"]]


def test_both_writers_give_the_same_bundle_for_the_real_forms(
    kit_js: Page, kit: SeminarFolder
) -> None:
    """K01: the sample is made by the same code as a real form's file."""
    for name, answers in (
        ("country_report", complete_report(opportunity="ქართული & <b>\nعربي")),
        ("pre_survey", {"knowledge": "heard", "interest": ["quality", "degrees"]}),
        ("questions", {"questions": [{"about": "ghent", "question": "Who pays?"}]}),
    ):
        form = form_for(kit, name, "XK-2")
        filled = payload(form, answers, 7, "2020-11-18T09:12:40Z")
        made = kit_js.evaluate("([form, filled]) => kit.mimeBundle(form, filled)", [form, filled])
        assert made == mime_bundle(form, filled)
        assert made[ANSWERS_MIME] == filled


_WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(title=_WORDS, remark=_WORDS, names=st.lists(_WORDS, max_size=3))
def test_both_agree_on_any_words(kit_js: Page, title: str, remark: str, names: list[str]) -> None:
    answers = {"title": title, "remark": remark, "rows": [{"name": name} for name in names]}
    filled = payload(PERSONAL, check_types(VECTORS["form"], answers), 1)
    made = kit_js.evaluate("([form, filled]) => kit.mimeBundle(form, filled)", [PERSONAL, filled])
    assert made == mime_bundle(PERSONAL, filled)
    code = kit_js.evaluate("(filled) => kit.receipt(filled)", filled)
    assert code == receipt(filled)


def test_form_js_writes_no_markup_and_evaluates_nothing() -> None:
    """Answers and definitions are text: never innerHTML, never eval."""
    for name in ("form.js", "page.js", "labextension/extension.js"):
        source = (Path(ROOT) / "seminarkit" / "core" / "forms" / name).read_text("utf-8")
        for word in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
        ):
            assert word not in source, (name, word)


_IDS = st.lists(st.text("0123456789abcdef", min_size=64, max_size=64), max_size=3)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=st.text(st.characters(exclude_categories=("Cs",)), max_size=200),
    ancestors=_IDS,
    salt=st.sampled_from(["", "00ff00ff00ff00ff"]),
)
def test_javascript_names_a_version_as_python_does(
    kit_js: Page, text: str, ancestors: list[str], salt: str
) -> None:
    """P02 C26: id and receipt of a version, with and without salt, for texts of any length."""
    saved = {"saved_at": "2020-11-12T10:00:00Z", "ancestors": ancestors, "salt": salt}
    filled = {**payload(PERSONAL, {"a": text}, 3), **saved}
    ids = kit_js.evaluate("(filled) => [kit.versionId(filled), kit.receipt(filled)]", filled)
    assert ids == [version_id(filled), receipt(filled)]


_VERSION = st.fixed_dictionaries(
    {
        "rev": st.integers(0, 3),
        "window": st.sampled_from(["", "aa", "bb"]),
        "saved_at": st.sampled_from(["", "2020-11-12T10:00:00Z", "2020-11-12T10:00:01Z"]),
        "salt": st.sampled_from(["", "00", "ff"]),
        "words": st.sampled_from(["", "x", "y"]),
    }
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(one=_VERSION, two=_VERSION, made_from=st.sampled_from(["", "one", "two"]))
def test_javascript_goes_on_with_the_version_that_python_does(
    kit_js: Page, one: dict[str, Any], two: dict[str, Any], made_from: str
) -> None:
    """P02 P16: by descent, then the time, then the number of changes."""
    first, second = (
        {**payload(PERSONAL, {"title": v["words"]}), **v, "ancestors": []} for v in (one, two)
    )
    if made_from == "one":
        second["ancestors"] = [version_id(first)]
    elif made_from == "two":
        first["ancestors"] = [version_id(second)]
    both = [[first, second], [second, first]]
    told = kit_js.evaluate("(pairs) => pairs.map(([a, b]) => kit.isNewer(a, b))", both)
    assert told == [is_newer(a, b) for a, b in both]
