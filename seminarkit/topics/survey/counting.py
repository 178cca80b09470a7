"""What is counted for totals: who answered a form, what they picked, in which groups they are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from seminarkit.core.forms.expressions import evaluate, truth
from seminarkit.core.forms.question_kinds import kind_of
from seminarkit.core.forms.shapes import QuestionField, is_question, questions
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.store.submission import Submission
from seminarkit.topics.survey.disclosure.counts import Asked, People

ALL = "all"
Field = QuestionField  # with choices


def respondents(
    seminar: Seminar, submissions: Sequence[Submission], form: str, subject: str = ""
) -> dict[str, Submission]:
    """Return the complete form of each nominated person who sent one, by the person's id."""
    return {
        s.person: s
        for s in submissions
        if (s.form, s.subject) == (form, subject) and s.complete and seminar.participant(s.person)
    }


def closed_questions(folder: SeminarFolder, form: str) -> list[Field]:
    """Return a form's questions that have choices."""
    fields = filter(is_question, questions(folder.forms[form]["fields"]))
    return [field for field in fields if kind_of(field).choices]


def asked(field: Field, given: Mapping[str, Submission]) -> Asked:
    """Return a closed question with what everybody picked; no answer is a choice of its own."""
    choices = tuple(name for name, _ in choices_of(field))
    picked = {
        person: picked_by(version, field) & frozenset(choices) for person, version in given.items()
    }
    return Asked(choices, _each(field), picked)


def picked_by(version: Submission, field: Field) -> frozenset[str]:
    """Return what a version says to a closed question; no answer is an empty word."""
    value = version.answers.get(field["name"]) or ""
    return frozenset(map(str, value) if isinstance(value, list) else [str(value)])


def choices_of(field: Field) -> list[tuple[str, str]]:
    """Return a question's choices with their labels, and no answer where that is one."""
    choices = [(name, label) for name, label in field.get("choices", ())]
    open_ = not kind_of(field).several and not _must(field)
    return [*choices, ("", "No answer")] if open_ else choices


def people_of(seminar: Seminar, given: Collection[str], by: Collection[str] = ()) -> People:
    """Return who answered, also ``by`` region and profile; exact numbers are for all alone."""
    groups = {ALL: frozenset(given)}
    for region in seminar.regions if "region" in by else ():
        groups[f"region {region.id}"] = frozenset(
            person for person in given if seminar.countries[person[:2]].region == region.id
        )
    for profile in seminar.profile_titles if "profile" in by else ():
        groups[f"profile {profile}"] = frozenset(
            person for person in given if _profile(seminar, person) == profile
        )
    there = {name: people for name, people in groups.items() if people}
    delegations: dict[str, set[str]] = {}
    for person in given:
        delegations.setdefault(person[:2], set()).add(person)
    return People(there, [frozenset(d) for d in delegations.values()], frozenset([ALL]))


def group_names(seminar: Seminar) -> dict[str, str]:
    """Return what groups are called, by their key."""
    names = {ALL: "All countries"}
    names |= {f"region {region.id}": region.name for region in seminar.regions}
    return names | {f"profile {name}": label for name, label in seminar.profile_titles.items()}


def _each(field: Field) -> tuple[int, int]:
    """Return how many choices a person may pick, as the form allows it; everybody can read that."""
    if not kind_of(field).several:
        return 1, 1
    names = [name for name, _ in field["choices"]]
    allowed = [
        number
        for number in range(1, len(names) + 1)
        if "constraint" not in field or truth(evaluate(field["constraint"], {}, names[:number]))
    ]
    return (min(allowed, default=0) if _must(field) else 0), max(allowed, default=0)


def _must(field: Field) -> bool:
    return bool(field.get("required")) and "relevant" not in field


def _profile(seminar: Seminar, person: str) -> str:
    participant = seminar.participant(person)
    return participant.profile if participant else ""
