"""Find unknown answers, choices and wishes in the settings for discussion groups."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from seminarkit.core.errors import did_you_mean
from seminarkit.core.forms.shapes import AnswerField, CompiledForm, choices_of, questions
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.session_kinds import kind_of
from seminarkit.core.seminar.sessions import Seats, Session
from seminarkit.core.yaml.yaml_file import Loc

ATTENDANCE = ("yes", "no")  # the choices of a question on attendance

Problem = tuple[Loc, str]


def seat_problems(seminar: Seminar, forms: Mapping[str, CompiledForm]) -> Iterator[Problem]:
    """Yield location and message of each unknown answer or impossible wish."""
    for number, session in enumerate(seminar.sessions):
        at: Loc = ("sessions", number)
        if session.seats:
            yield from _seats(at, session, session.seats, forms)
        elif session.groups:
            yield (
                (*at, "groups"),
                f"session '{session.id}' has groups but no seats:, so nobody is put into them; "
                "write seats: {size: [5, 20]}.",
            )
        if session.seats and not (session.groups or session.cases):
            yield from _seats_without_groups(seminar, (*at, "seats"), session)


def _seats_without_groups(seminar: Seminar, at: Loc, session: Session) -> Iterator[Problem]:
    before = seminar.sessions[: seminar.sessions.index(session)]
    with_cases = [earlier for earlier in before if earlier.kind == session.kind and earlier.cases]
    if kind_of(seminar, session).groups != "cases" or not with_cases:
        yield at, f"session '{session.id}' has seats, but neither groups: nor cases:."


def _seats(
    at: Loc, session: Session, seats: Seats, forms: Mapping[str, CompiledForm]
) -> Iterator[Problem]:
    fields: dict[str, AnswerField | None] = {}
    places = [((*at, "seats", "comes"), seats.comes)] if seats.comes else []
    places += [((*at, "seats", "wishes", i), wish) for i, wish in enumerate(seats.wishes)]
    for loc, answer in places:
        field, problem = _question_or_error(answer, forms)
        fields[answer] = field
        if problem:
            yield loc, problem
    if seats.registration == "required" and not seats.comes:
        yield (
            (*at, "seats", "registration"),
            f"session '{session.id}' requires registration, but comes: names no answer.",
        )
    field = fields.get(seats.comes or "")
    if field and (missing := [name for name in ATTENDANCE if name not in _choices(field)]):
        yield (
            (*at, "seats", "comes"),
            f"'{seats.comes}' asks who attends, but has no choice named '{missing[0]}'; "
            f"its choices are: {', '.join(_choices(field)) or 'none'}.",
        )
    wishes = {name for answer in seats.wishes if (f := fields[answer]) for name in _choices(f)}
    if wishes:
        yield from _impossible_wishes(at, session, wishes)


def _impossible_wishes(at: Loc, session: Session, wishes: Collection[str]) -> Iterator[Problem]:
    for number, group in enumerate(session.groups):
        if group.wished_as and group.wished_as not in wishes:
            hint = did_you_mean(group.wished_as, wishes)
            yield (
                (*at, "groups", number, "wished_as"),
                f"'{group.wished_as}' is not one of the choices that people can wish for.{hint}",
            )
    for number, case in enumerate(session.cases if not session.groups else ()):
        if case not in wishes:
            hint = did_you_mean(case, wishes)
            yield (*at, "cases", number), f"nobody can wish for the case study '{case}'.{hint}"


def _question_or_error(
    answer: str, forms: Mapping[str, CompiledForm]
) -> tuple[AnswerField | None, str]:
    name, dot, question = answer.partition(".")
    if not dot or not question:
        return None, f"'{answer}' is not an answer; write it as form.question."
    if name not in forms:
        return None, f"the form '{name}' is not in tasks:{did_you_mean(name, forms)}"
    fields = {field["name"]: field for field in questions(forms[name]["fields"])}
    if question not in fields:
        hint = did_you_mean(question, fields)
        return None, f"the form '{name}' has no question '{question}'.{hint}"
    if fields[question]["type"] != "select_one":
        return None, f"'{answer}' does not ask for one choice; its type must be select_one."
    return fields[question], ""


def _choices(field: AnswerField) -> list[str]:
    return [name for name, _ in choices_of(field)]
