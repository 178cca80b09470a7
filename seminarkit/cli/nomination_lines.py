"""Texts about a nomination: the people, the changes, and the obstacles."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.seminar_today import applied
from seminarkit.core.store.read_store import submissions
from seminarkit.topics.progress.nominations import FORM, Leaver, Nomination, leaver_of
from seminarkit.topics.progress.nominees import Question, ids_of
from seminarkit.topics.progress.parallel_nominations import nominations_of


def details(seminar: Seminar, nomination: Nomination) -> Iterator[str]:
    """Yield the lines that show a nomination."""
    yield f"{seminar.display_name(nomination.country)}, receipt {nomination.receipt}"
    new = {person.id for person in nomination.comes}
    changed = {change.person.id: change for change in nomination.changes}
    for person in nomination.people:
        facts = ", ".join(filter(None, [person.profile, person.function, person.email]))
        mark = "back" if person.id in nomination.back else "new"
        yield f"  {person.id:<6} {person.name} ({facts}){f'  {mark}' if person.id in new else ''}"
        if change := changed.get(person.id):
            for before, after in change.words:
                yield f"         now {after or 'nothing'}, before {before or 'nothing'}"
    for leaver in nomination.leavers:
        yield f"  {leaver.person.id:<6} {leaver.person.name} leaves; {_stays(leaver)}"
    if nomination.passes_over:
        yield f"  Attention: {_passes_over(nomination)}"
    for problem in nomination.problems:
        yield f"  Attention: {problem}"
    for question in nomination.questions:
        yield f"  Question: {question_words(question)}"
        yield from (f"    {line}" for line in how_to_answer(nomination.country, question))
    if nomination.undone:
        yield "  It was taken before, and then taken back."
    if nomination.problems:
        yield f"  You can write to its NEO: {mail_to_neo(seminar, nomination)}"


def of_new_nominations(folder: SeminarFolder, arrivals: Collection[int]) -> Iterator[str]:
    """Yield the problems of nominations in these arrivals, each with a text for the NEO."""
    received = submissions(folder.database)
    new = {s.country for s in received if s.form == FORM and s.arrival in arrivals}
    if not new:
        return
    for nomination in nominations_of(folder, received):
        if nomination.country in new and nomination.problems:
            name = folder.seminar.in_text(nomination.country)
            problems = " ".join(nomination.problems)
            yield f"Attention: the nomination of {name} breaks the rule. {problems}"
            yield f"    You can write to its NEO: {mail_to_neo(folder.seminar, nomination)}"


def question_words(question: Question) -> str:
    """Return the question to the organiser about a new person who resembles a known one."""
    return (
        f"is {question.new} “{question.row.name}” the same as {question.known.id} "
        f"“{question.known.name}”? ({question.why[0].upper()}{question.why[1:]}.)"
    )


def how_to_answer(country: str, question: Question) -> tuple[str, str]:
    """Return the two commands that answer a question."""
    return (
        f"if so: seminar nominate {country} --same {question.new}={question.known.id}",
        f"if not: seminar nominate {country} --new {question.new}",
    )


def mail_to_neo(seminar: Seminar, nomination: Nomination) -> str:
    """Return a text for the NEO whose nomination breaks the rule."""
    rule = seminar.delegation
    office = f", one of them from your {rule.must_include.upper()}" if rule.must_include else ""
    return (
        f"“Thank you for the nomination of {seminar.in_text(nomination.country)}. We ask for "
        f"{rule.size} people{office}, and each person once. {' '.join(nomination.problems)} Please "
        "change the form and send it again.”"
    )


def obstacles(seminar: Seminar, nomination: Nomination, *, anyway: bool) -> Iterator[str]:
    """Yield the reasons why a nomination cannot be taken, each with what to do."""
    name, code = seminar.display_name(nomination.country), nomination.country
    for question in nomination.questions:
        yes, no = how_to_answer(code, question)
        yield f"{name}: {question_words(question)} {yes}, {no}."
    if len(nomination.questions) > 1:
        yield f"{name}: answer these {len(nomination.questions)} questions in one command."
    if anyway:
        return
    if nomination.problems:
        yield (
            f"The nomination of {seminar.in_text(code)} breaks the rule. "
            f"{' '.join(nomination.problems)} "
            "Ask its NEO for a new form, or take it as it is: --anyway"
        )
    for leaver in nomination.losing:
        yield losing_words(name, leaver)
    if nomination.passes_over:
        advice = f"{_passes_over(nomination)} Ask its NEO."
        yield f"{name}: {advice} If {nomination.receipt} is right: --anyway"


def losing_after(
    folder: SeminarFolder, codes: Iterable[str], decisions: Iterable[Decision]
) -> Iterator[str]:
    """Yield a warning per person with submissions who would leave under these decisions."""
    again, received = applied(folder.written, decisions), None
    for code in codes:
        stay = ids_of(again.delegations.get(code, []))
        for person in folder.seminar.delegations.get(code, []):
            if person.id not in stay:
                received = received or submissions(folder.database)
                leaver = leaver_of(folder.seminar, person, received)
                if leaver.sent:
                    yield losing_words(folder.seminar.display_name(code), leaver)


def losing_words(name: str, leaver: Leaver) -> str:
    """Return the warning that a person with submissions would leave."""
    return (
        f"{name}: {leaver.person.id} {leaver.person.name} would leave, but has sent something; "
        f"{_stays(leaver)}. If that is right: --anyway"
    )


def _passes_over(nomination: Nomination) -> str:
    return (
        f"{nomination.receipt} was not made from {nomination.beside}, which is in force, and names "
        "other people. Perhaps it was written on another computer."
    )


def nomination_json(nomination: Nomination) -> dict[str, object]:
    """Return a nomination for other programs."""
    return {
        "country": nomination.country,
        "receipt": nomination.receipt,
        "people": [person.model_dump() for person in nomination.people],
        "problems": list(nomination.problems),
        "comes": [person.id for person in nomination.comes],
        "leaves": [person.id for person in nomination.leaves],
        "changes": [change.person.id for change in nomination.changes],
        "questions": [
            {"new": q.new, "name": q.row.name, "known": q.known.id, "why": q.why}
            for q in nomination.questions
        ],
        "lost": {leaver.person.id: list(leaver.lost) for leaver in nomination.leavers},
        "undone": nomination.undone,
        "beside": nomination.beside,
        "back": [person.id for person in nomination.comes if person.id in nomination.back],
    }


def _stays(leaver: Leaver) -> str:
    """Return which submissions of a leaver still count and which do not."""
    kept = [title for title in leaver.sent if title not in leaver.lost]
    words = []
    if leaver.lost:
        words.append(f"this no longer counts: {', '.join(leaver.lost)}")
    if kept:
        words.append(f"this still counts for the delegation: {', '.join(kept)}")
    return "; ".join(words) or "has sent nothing"
