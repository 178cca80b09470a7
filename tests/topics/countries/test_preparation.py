"""Does a report show what was prepared, under what it is about, signed, and nothing else?"""

from __future__ import annotations

import re
from typing import Any

from seminarkit.core.documents.html import html
from seminarkit.core.documents.pieces import EMPTY, Piece
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.submissions.dossier import Dossier
from seminarkit.topics.countries import preparation_view as preparation


def entry(by: str, about: str = "", state: str = "complete", **answers: Any) -> dict[str, Any]:
    given = []
    for name, value in answers.items():
        answer: dict[str, Any] = {"name": name, "label": name.capitalize()}
        if isinstance(value, list):
            rows = [
                [{"name": k, "label": k.capitalize(), "value": v, "shown": v} for k, v in row.items()]
                for row in value
            ]  # fmt: skip
            given.append({**answer, "rows": rows, "row": "Row"})
        else:
            given.append({**answer, "value": value, "shown": value})
    return {
        "title": "A form",
        "about": about,
        "by": by,
        "state": state,
        "progress": "1 of 5",
        "answers": given,
    }


def dossier(*entries: dict[str, Any]) -> Dossier:
    return Dossier({"audience": "core", "forms": {"form": list(entries)}})


def words(piece: Piece) -> str:
    markup = html(piece)
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def test_reviews_stand_under_their_case_each_signed() -> None:
    """C13 C17: in the order asked for; what nobody asks for stays out."""
    shown = preparation.sheets(
        dossier(
            entry("A", "Ghent", doubt="Too dear.", purpose="Access."),
            entry("B", "Zadar", purpose="The region."),
            entry("C", "Ghent", purpose="Work.", watched="Yes"),
        ),
        "Reviewed",
        "purpose",
        "doubt",
    )
    assert words(shown) == (
        "Reviewed Ghent Purpose Access. Doubt Too dear. A Purpose Work. C Zadar Purpose The region. B"
    )
    assert html(shown).count('class="sheet"') == 3


def test_a_draft_says_that_it_is_one() -> None:
    """O32"""
    shown = preparation.sheets(dossier(entry("A", state="draft", aim="More.")), "Plans", "aim")
    assert words(shown) == "Plans Aim More. A, a draft, 1 of 5 answered"


def test_a_subject_begins_with_a_capital_and_a_form_without_one_needs_no_heading() -> None:
    """C17 C18"""
    plans = preparation.sheets(dossier(entry("A", "a national approach", aim="x")), "P", "aim")
    assert "A national approach" in html(plans)
    assert "<h3>" not in html(preparation.sheets(dossier(entry("A", aim="x")), "P", "aim"))


def test_opportunities_and_challenges_stand_side_by_side() -> None:
    """C19: also where there are more of the one, or none of the other."""
    both = entry(
        "A",
        place="Our college",
        scope="An institution",
        gains=[{"gain": "Time", "step": "Ask"}, {"gain": "Money"}],
        limits=[{"limit": "Rules"}],
    )
    shown = preparation.pairs(
        dossier(both, entry("B", limits=[{"limit": "No room"}])),
        "Own",
        "gains",
        "limits",
        title="place",
        about=["scope"],
    )
    assert words(shown) == (
        "Own Our college An institution No. Gains Limits 1 Time Step Ask Rules 2 Money A "
        "A form A form No. Limits 1 No room B"
    )
    assert html(shown).count('class="stack beside"') == 2
    assert 'data-head="Limits" style="text-align:start"></td>' in html(shown)


def test_each_case_of_recognition_stands_under_what_was_brought() -> None:
    cases = [{"kind": "A course", "issue": "No level"}, {"kind": "Work", "issue": "No paper"}]
    shown = preparation.records(dossier(entry("A", cases=cases)), "Cases", "cases", title="kind")
    assert words(shown) == "Cases A course Issue No level A Work Issue No paper A"


def test_nothing_shows_where_nobody_answered() -> None:
    for made in (dossier(), dossier(entry("A", other="x"))):
        for shown in (
            preparation.sheets(made, "H", "aim"),
            preparation.records(made, "H", "cases", title="kind"),
            preparation.pairs(made, "H", "gains", "limits", title="place"),
        ):
            assert shown == EMPTY


def test_words_are_escaped_and_keep_their_direction() -> None:
    """C22"""
    shown = preparation.sheets(dossier(entry("A", aim="<b>سؤال</b>\n\nb")), "P", "aim")
    assert '<p dir="auto">&lt;b&gt;سؤال&lt;/b&gt;</p><p dir="auto">b</p>' in html(shown)


def test_the_pages_of_core_participants_show_it_and_the_public_ones_do_not(
    demo: SeminarFolder,
) -> None:
    """C18 C19 O25; C13 C17 P01: reviews, plans and cases are on the pages of their groups."""
    core, public, quiet = (
        (demo.site(site) / "countries" / f"{code}.html").read_text("utf-8")
        for site, code in (("core", "GE"), ("public", "GE"), ("core", "KG"))
    )
    for heading in ("Own institution or system", "Mini statement"):
        assert f"<h2>{heading}</h2>" in core
        assert heading not in public
        assert heading not in quiet
    for heading in ("Case studies reviewed", "Plans and ideas", "Recognition cases"):
        assert heading not in core
    assert "complete (Ghent University)" in core
    groups = [path.read_text("utf-8") for path in demo.pages.parent.glob("groups/*/index.html")]
    assert any("the registrar and back again" in page for page in groups)
    assert "the registrar and back again" not in core
