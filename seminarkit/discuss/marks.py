"""What organisers and chairs decided on questions: chosen, parked, answered, asked together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from seminarkit.discuss.places import next_session, sessions_about
from seminarkit.discuss.questions import Question
from seminarkit.seminar.decision import Decision
from seminarkit.seminar.discussed import (
    QuestionMarked,
    QuestionOwned,
    QuestionParted,
    QuestionsJoined,
)
from seminarkit.seminar.model import Seminar


@dataclass(frozen=True)
class Standing:
    """How a matter stands. ``session`` is where it was marked, ``to`` where it is carried to."""

    mark: str = "open"
    text: str = ""
    session: str = ""
    to: str = ""
    owner: str = ""
    by: str = ""  # the question that was marked


@dataclass(frozen=True)
class Matter:
    """A question, with those that a person decided are asked together with it, and its standing.

    ``reworded`` names the questions whose words are others than when they were marked.
    """

    questions: tuple[Question, ...]
    standing: Standing = Standing()
    reworded: tuple[str, ...] = ()

    @property
    def lead(self) -> Question:
        """The question that stands for all."""
        return self.questions[0]

    @property
    def countries(self) -> set[str]:
        """Whose question it is; the audience of a chat counts as one more, without a name."""
        return {question.country for question in self.questions}

    @property
    def reactions(self) -> int:
        """How many reactions they have got in the chat."""
        return sum(question.reactions for question in self.questions)

    @property
    def asks(self) -> bool:
        """Whether it is a question: by its own signs, or since a person marked it as one."""
        if self.standing.mark == "no question":
            return False
        return bool(self.standing.by) or any(question.asks for question in self.questions)


def matters(
    seminar: Seminar, questions: Sequence[Question], decisions: Iterable[Decision]
) -> list[Matter]:
    """Return all questions as decided, those asked together as one, in the order of the first."""
    log = list(decisions)
    known = {question.id: question for question in questions}
    groups = _groups(known, log)
    found = []
    for ids in dict.fromkeys(groups[each] for each in known):
        together = tuple(known[each] for each in ids)
        standing = _standing(seminar, together, log)
        found.append(Matter(together, standing, tuple(_reworded(together, log))))
    return found


def lost_marks(questions: Sequence[Question], decisions: Iterable[Decision]) -> list[str]:
    """Return the ids that were marked and are no question any more: a newer form lacks them."""
    known = {question.id for question in questions}
    marked = [each.question for each in decisions if isinstance(each, QuestionMarked)]
    return sorted({each for each in marked if each not in known})


def _groups(known: Collection[str], log: Sequence[Decision]) -> dict[str, tuple[str, ...]]:
    """Return for each question the ids that are asked together with it, itself among them."""
    joined: dict[str, set[str]] = {each: {each} for each in known}
    for each in log:
        if isinstance(each, QuestionsJoined) and {each.question, each.other} <= joined.keys():
            union = joined[each.question] | joined[each.other]
            for member in union:
                joined[member] = union
        elif isinstance(each, QuestionParted) and each.question in joined:
            joined[each.question].discard(each.question)
            joined[each.question] = {each.question}
    order = {each: i for i, each in enumerate(known)}
    return {each: tuple(sorted(group, key=order.__getitem__)) for each, group in joined.items()}


def _standing(seminar: Seminar, together: Sequence[Question], log: Sequence[Decision]) -> Standing:
    known = {question.id: question for question in together}
    standing = Standing()
    for each in log:
        if isinstance(each, QuestionMarked) and each.question in known:
            about = known[each.question].about
            session = each.session or next(iter(sessions_about(seminar, about)), "")
            to = each.to
            if each.mark == "parked" and not to:
                to = next_session(seminar, about, session)
            standing = Standing(each.mark, each.text, session, to, standing.owner, each.question)
        elif isinstance(each, QuestionOwned) and each.question in known:
            standing = replace(standing, owner=each.owner)
    return standing


def _reworded(together: Sequence[Question], log: Sequence[Decision]) -> list[str]:
    """A mark is tied to a row of a form: say so where that row now asks something else."""
    asked = {each.question: each.asked for each in log if isinstance(each, QuestionMarked)}
    return [q.id for q in together if q.id in asked and asked[q.id] != q.text]
