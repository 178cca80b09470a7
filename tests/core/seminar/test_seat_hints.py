"""Does each question that decides a seat say that the seat can show the answer?"""

from __future__ import annotations

from seminarkit.core.forms.shapes import questions
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.seat_hints import ATTENDANCE_HINT, GROUP_HINT, seat_questions
from seminarkit.topics.packs.personal_form import form_for


def test_every_question_that_decides_a_seat_says_so(kit: SeminarFolder) -> None:
    """O25 P11: each that a `seats` rule names, in the form as all hosts get it, and no other."""
    named = {
        tuple(place.split("."))
        for session in kit.seminar.sessions
        if session.seats
        for place in session.seats.answers
    }
    assert ("pre_survey", "day2_group") in named and ("registration", "first_case") in named
    asked = {(form, name) for form, found in seat_questions(kit.seminar).items() for name in found}
    assert asked == named
    for form in ("pre_survey", "registration", "learning_check"):
        for field in questions(form_for(kit, form, "GE-2", *_subject(form))["fields"]):
            says = any(words in field.get("hint", "") for words in (GROUP_HINT, ATTENDANCE_HINT))
            assert says == ((form, field["name"]) in named), (form, field["name"])


def test_a_rule_that_is_changed_changes_the_forms(folder: SeminarFolder) -> None:
    """O25: the sentence is made from the rule in seminar.yml."""
    path = folder.root / "seminar.yml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("wishes: [pre_survey.day2_group]", "wishes: [pre_survey.trust]"))
    hints = {f["name"]: f.get("hint", "") for f in folder.forms["pre_survey"]["fields"]}
    assert GROUP_HINT in hints["trust"] and GROUP_HINT not in hints["day2_group"]


def _subject(form: str) -> tuple[str, ...]:
    return ("before",) if form == "learning_check" else ()
