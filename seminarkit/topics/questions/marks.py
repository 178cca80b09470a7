"""Decisions of organisers and chairs on questions: marked, owned, or asked together."""

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
from seminarkit.topics.questions.rewordings import Rewording, bind_by_wording, rewordings


@dataclass(frozen=True)
class MatterState:
    """The decisions on a matter.

    ``session`` is where it was marked, ``to`` the session it is carried to.
    """

    mark: str = "open"
    text: str = ""
    session: str = ""
    to: str = ""
    owner: str = ""
    by: str = ""  # the question that was marked


@dataclass(frozen=True)
class Matter:
    """A question, with the questions that are asked together with it, and the decisions on it.

    ``rewordings`` are decisions about former words of its questions, or about it together with a
    question that has been reworded since.
    """

    questions: tuple[Question, ...]
    standing: MatterState = MatterState()
    rewordings: tuple[Rewording, ...] = ()

    @property
    def lead(self) -> Question:
        """The first question, which represents the matter."""
        return self.questions[0]

    @property
    def countries(self) -> set[str]:
        """The countries that ask; the audience of a chat counts as one more, without a name."""
        return {question.country for question in self.questions}

    @property
    def reactions(self) -> int:
        """The number of reactions in the chat."""
        return sum(question.reactions for question in self.questions)

    @property
    def asks(self) -> bool:
        """Whether it is a question: by its own signs, or because a person marked it as one."""
        if self.standing.mark == "no question":
            return False
        return bool(self.standing.by) or any(question.asks for question in self.questions)


def matters(
    seminar: Seminar, questions: Sequence[Question], decisions: Iterable[Decision]
) -> list[Matter]:
    """Return all matters with the decisions on them, in the order of their first questions."""
    return matters_and_lost(seminar, questions, decisions)[0]


def matters_and_lost(
    seminar: Seminar, questions: Sequence[Question], decisions: Iterable[Decision]
) -> tuple[list[Matter], list[Rewording]]:
    """Return all matters, and the decisions about words that no question has any more."""
    by_id = {question.id: question for question in questions}
    bound = bind_by_wording(questions, decisions)
    joined = _joined([*by_id, *bound.lost], bound.log)
    all_rewordings = rewordings(questions, bound, joined)
    order = {id_: i for i, id_ in enumerate(by_id)}
    groups = [tuple(sorted(joined[id_] & by_id.keys(), key=order.__getitem__)) for id_ in by_id]
    result = []
    for ids in dict.fromkeys(groups):
        questions_of_matter = tuple(by_id[id_] for id_ in ids)
        standing = _standing(seminar, questions_of_matter, joined[ids[0]], bound.log)
        about = [
            rewording
            for rewording in all_rewordings
            if {rewording.question, *rewording.partners} & set(ids)
        ]
        result.append(Matter(questions_of_matter, standing, tuple(about)))
    return result, [rewording for rewording in all_rewordings if not rewording.question]


def _joined(nodes: Collection[str], log: Sequence[Decision]) -> dict[str, set[str]]:
    """Return for each question, also lost ones, the set of those asked together with it.

    The set has no head: if the wording of one is lost, the others stay together.
    """
    joined: dict[str, set[str]] = {node: {node} for node in nodes}
    for decision in log:
        if isinstance(decision, QuestionsJoined | QuestionReworded):
            holds = isinstance(decision, QuestionsJoined) or decision.holds
            if holds and {decision.question, decision.other} <= joined.keys():
                union = joined[decision.question] | joined[decision.other]
                for member in union:
                    joined[member] = union
        elif isinstance(decision, QuestionParted) and decision.question in joined:
            joined[decision.question].discard(decision.question)
            joined[decision.question] = {decision.question}
    return joined


def _standing(
    seminar: Seminar,
    questions: Sequence[Question],
    members: Collection[str],
    log: Sequence[Decision],
) -> MatterState:
    """Return the decisions on a matter, from those on any of its members, also lost ones."""
    by_id = {question.id: question for question in questions}
    standing = MatterState()
    for decision in log:
        if isinstance(decision, QuestionMarked) and decision.question in members:
            about = by_id.get(decision.question, questions[0]).about
            session = decision.session or next(iter(sessions_about(seminar, about)), "")
            to = decision.to
            if decision.mark == "parked" and not to:
                to = next_session(seminar, about, session)
            standing = MatterState(
                decision.mark, decision.text, session, to, standing.owner, decision.question
            )
        elif isinstance(decision, QuestionOwned) and decision.question in members:
            standing = replace(standing, owner=decision.owner)
    return standing
