"""Facts on a group's note sheet: its people, their questions, and their reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from seminarkit.core.forms.answers import is_blank, relevant_fields
from seminarkit.core.forms.bundle import answer_text
from seminarkit.core.forms.shapes import CompiledForm, KnownLine, is_question
from seminarkit.core.seminar.clock import session_words
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.sessions import DiscussionGroup, Session
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.audience import signed
from seminarkit.core.submissions.merged_report import counted_submissions
from seminarkit.topics.questions.marks import matters
from seminarkit.topics.questions.posted_questions import posted_ahead
from seminarkit.topics.questions.words_then import question_decisions

MOST_OFFERED = 5  # questions offered to be ticked
_FIRST = {"chosen": 0, "answered": 2}  # open and parked ones are in between (1)
MOST_WORDS = 60  # per quotation; the country's page has the full answer


def group_lines(
    folder: SeminarFolder, group: str, fill: str, received: Sequence[Submission]
) -> list[KnownLine]:
    """Return the lines below a note of a group's sheet, by the kind ``fill``.

    ``group`` is the id of a decided group.
    """
    place = folder.seminar.group(group)
    assert place, group
    session, discussion_group = place
    if fill in ("group_questions", "group_five"):
        questions = _questions(folder, session, discussion_group, received)
        offered = questions[:MOST_OFFERED] if fill == "group_five" else questions
        return [
            {"text": f"{code}: {words}", "code": code, "links": []} for code, words in offered
        ] or [{"text": "None of them has asked yet.", "links": []}]
    if fill == "group":
        lines = _people(folder, session, discussion_group)
    else:
        lines = _reports(folder, discussion_group, received)
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
    """Return the members' questions as (code, text), chosen ones and the group's topic first."""
    own_topics = (group.case, session.id)
    rows = [
        (
            _FIRST.get(matter.standing.mark, 1),
            question.about not in own_topics,
            question.id,
            question.text,
        )
        for matter in matters(folder.seminar, posted_ahead(received), question_decisions(folder))
        for question in matter.questions
        if matter.asks and question.person in group.people
    ]
    return [(code, words) for _, _, code, words in sorted(rows)]


def _reports(
    folder: SeminarFolder, group: DiscussionGroup, received: Sequence[Submission]
) -> Iterator[str]:
    """Yield the quoted answers of the members' country reports, by country."""
    forms = [folder.forms[t.form] for t in folder.seminar.tasks if t.per == "delegation"]
    for code in dict.fromkeys(person[:2] for person in group.people):
        country_submissions = [s for s in received if s.country == code]
        for form in forms:
            for submission in counted_submissions(country_submissions, form["form"])[:1]:
                yield from _quotations(folder, form, submission)


def _quotations(folder: SeminarFolder, form: CompiledForm, submission: Submission) -> Iterator[str]:
    by = signed(folder.seminar, submission.person, "core")
    for field in relevant_fields(form["fields"], submission.answers):
        value = submission.answers.get(field["name"])
        if is_question(field) and field.get("quoted") and not is_blank(value):
            words = answer_text(field, value).split()
            ellipsis = " …" if len(words) > MOST_WORDS else ""
            quotation = f"{' '.join(words[:MOST_WORDS])}{ellipsis}"
            yield f"{submission.country}, {field['label']}: “{quotation}” ({by})"
