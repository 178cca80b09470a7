"""What organisers and chairs decided on questions: chosen, parked, answered, asked together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.question_decisions import (
    QuestionMarked,
    QuestionOwned,
    QuestionParted,
    QuestionReworded,
    QuestionsJoined,
)
from seminarkit.topics.questions.posted_questions import Question
from seminarkit.topics.questions.question_sessions import next_session, sessions_about
from seminarkit.topics.questions.rewordings import Rewording, by_words, rewordings


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

    ``rewordings`` is what was decided about other words of its questions, or about it together with
    a question whose words are others now.
    """

    questions: tuple[Question, ...]
    standing: Standing = Standing()
    rewordings: tuple[Rewording, ...] = ()

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
    return matters_and_lost(seminar, questions, decisions)[0]


def matters_and_lost(
    seminar: Seminar, questions: Sequence[Question], decisions: Iterable[Decision]
) -> tuple[list[Matter], list[Rewording]]:
    """Return all questions as decided, and what was decided about words that nobody asks now."""
    known = {question.id: question for question in questions}
    bound = by_words(questions, decisions)
    joined = _joined([*known, *bound.gone], bound.log)
    changed = rewordings(questions, bound, joined)
    order = {each: i for i, each in enumerate(known)}
    groups = [tuple(sorted(joined[each] & known.keys(), key=order.__getitem__)) for each in known]
    found = []
    for ids in dict.fromkeys(groups):
        together = tuple(known[each] for each in ids)
        standing = _standing(seminar, together, joined[ids[0]], bound.log)
        about = [r for r in changed if {r.question, *r.partners} & set(ids)]
        found.append(Matter(together, standing, tuple(about)))
    return found, [each for each in changed if not each.question]


def _joined(nodes: Collection[str], log: Sequence[Decision]) -> dict[str, set[str]]:
    """Return for each question, and each that is gone, what is asked together with it.

    It is a set without a head: where the words of one are gone, the others stay together.
    """
    joined: dict[str, set[str]] = {each: {each} for each in nodes}
    for each in log:
        if isinstance(each, QuestionsJoined | QuestionReworded):
            holds = isinstance(each, QuestionsJoined) or each.holds
            if holds and {each.question, each.other} <= joined.keys():
                union = joined[each.question] | joined[each.other]
                for member in union:
                    joined[member] = union
        elif isinstance(each, QuestionParted) and each.question in joined:
            joined[each.question].discard(each.question)
            joined[each.question] = {each.question}
    return joined


def _standing(
    seminar: Seminar,
    together: Sequence[Question],
    members: Collection[str],
    log: Sequence[Decision],
) -> Standing:
    """Return how a matter stands, by what was decided on any of its members, also on one gone."""
    known = {question.id: question for question in together}
    standing = Standing()
    for each in log:
        if isinstance(each, QuestionMarked) and each.question in members:
            about = known.get(each.question, together[0]).about
            session = each.session or next(iter(sessions_about(seminar, about)), "")
            to = each.to
            if each.mark == "parked" and not to:
                to = next_session(seminar, about, session)
            standing = Standing(each.mark, each.text, session, to, standing.owner, each.question)
        elif isinstance(each, QuestionOwned) and each.question in members:
            standing = replace(standing, owner=each.owner)
    return standing
