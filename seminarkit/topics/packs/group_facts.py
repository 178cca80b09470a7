"""What the note sheet of a group shows: who sits in it, their questions, their reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from seminarkit.core.forms.answers import is_blank, relevant_fields
from seminarkit.core.forms.bundle import shown
from seminarkit.core.forms.shapes import CompiledForm, KnownLine, is_question
from seminarkit.core.seminar.clock import session_words
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.sessions import DiscussionGroup, Session
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.audience import signed
from seminarkit.core.submissions.merged_report import counted
from seminarkit.topics.questions.marks import matters
from seminarkit.topics.questions.posted_questions import posted_ahead
from seminarkit.topics.questions.words_then import question_decisions

FIVE = 5  # questions that are offered to be ticked
_FIRST = {"chosen": 0, "answered": 2}  # what is open or parked lies between
MOST_WORDS = 60  # of one quotation; the whole answer stands on the country's page


def group_lines(
    folder: SeminarFolder, group: str, fill: str, received: Sequence[Submission]
) -> list[KnownLine]:
    """Return the lines below a note of a group's sheet; ``fill`` says of which kind.

    ``group`` is the id of a group that was decided.
    """
    found = folder.seminar.group(group)
    assert found, group
    session, decided = found
    if fill in ("group_questions", "group_five"):
        asked = _questions(folder, session, decided, received)
        shown = asked[:FIVE] if fill == "group_five" else asked
        return [
            {"text": f"{code}: {words}", "code": code, "links": []} for code, words in shown
        ] or [{"text": "None of them has asked yet.", "links": []}]
    people = fill == "group"
    lines = _people(folder, session, decided) if people else _reports(folder, decided, received)
    return [{"text": text, "links": []} for text in lines]


def _people(folder: SeminarFolder, session: Session, group: DiscussionGroup) -> Iterator[str]:
    seminar = folder.seminar
    yield f"{group.title}; {session_words(seminar, session, '')}"
    for seat, person in group.led_by.items():
        yield f"{seat.capitalize()}: {seminar.people[person].name}"
    names = [
        f"{person[:2]} {participant.name}"
        for person in group.people
        if (participant := seminar.participant(person))
    ]
    yield f"{len(names)} people: {'; '.join(sorted(names))}"


def _questions(
    folder: SeminarFolder, session: Session, group: DiscussionGroup, received: Sequence[Submission]
) -> list[tuple[str, str]]:
    """Return the questions of the group's members by code: chosen ones, then on its own matter."""
    own = (group.case, session.id)
    found = [
        (_FIRST.get(matter.standing.mark, 1), question.about not in own, question.id, question.text)
        for matter in matters(folder.seminar, posted_ahead(received), question_decisions(folder))
        for question in matter.questions
        if matter.asks and question.person in group.people
    ]
    return [(code, words) for _, _, code, words in sorted(found)]


def _reports(
    folder: SeminarFolder, group: DiscussionGroup, received: Sequence[Submission]
) -> Iterator[str]:
    """Yield, country by country, what its members' reports say in words."""
    forms = [folder.forms[t.form] for t in folder.seminar.tasks if t.per == "delegation"]
    for code in dict.fromkeys(person[:2] for person in group.people):
        mine = [s for s in received if s.country == code]
        for form in forms:
            for submission in counted(mine, form["form"])[:1]:
                yield from _quotations(folder, form, submission)


def _quotations(folder: SeminarFolder, form: CompiledForm, submission: Submission) -> Iterator[str]:
    by = signed(folder.seminar, submission.person, "core")
    for field in relevant_fields(form["fields"], submission.answers):
        value = submission.answers.get(field["name"])
        if is_question(field) and field.get("quoted") and not is_blank(value):
            words = shown(field, value).split()
            cut = " …" if len(words) > MOST_WORDS else ""
            quotation = f"{' '.join(words[:MOST_WORDS])}{cut}"
            yield f"{submission.country}, {field['label']}: “{quotation}” ({by})"
