"""Is nobody put out of a delegation by a form from an old page, and is an undo as careful?"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from in_process import printed

from seminarkit.core.forms.answer_versions import lineage
from seminarkit.core.forms.bundle import ANSWERS_MIME, output
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import CoreParticipant
from seminarkit.core.store.read_store import submissions
from seminarkit.topics.intake.collect import collect
from seminarkit.topics.intake.verify import verify
from seminarkit.topics.packs.form_notebook import form_cells
from seminarkit.topics.packs.prefill import prefilled_form
from seminarkit.topics.packs.write_packs import prepare
from seminarkit.topics.progress.nominees import Answers, NomineeRow, identify
from seminarkit.topics.progress.parallel_nominations import nominations_of

Send = Callable[[str, Any], Path]
NAME, ADDRESS = "Zurab Gelashvili", "zurab@example.org"


def fresh(folder: SeminarFolder) -> SeminarFolder:
    return SeminarFolder(folder.root)


def ids(folder: SeminarFolder) -> list[str]:
    return [person.id for person in fresh(folder).seminar.delegations["GE"]]


class Neo:
    """The NEO of Georgia writes on what the kit handed out, in this window or another one."""

    def __init__(self, folder: SeminarFolder, send: Send, filled: Any) -> None:
        self.folder, self._send, self._filled, self._sent = folder, send, filled, 0

    def page(self) -> dict[str, Any]:
        return prefilled_form(fresh(self.folder), "nomination", "GE-NEO")[1]

    def nominate(self, page: dict[str, Any], rows: list[dict[str, str]], window: str = "a") -> str:
        self._sent += 1
        written = {
            **page,
            "answers": {"nominees": rows},
            "rev": page["rev"] + 1,
            "saved_at": f"2020-11-1{self._sent}T10:00:00Z",
            "salt": f"{self._sent:016x}",
            "window": f"{ord(window) + self._sent:016x}",
            "ancestors": lineage(page),
        }
        book = self._filled("nomination", "GE-NEO")
        (cell,) = form_cells(book)
        cell["outputs"] = [output(cell["metadata"]["seminarkit"]["form"], written)]
        self._send(f"n{self._sent}.ipynb", book)
        return printed(self.folder, "collect")

    def replaced(self, page: dict[str, Any]) -> list[dict[str, str]]:
        rows = [dict(row) for row in page["answers"]["nominees"]]
        rows[1] |= {"nominee_name": NAME, "nominee_email": ADDRESS}
        return rows


@pytest.fixture
def neo(folder: SeminarFolder, send: Send, filled: Any, answers: dict[str, Any]) -> Neo:
    """GE-2 has sent the country report."""
    send("r.ipynb", filled("country_report", "GE-2", answers))
    collect(folder)
    return Neo(folder, send, filled)


def test_what_the_kit_handed_out_is_no_parallel_version(neo: Neo) -> None:
    """P05 E03: a second form is written on the pack that was made after the first was taken."""
    page = neo.page()
    neo.nominate(page, neo.replaced(page))
    printed(neo.folder, "nominate", "GE", "--anyway")
    page = neo.page()
    assert [row["nominee_name"] for row in page["answers"]["nominees"]][1] == NAME
    rows = [dict(row) for row in page["answers"]["nominees"]]
    rows[2] |= {"nominee_name": "Tamar Lomidze", "nominee_email": "tamar@example.org"}
    told = neo.nominate(page, rows)
    assert "was not made from" not in told
    (nomination,) = nominations_of(fresh(neo.folder), submissions(neo.folder.database))
    assert not nomination.beside
    assert "1 nomination taken" in printed(neo.folder, "nominate", "GE")


def test_a_form_from_an_old_page_does_not_undo_a_replacement(neo: Neo) -> None:
    """P05 E03: named by next, needs --anyway; who was in the delegation before is back, not new."""
    old = neo.page()
    neo.nominate(old, neo.replaced(old))
    printed(neo.folder, "nominate", "GE", "--anyway")
    assert ids(neo.folder) == ["GE-1", "GE-4", "GE-3"]
    (receipt,) = [s.receipt for s in submissions(neo.folder.database) if s.form == "nomination"]
    rows = [dict(row) for row in old["answers"]["nominees"]]
    rows[0]["nominee_function"] = "Director"
    neo.nominate(old, rows, "b")
    assert f"was not made from {receipt}, which is in force" in printed(neo.folder, "next")
    refused = printed(neo.folder, "nominate", "GE", code=1)
    assert f"was not made from {receipt}, which is in force" in refused
    assert "--anyway" in refused
    (line,) = [line for line in refused.splitlines() if line.startswith("  GE-2 ")]
    assert line.endswith("  back")
    assert ids(neo.folder) == ["GE-1", "GE-4", "GE-3"]
    printed(neo.folder, "nominate", "GE", "--anyway")
    assert ids(neo.folder) == ["GE-1", "GE-2", "GE-3"]


def test_the_pack_holds_the_people_that_were_taken(neo: Neo) -> None:
    """P05 E01: nobody wrote in it, so the people of before do not stay in it."""
    prepare(neo.folder, ["GE"])
    page = neo.page()
    neo.nominate(page, neo.replaced(page))
    printed(neo.folder, "nominate", "GE", "--anyway")
    assert "Somebody wrote" not in printed(neo.folder, "prepare", "--country", "GE")
    place = neo.folder.packs / "GE" / "GE-NEO" / "GE-NEO-nomination.ipynb"
    (cell,) = form_cells(json.loads(place.read_text("utf-8")))
    rows = cell["outputs"][0]["data"][ANSWERS_MIME]["answers"]["nominees"]
    assert [row["nominee_name"] for row in rows][1] == NAME
    assert NAME in place.with_suffix(".html").read_text("utf-8")


def test_an_undo_retires_nobody_who_has_sent_something_unasked(
    neo: Neo, send: Send, filled: Any
) -> None:
    """P05 E03: the loss is named; afterwards next says that the nomination is not in force."""
    page = neo.page()
    neo.nominate(page, neo.replaced(page))
    printed(neo.folder, "nominate", "GE", "--anyway")
    found = verify(fresh(neo.folder))
    assert not found.damage
    assert any("older than seminar.yml" in words for words in found.stale)
    assert "all is as it was" in printed(neo.folder, "verify")
    assert "would be taken back" in printed(neo.folder, "nominate", "GE", "--undo", "--dry-run")
    book = filled("questions", "GE-2", {"questions": [{"about": "ghent", "question": "Who?"}]})
    words = json.dumps(book).replace("GE-2", "GE-4")
    _, own = prefilled_form(fresh(neo.folder), "questions", "GE-4")
    made = json.loads(words)
    (cell,) = form_cells(made)
    (data,) = [out["data"] for out in cell["outputs"]]
    data[ANSWERS_MIME]["instance"] = own["instance"]
    send("q.ipynb", made)
    printed(neo.folder, "collect")
    refused = printed(neo.folder, "nominate", "GE", "--undo", code=1)
    assert "No nomination was taken back." in refused
    assert f"GE-4 {NAME} would leave, but has sent something; this no longer counts: " in refused
    assert ids(neo.folder) == ["GE-1", "GE-4", "GE-3"]
    printed(neo.folder, "nominate", "GE", "--undo", "--anyway")
    assert ids(neo.folder) == ["GE-1", "GE-2", "GE-3"]
    told = printed(neo.folder, "next")
    assert "is not in force: it was taken back" in told
    assert "seminar prepare --country GE" in told


def test_who_left_is_told_so_and_nobody_owes_what_a_colleague_sent(neo: Neo) -> None:
    """P05 O38: confirm, next and open; somebody who has sent nothing is no misspelling."""
    assert "GE-3 has sent nothing yet" in printed(neo.folder, "confirm", "GE-3", code=2)
    assert "Did you mean" not in printed(neo.folder, "confirm", "GE-3", code=2)
    assert "Country report" not in printed(
        neo.folder, "next", "--role", "participant", "--who", "GE-3"
    )
    page = neo.page()
    neo.nominate(page, neo.replaced(page))
    printed(neo.folder, "nominate", "GE", "--anyway")
    printed(neo.folder, "collect")
    left = "GE-2 has left the delegation of Georgia"
    assert left in printed(neo.folder, "next", "--role", "participant", "--who", "GE-2", code=2)
    assert left in " ".join(printed(neo.folder, "confirm", "GE-2").split())
    assert left in printed(neo.folder, "open", "GE-2", code=2)


def test_the_neo_is_told_what_comes_before_the_sign_off(
    neo: Neo, send: Send, filled: Any, answers: dict[str, Any]
) -> None:
    """P12: no form is handed out while no one report can be signed."""
    words = printed(neo.folder, "next", "--role", "neo", "--who", "GE")
    assert "Sign" in words
    assert ": first the" not in words
    send("s.ipynb", filled("country_report", "GE-3", answers))
    printed(neo.folder, "collect")
    words = printed(neo.folder, "next", "--role", "neo", "--who", "GE")
    assert ": first the joint report of the delegation" in words
    words = printed(neo.folder, "next", "--role", "neo", "--who", "AM")
    assert ": first the report of the delegation" in words


def person(number: int, profile: str = "policy") -> CoreParticipant:
    names = ("Nino Beridze", "Ana Ivanova", "Levan Kapanadze")
    return CoreParticipant.model_validate(
        {
            "id": f"GE-{number}",
            "name": names[number - 1],
            "profile": profile,
            "email": f"ge-{number}@example.org",
        }
    )


KNOWN = [person(1, "neo"), person(2), person(3)]


@pytest.mark.parametrize(("one", "other"), [(0, 1), (1, 2), (0, 2)])
@pytest.mark.parametrize("what", ["addresses", "names", "names and addresses"])
def test_an_exchange_of_two_known_people_is_a_question(one: int, other: int, what: str) -> None:
    """P05 E03: and both are answered in one command; only the order of the rows is no exchange."""
    rows = [NomineeRow(p.id, p.name, "", p.profile, p.email or "") for p in KNOWN]
    assert not identify("GE", rows, KNOWN, []).questions
    assert not identify("GE", rows[::-1], KNOWN, []).questions
    a, b = rows[one], rows[other]
    names = (b.name, a.name) if "names" in what else (a.name, b.name)
    addresses = (b.email, a.email) if "addresses" in what else (a.email, b.email)
    rows[one] = NomineeRow(a.id, names[0], "", a.profile, addresses[0])
    rows[other] = NomineeRow(b.id, names[1], "", b.profile, addresses[1])
    found = identify("GE", rows, KNOWN, [])
    if what == "names and addresses" and a.profile == b.profile:
        assert not found.questions, "the same people, in another order"
        return
    assert len(found.questions) == 2
    same = Answers({each.new: each.known.id for each in found.questions})
    settled = identify("GE", rows, KNOWN, [], same)
    assert not settled.questions
    assert not settled.wrong
    assert {p.id for p in settled.people} == {"GE-1", "GE-2", "GE-3"}
