"""The microdata of totals: who answered a form, what they picked, which groups they are in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from seminarkit.core.forms.expressions import evaluate, truth
from seminarkit.core.forms.question_kinds import kind_of
from seminarkit.core.forms.shapes import QuestionField, is_question, questions
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.store.submission import Submission
from seminarkit.topics.survey.disclosure.counts import AnsweredQuestion, People

ALL = "all"
Field = QuestionField  # of a closed question


def respondents(
    seminar: Seminar, submissions: Sequence[Submission], form: str, subject: str = ""
) -> dict[str, Submission]:
    """Return the complete submission of each core participant to a form, by person id."""
    return {
        s.person: s
        for s in submissions
        if (s.form, s.subject) == (form, subject) and s.complete and seminar.participant(s.person)
    }


def closed_questions(folder: SeminarFolder, form: str) -> list[Field]:
    """Return the questions of a form that have choices."""
    fields = filter(is_question, questions(folder.forms[form]["fields"]))
    return [field for field in fields if kind_of(field).choices]


def answered_question(field: Field, submissions: Mapping[str, Submission]) -> AnsweredQuestion:
    """Return a closed question with every respondent's picks; "no answer" counts as a choice."""
    choices = tuple(name for name, _ in choices_of(field))
    picked = {
        person: picked_by(version, field) & frozenset(choices)
        for person, version in submissions.items()
    }
    return AnsweredQuestion(choices, _limits_of_picks(field), picked)


def picked_by(submission: Submission, field: Field) -> frozenset[str]:
    """Return the choices that a submission picks in a closed question; no answer is ""."""
    value = submission.answers.get(field["name"]) or ""
    return frozenset(map(str, value) if isinstance(value, list) else [str(value)])


def choices_of(field: Field) -> list[tuple[str, str]]:
    """Return a question's choices with their labels, plus "No answer" where it may be left open."""
    choices = [(name, label) for name, label in field.get("choices", ())]
    may_be_empty = not kind_of(field).several and not _is_required(field)
    return [*choices, ("", "No answer")] if may_be_empty else choices


def people_of(seminar: Seminar, person_ids: Collection[str], by: Collection[str] = ()) -> People:
    """Return the respondents in groups: all of them, and ``by`` region and profile.

    Exact numbers may be published for the group of all respondents only.
    """
    groups = {ALL: frozenset(person_ids)}
    for region in seminar.regions if "region" in by else ():
        groups[f"region {region.id}"] = frozenset(
            person for person in person_ids if seminar.countries[person[:2]].region == region.id
        )
    for profile in seminar.profile_titles if "profile" in by else ():
        groups[f"profile {profile}"] = frozenset(
            person for person in person_ids if _profile(seminar, person) == profile
        )
    non_empty = {name: people for name, people in groups.items() if people}
    delegations: dict[str, set[str]] = {}
    for person in person_ids:
        delegations.setdefault(person[:2], set()).add(person)
    return People(
        non_empty, [frozenset(delegation) for delegation in delegations.values()], frozenset([ALL])
    )


def group_names(seminar: Seminar) -> dict[str, str]:
    """Return the display names of the groups by key."""
    names = {ALL: "All countries"}
    names |= {f"region {region.id}": region.name for region in seminar.regions}
    return names | {f"profile {name}": label for name, label in seminar.profile_titles.items()}


def _limits_of_picks(field: Field) -> tuple[int, int]:
    """Return the least and the most choices that the form lets a person pick."""
    if not kind_of(field).several:
        return 1, 1
    names = [name for name, _ in field["choices"]]
    allowed = [
        number
        for number in range(1, len(names) + 1)
        if "constraint" not in field or truth(evaluate(field["constraint"], {}, names[:number]))
    ]
    return (min(allowed, default=0) if _is_required(field) else 0), max(allowed, default=0)


def _is_required(field: Field) -> bool:
    return bool(field.get("required")) and "relevant" not in field


def _profile(seminar: Seminar, person: str) -> str:
    participant = seminar.participant(person)
    return participant.profile if participant else ""
