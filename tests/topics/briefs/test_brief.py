"""Does a brief hold what a chair needs, name every gap, and tell nobody what is not for them?"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from seminarkit.core.disk.files import to_json
from seminarkit.core.documents.html import html
from seminarkit.core.documents.pieces import EMPTY
from seminarkit.core.errors import FileError
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.delegation_decisions import Seated
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.question_decisions import QuestionMarked
from seminarkit.core.seminar.session_steps import steps
from seminarkit.core.seminar.sessions import DiscussionGroup, Session
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.dossier import Dossier
from seminarkit.reports.dossiers import build_dossiers
from seminarkit.reports.read_dossier import read_dossier
from seminarkit.topics.briefs import view as brief
from seminarkit.topics.briefs.facts import briefs
from seminarkit.topics.briefs.opening_words import read_words
from seminarkit.topics.briefs.room_forms import room_reader
from seminarkit.topics.briefs.speaking_slots import MIN_SHARE, in_fair_order, share_minutes
from seminarkit.topics.groups.rooms import briefed_rooms
from seminarkit.topics.progress.status_board import board
from seminarkit.topics.questions.discussion import discussion
from seminarkit.topics.questions.facts import core_questions

AT = "2020-11-25T12:00:00Z"
PLAN = {
    "plan_stance": "wait",
    "plan_aim": "Fewer forms.",
    "plan_steps": "Ask first.",
    "plan_need": "Time.",
    "plan_ask": "Who of you waited too long?",
}


def sent(form: str, person: str, answers: dict[str, Any], subject: str = "") -> Submission:
    return Submission(
        form=form,
        subject=subject,
        form_version="1",
        instance=f"{form} {person} {subject}",
        rev=1,
        saved_at="2020-11-10T10:00:00Z",
        country=person[:2] if person[2:3] == "-" else "",
        person=person,
        answers=answers,
        answered=5,
        total=5,
        complete=True,
        receipt="XX-0000",
        arrival=1,
        part="",
    )


def asks(person: str, about: str, text: str) -> Submission:
    return sent("questions", person, {"questions": [{"about": about, "question": text}]})


def seated(folder: SeminarFolder, session: str, *groups: DiscussionGroup) -> None:
    """Decide groups, as 'seminar groups --keep' does."""
    seats = [group.model_dump() for group in groups]
    folder.decisions.add([Seated(at=AT, session=session, groups=seats)])
    folder.__dict__.pop("seminar", None)


def page_of(folder: SeminarFolder, subject: str, given: Sequence[Submission] = ()) -> str:
    return page(dossier_of(folder, subject, given))


def dossier_of(folder: SeminarFolder, subject: str, given: Sequence[Submission] = ()) -> Dossier:
    """One brief alone, without the suggestions of questions that are alike."""
    page = core_questions(folder, discussion(folder, given), {})
    made = briefs(folder, board(folder.seminar, given), given, page)
    (brief,) = (made[reader, name] for reader, name in made if name == f"brief-{subject}")
    return Dossier(json.loads(to_json(brief)))


def page(d: Dossier) -> str:
    """All that the notebook shows, in its order."""
    book = json.loads((KIT / "notebooks" / "report" / "session_brief.ipynb").read_text("utf-8"))
    calls = [
        "".join(c["source"]) for c in book["cells"] if "".join(c["source"]).startswith("brief.")
    ]
    assert len(calls) == 12
    return "".join(html(eval(call, {"brief": brief, "room": d})) for call in calls)


def section_of(shown: str, heading: str) -> str:
    """What a page shows under one heading."""
    return shown.partition(f"<h2>{heading}</h2>")[2].partition("<h2>")[0]


GHENT = DiscussionGroup(
    id="d1-groups-1-ghent", title="Ghent University", case="ghent", chair="colucci",
    discussant="decker", people=["GE-2", "AM-2", "XK-3"],
)  # fmt: skip
AGAIN = DiscussionGroup(
    id="d1-groups-2-ghent", title="Ghent University", case="ghent", chair="smidt",
    discussant="brown", people=["KZ-1", "JO-2"],
)  # fmt: skip


def test_every_session_has_a_brief_and_breaks_have_none(folder: SeminarFolder) -> None:
    """H01: also before anything has come; what is not decided is said."""
    made = build_dossiers(folder, [])
    found = {subject for audience, subject in made if subject.startswith("brief-")}
    assert found == {f"brief-{s.id}" for s in folder.seminar.sessions if s.kind != "break"}
    assert not any(a == "public" and s.startswith("brief-") for a, s in made)
    shown = page(read_dossier(str(made["core", "brief-d1-groups-1"])))
    assert "The groups of this session are not decided" in shown
    assert "Nobody has asked about it yet." in shown
    assert "Nobody yet." in shown
    assert "Nobody is named to chair or to moderate." in page(
        read_dossier(str(made["core", "brief-d1-fuss"]))
    )


def test_a_group_has_a_brief_of_its_own_instead(folder: SeminarFolder) -> None:
    """H01: the session's own brief is gone then, from dossiers and reports."""
    build_dossiers(folder, [])
    report = folder.reports / "core" / "brief-d1-groups-1.ipynb"
    report.parent.mkdir(parents=True)
    report.write_text("{}")
    seated(folder, "d1-groups-1", GHENT)
    made = build_dossiers(folder, [])
    assert ("group", "brief-d1-groups-1-ghent") in made
    assert ("core", "brief-d1-groups-1-ghent") not in made
    assert ("core", "brief-d1-groups-1") not in made
    assert not (folder.dossiers / "core" / "brief-d1-groups-1.json").exists()
    assert not report.exists()


def test_an_empty_group_without_a_chair_still_has_a_brief(folder: SeminarFolder) -> None:
    """Bad input: each gap is a sentence."""
    empty = GHENT.model_copy(update={"chair": None, "discussant": None, "people": []})
    seated(folder, "d1-groups-1", empty)
    shown = page_of(folder, empty.id)
    for gap in (
        "Nobody is named to chair this group.",
        "Nobody is named to present the case and answer questions.",
        "Nobody is in this group.",
        "Nobody is named to take notes",
        "None received yet.",
    ):
        assert gap in shown, gap


def test_somebody_who_left_is_not_shown(folder: SeminarFolder) -> None:
    """Bad input: a seat of a person whom nobody nominates any more."""
    seated(folder, "d1-groups-1", GHENT.model_copy(update={"people": ["GE-2", "GE-9"]}))
    assert [seat["name"] for seat in dossier_of(folder, GHENT.id)["seats"]] == [
        "Core participant 2, Georgia"
    ]


def test_questions_of_the_case_with_who_is_here(folder: SeminarFolder) -> None:
    """H01 S02: those on another case are in another brief."""
    seated(folder, "d1-groups-1", GHENT)
    given = [asks("GE-2", "ghent", "Who pays?"), asks("MA-2", "ghent", "Who marks <b>?"), asks("GE-3", "dcu", "Why?")]  # fmt: skip
    found = dossier_of(folder, GHENT.id, given)
    assert {q["id"]: q["here"] for q in found["questions"]} == {"GE-2-q1": True, "MA-2-q1": False}
    shown = page(found)
    assert "Who marks &lt;b&gt;?" in shown
    assert "Why?" not in shown


def test_a_long_list_is_cut_with_where_the_rest_is(folder: SeminarFolder) -> None:
    seated(folder, "d1-groups-1", GHENT)
    codes = [code for code, people in folder.seminar.delegations.items() if len(people) > 1][:12]
    given = [asks(f"{code}-2", "ghent", f"What of {code}?") for code in codes]
    shown = page_of(folder, GHENT.id, given)
    assert section_of(shown, "Questions").count("<li>") == 8
    assert '4 more on the page of <a href="../../core/questions.html#' in shown


def test_the_next_chair_hears_of_the_round_before(folder: SeminarFolder) -> None:
    """H08: marks, open questions and disagreement, with who chaired; private notes never."""
    seated(folder, "d1-groups-1", GHENT)
    seated(folder, "d1-groups-2", AGAIN)
    asked = asks("GE-2", "ghent", "Who pays?")
    folder.decisions.add(
        [QuestionMarked("GE-2-q1", "GE-2", "Who pays?", "parked", at=AT, session="d1-groups-1")]
    )
    notes = sent(
        "day_notes",
        "colucci",
        {
            "raised": [{"raised_text": "Small is enough."}],
            "disagreement": "some",
            "disagreed": [{"disagreed_text": "Whether a grade is needed."}],
            "open": [{"open_text": "Who keeps the register?"}],
            "scratch": "He was tired.",
        },
        subject=GHENT.id,
    )
    shown = page_of(folder, AGAIN.id, [asked, notes])
    assert "parked in Parallel discussion groups 1" in shown
    for words in ("chaired by Elizabeth Colucci", "Whether a grade", "Who keeps the", "Small is"):
        assert words in shown, words
    assert shown.index("Who keeps the") < shown.index("Small is")
    assert "He was tired." not in json.dumps(dossier_of(folder, AGAIN.id, [asked, notes]).data)
    without = page_of(folder, AGAIN.id, [asked])
    assert "No notes received yet from Ghent University (chaired by Elizabeth Colucci)." in without


def test_who_wrote_a_plan_has_a_turn(folder: SeminarFolder) -> None:
    """H05: the plan for this very group goes before another of the same person."""
    group = DiscussionGroup(id="d2-group-1", title="National", chair="colucci", people=["GE-2", "AM-2", "JO-2"])  # fmt: skip
    seated(folder, "d2-groups", group)
    given = [
        sent("strategy_plan", "GE-2", PLAN | {"plan_ask": "Another?"}, "institutional"),
        sent("strategy_plan", "GE-2", PLAN, "national"),
        sent("strategy_plan", "JO-2", PLAN, "national"),
        sent("strategy_plan", "MA-2", PLAN, "national"),
    ]
    found = dossier_of(folder, "d2-group-1", given)
    turns = [step for step in found["running"]["steps"] if step["parts"]]
    assert {t["title"] for t in turns} == {"Core participant 2, Georgia", "Core participant 2, Jordan"}  # fmt: skip
    shown = page(found)
    assert "Who of you waited too long?" in shown and "Another?" not in shown
    assert "We wait and watch" in shown and "3 + 3" in shown
    assert "The first country was drawn by lot" in shown


@pytest.mark.parametrize("minutes", [10, 15, 20, 45, 60, 75, 120])
@pytest.mark.parametrize("speakers", [0, 1, 3, 4, 9, 19, 40])
@pytest.mark.parametrize("most", [2, 6, 10])
def test_the_minutes_add_up(minutes: int, speakers: int, most: int) -> None:
    """H05: equal shares, none too long, none too short, and a quarter is kept for all."""
    shared = share_minutes(minutes, speakers, most)
    told = shared.opening + shared.number * shared.per_speaker + shared.talk + shared.closing
    assert told == minutes
    assert shared.number <= speakers
    if shared.number:
        assert MIN_SHARE <= shared.per_speaker <= most
        assert shared.talk >= round(minutes / 4)
    if shared.number < speakers:  # nobody more would have fitted in
        assert shared.talk - max(MIN_SHARE, shared.per_speaker) < round(minutes / 4)


def test_four_presenters_in_an_hour() -> None:
    """H05: reckoned by hand: 60 - 5 - 5 - 15 = 35 minutes for four are 8 each, and 3 are left."""
    shared = share_minutes(60, 4, 10)
    assert (shared.per_speaker, shared.number, shared.talk) == (8, 4, 18)


def test_turns_are_fair_and_the_same_each_time() -> None:
    """H05: one of each country before a second; in other groups another country begins."""
    people = [("GE", "a"), ("GE", "b"), ("AM", "c"), ("UA", "d")]
    ordered = in_fair_order(people, "one")
    assert sorted(c for c, _ in ordered[:3]) == ["AM", "GE", "UA"]
    assert ordered[3] == ("GE", "b")
    assert ordered == in_fair_order(list(people), "one")
    assert {in_fair_order(people, str(seed))[0][0] for seed in range(20)} == {"AM", "GE", "UA"}
    assert in_fair_order([], "one") == []


def test_the_clock_of_a_running_order_ends_with_its_session(
    folder: SeminarFolder,
) -> None:
    """H01 H05: step by step without a gap, wherever minutes are told."""
    page = core_questions(folder, discussion(folder, []), {})
    made = briefs(folder, board(folder.seminar, []), [], page)
    for about in briefed_rooms(folder.seminar):
        lines = made[room_reader(about), about.subject]["running"]["steps"]
        timed = [line for line in lines if line["clock"] and line["minutes"]]
        clock = about.session.start.hour * 60 + about.session.start.minute
        for line in timed:
            assert line["clock"] == f"{clock // 60:02}:{clock % 60:02}", about.id
            clock += int(line["minutes"])
        assert clock == about.session.end.hour * 60 + about.session.end.minute, about.id


def test_steps_follow_each_other() -> None:
    session = Session(
        id="s", title="S", kind="panel", date="2020-11-26", start="09:00", end="10:00",
        items=[{"title": "a", "minutes": 10}, {"title": "b"}, {"title": "c"}, {"title": "d", "start": "09:50"}],
    )  # fmt: skip
    assert [f"{s.clock:%H:%M}" if s.clock else "" for s in steps(session)] == ["09:00", "09:10", "", "09:50"]  # fmt: skip
    assert [s.left for s in steps(session)] == [60, 50, None, 10]


def test_prompts_go_round(folder: SeminarFolder) -> None:
    """M05: numbered topics; each begins with another panellist."""
    shown = html(brief.prompts(dossier_of(folder, "d2-perspectives"), "Prompts"))
    assert shown.count("<li>") == 4
    for name in ("Rasmus", "Eva", "Russell", "Elisabeth"):
        assert f"begins: {name}" in shown
    assert brief.prompts(dossier_of(folder, "d1-fuss"), "Prompts") == EMPTY


def test_opening_words_fit_who_is_there(folder: SeminarFolder) -> None:
    """M04 H06: whom it is for, in the seminar's own words; of a recording nobody decided on."""
    public, core = dossier_of(folder, "d1-keynote"), dossier_of(folder, "d1-groups-1")
    assert (
        "It is 09:00 in the time zone of the seminar, and we end at 09:45." in public["opening"][0]
    )
    assert "This session is for all HERE & NEO, upon registration." in public["opening"]
    assert any("(core participants) only." in line for line in core["opening"])
    assert not any("recorded" in line for d in (public, core) for line in d["opening"])
    assert len(core["checklist"]) > len(public["checklist"]) > 4
    heading = page(public)
    assert "for all HERE &amp; NEO, upon registration" in heading and "everybody" not in heading
    assert not any("$" in line for d in (public, core) for line in [*d["opening"], *d["checklist"]])


@pytest.mark.parametrize(
    ("recorded", "said", "ticked"),
    [
        (None, "", False),
        (
            True,
            "This session is recorded. If you do not want to be seen, keep your camera off.",
            True,
        ),
        (False, "This session is not recorded.", False),
    ],
)
def test_a_recording_is_promised_only_where_it_was_decided(
    folder: SeminarFolder, recorded: bool | None, said: str, ticked: bool
) -> None:
    """M04: in the opening words, and what the moderator ticks; nothing where nobody decided."""
    path = folder.root / "seminar.yml"
    if recorded is not None:
        text = path.read_text("utf-8")
        line = f"    recorded: {str(recorded).lower()}\n"
        path.write_text(
            text.replace("  - id: d1-keynote\n", f"  - id: d1-keynote\n{line}"), "utf-8"
        )
    found = dossier_of(SeminarFolder(folder.root), "d1-keynote")
    assert [each for each in found["opening"] if "recorded" in each] == ([said] if said else [])
    assert any("recording" in line for line in found["checklist"]) is ticked
    assert [each for each in found["opening"] if "irect message" in each] == [
        "Write in the chat to Everyone. The chat is saved. Direct messages are not kept."
    ]


def test_an_organiser_can_change_the_words(folder: SeminarFolder) -> None:
    """M04: and is told the line of a mistake; a dollar sign of their own stays."""
    own = folder.root / "templates" / "brief" / "words.yml"
    own.parent.mkdir(parents=True)
    own.write_text("opening:\n  all: [Welcome to $title for $5 and $nothing]\n")
    assert dossier_of(folder, "d1-keynote")["opening"] == [
        "Welcome to Welcome and keynote for $5 and $nothing"
    ]
    own.write_text("opening:\n  everybody: [Hello]\n")
    with pytest.raises(FileError, match="everybody"):
        read_words(folder)


def test_who_prepared_what(folder: SeminarFolder) -> None:
    """H07"""
    seated(folder, "d1-groups-1", GHENT)
    review = {"watched": "whole", "review_strength": "Plain words.", "review_doubt": "Who pays."}
    given = [sent("case_review", p, review, "ghent") for p in ("GE-2", "MA-2")]
    found = dossier_of(folder, GHENT.id, given)
    owed = {seat["code"]: seat["owes"] for seat in found["seats"]}
    assert "Pre-survey" in owed["GE"] and "Questions" in owed["XK"]
    shown = page(found)
    assert "2 received, 1 of them from people in this room." in shown
    assert "Georgia</strong>" in shown and "Morocco</strong>, not in this room" in shown
    assert "Kosovo* This designation" in shown
    assert "No report yet from" in shown


def test_what_a_group_answered_is_for_its_chair_alone(demo: SeminarFolder) -> None:
    """V05 V02: no count and no word of the survey is on a brief; the chair's sheet has both."""
    paths = list((demo.dossiers / "group").glob("brief-d*-group*.json"))
    assert len(paths) == 11
    for path in paths:
        found = json.loads(path.read_text("utf-8"))
        assert set(found["surveyed"] or {}) <= {"answered", "people"}
    group = demo.seminar.seating["d2-groups"][0]
    page = demo.root / "output" / "chairs" / str(group.chair) / f"{group.id}.html"
    shown = page.read_text("utf-8")
    assert "All countries" in shown and "Only you can read answers" in shown
    assert "[sample]" in shown


def test_the_same_input_gives_the_same_briefs(folder: SeminarFolder) -> None:
    seated(folder, "d1-groups-1", GHENT)
    given = [asks("GE-2", "ghent", "Who pays?"), asks("AM-2", "ghent", "Who pays, and when?")]
    first = {k: Path(p).read_bytes() for k, p in build_dossiers(folder, given).items()}
    again = {k: Path(p).read_bytes() for k, p in build_dossiers(folder, given).items()}
    assert first == again
