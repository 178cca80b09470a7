"""Is no receipt of a form on any page whose readers may not read the form?"""

from __future__ import annotations

import pytest

from seminarkit.core.errors import SeminarError
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.core.submissions.audience import may_show_receipt, receipts_for
from seminarkit.site.publishing import publish_status
from seminarkit.site.receipts import receipt_leaks
from seminarkit.topics.progress.status_board import board


def test_no_page_shows_a_receipt_of_a_form_for_organisers(demo: SeminarFolder) -> None:
    """P11: every page, document, slide and dossier of both audiences, and the mails."""
    root = demo.pages.parent
    pages: dict[str, str | bytes] = {}
    for audience in ("core", "public"):
        for path in demo.site(audience).rglob("*.*"):
            if path.is_file():
                text = path.suffix in (".html", ".csv", ".txt")
                here = path.relative_to(root).as_posix()
                pages[here] = path.read_text("utf-8") if text else path.read_bytes()
        for path in (demo.dossiers / audience).glob("*.json"):
            pages[f"{audience}/{path.name}"] = path.read_text("utf-8")
    assert len(pages) > 150
    assert receipt_leaks(demo, pages.items()) == []
    state = (demo.site("core") / "status.html").read_text("utf-8")
    assert ": draft</li>" in state, "that there is a draft is shown all the same"
    assert "5 of 7" not in state, "how many questions there are can follow from an answer"


def test_the_board_has_no_receipt_unless_it_is_asked_for(demo: SeminarFolder) -> None:
    """P11: nobody can forget to leave them out."""
    received = submissions(demo.database)

    def shown(readers: str) -> set[str]:
        forms = receipts_for(demo.forms, readers) if readers else ()  # type: ignore[arg-type]
        rows = board(demo.seminar, received, forms)
        return {c.form for row in rows for c in row.cells for e in c.entries if e.receipt}

    assert shown("") == shown("public") == set()
    assert "pre_survey" not in shown("core") and "country_report" in shown("core")
    assert "pre_survey" in shown("organisers")
    for form in demo.forms.values():
        closed = ("nomination", "day_notes", "group_notes")  # narrower or private questions
        for_all = form["audience"] in ("core", "public") and form["form"] not in closed
        assert may_show_receipt(form, "core") == for_all


def test_a_board_with_all_receipts_is_not_published(demo: SeminarFolder) -> None:
    """P11: the last look stops what was made for organisers; the page of before stays."""
    received = submissions(demo.database)
    rows = board(demo.seminar, received, receipts_for(demo.forms, "organisers"))
    page = demo.site("core") / "status.html"
    before = page.read_bytes()
    with pytest.raises(SeminarError, match=r"shows the receipt .* of the form 'pre_survey'"):
        publish_status(demo, rows)
    assert page.read_bytes() == before
