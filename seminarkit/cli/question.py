"""``seminar question``."""

from __future__ import annotations

import click

from seminarkit.cli.decide_locked import deciding
from seminarkit.cli.earlier_decisions import earlier_decision_words, replaced
from seminarkit.cli.options import dry_run_option, plural, with_folder
from seminarkit.cli.rewording_lines import lost_questions, settled, words_of
from seminarkit.core.errors import UsageError, did_you_mean
from seminarkit.core.seminar.clock import now
from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.question_decisions import (
    QuestionMarked,
    QuestionOwned,
    QuestionParted,
    QuestionPublished,
    QuestionsJoined,
)
from seminarkit.core.shown_names import shown_name
from seminarkit.core.store.read_store import submissions
from seminarkit.topics.questions.discussion import Discussion, discussion
from seminarkit.topics.questions.identifying_words import identifying_parts
from seminarkit.topics.questions.posted_questions import Question
from seminarkit.topics.questions.public_questions import NAME_REMOVED, shown_names, without_names


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--chosen", "mark", flag_value="chosen", help="It is to be taken up.")
@click.option("--parked", "mark", flag_value="parked", help="It waits for the next session.")
@click.option("--open", "mark", flag_value="open", help="Treat it as if it had not been marked.")
@click.option(
    "--no-question", "mark", flag_value="no question", help="It is a line that asks nothing."
)
@click.option("--answered", metavar="WORDS", help="It was answered, in these words.")
@click.option(
    "--in", "session", metavar="SESSION", help="In which session that was [its first session]."
)
@click.option(
    "--to", metavar="SESSION", help="The session a parked question goes to [the next for it]."
)
@click.option("--owner", metavar="NAME", help="Who makes sure that it is answered.")
@click.option("--same-as", "other", metavar="ID", help="Ask it together with this one.")
@click.option(
    "--publish", is_flag=True, help="For a question from a public chat: show it to the public."
)
@click.option("--words", metavar="TEXT", help="With --publish: show it in these words.")
@click.option(
    "--withhold",
    is_flag=True,
    help="For a question from a public chat: never show it to the public.",
)
@click.option("--apart", is_flag=True, help="Ask it by itself again.")
@click.option(
    "--confirm", is_flag=True, help="What was decided about its old words holds for the new ones."
)
@dry_run_option
@with_folder
def command(
    folder: SeminarFolder,
    ids: tuple[str, ...],
    mark: str | None,
    answered: str | None,
    session: str | None,
    to: str | None,
    owner: str | None,
    other: str | None,
    publish: bool,
    words: str | None,
    withhold: bool,
    apart: bool,
    confirm: bool,
    dry_run: bool,
) -> None:
    """Decide what happens to a question; the decision is noted in the log.

    Where a case is discussed again, the next chair sees what the chair before decided. A parked
    question goes to the next session on the same case, or else to the next session of the same
    people. If the audience asked it in a public session's chat, your words in --answered are shown
    on the public page. If such a question may reveal who asked it (part of a name, a place, a
    number, a handle), it is not published until you say --publish, with other --words if needed.
    Or say --withhold.

    A decision is about words. When a question is sent again in other words, what was decided about
    the old words is shown next to it until you say --confirm (it holds for the new words too) or
    --open (it does not). If only capitals, spaces, quotation marks or other punctuation change, it
    still has the same words.

    \b
    Example:
      seminar question GE-2-q1 KZ-1-q2 --chosen
      seminar question GE-2-q1 --parked --in d1-groups-1
      seminar question GE-2-q1 --same-as AM-3-q2
      seminar question GE-2-q1 --confirm
      seminar question d1-keynote-ck7f3m --owner "SPHERE Team"
      seminar question d1-keynote-ck7f3m --answered "Yes: from spring, on the portal."
      seminar question d1-keynote-ck7f3m --publish --words "Who pays for such a course?"
    """
    mark = _mark(mark, answered, to)
    if not (mark or owner or other or apart or publish or withhold or words or confirm):
        raise UsageError("Say what to do with it, such as --chosen. See: seminar question --help")
    if confirm and mark == "open":
        raise UsageError(
            "Use either --confirm or --open: the earlier decision holds, or it does not."
        )
    _check_publishing(ids, publish, words, withhold)
    for given in filter(None, (session, to)):
        _check_session(folder, given)
    with deciding(folder, dry_run) as present:
        received = submissions(present.database)
        found = discussion(present, received)
        known = {old: question for question in found.questions for old in question.former}
        known |= {question.id: question for question in found.questions}
        if mark == "open":
            known = {**lost_questions(found), **known}
        questions = [_known(code, known) for code in ids]
        same = _known(other, known) if other else None
        if same and same in questions:
            raise UsageError(f"{same.id} cannot be asked together with itself.")
        decisions: list[Decision] = []
        moment = now()
        for q in questions:
            if confirm or mark == "open":
                decisions += settled(found, q, holds=confirm, at=moment)
            if apart:
                decisions.append(QuestionParted(q.id, words_of(q), at=moment))
            if same:
                pair = (q.id, same.id, words_of(q), words_of(same))
                decisions.append(QuestionsJoined(*pair, at=moment))
            if mark:
                where = (mark, session or "", to or "", answered or "")
                decisions.append(QuestionMarked(q.id, q.person, q.text, *where, at=moment))
            if publish or withhold:
                _check_chat(q)
                shown = (q.text, publish, words or "")
                decisions.append(QuestionPublished(q.id, *shown, at=moment))
            if owner:
                decisions.append(QuestionOwned(q.id, q.person, owner, words_of(q), at=moment))
        earlier = {q.id: _earlier(present, found, q, decisions) for q in questions}
        if dry_run:
            names = ", ".join(q.id for q in questions)
            click.echo(f"{plural(len(decisions), 'decision')} would be noted on {names}.")
            return
        present.decisions.add(decisions)
    after = discussion(SeminarFolder(folder.root), received)
    for question in questions:
        click.echo(_outcome_line(after, question.id))
        for item in earlier[question.id]:
            click.echo(f"  {earlier_decision_words(item, moment)}")
        if publish and (pieces := _tells(folder, after, question, words)):
            click.echo(
                f"Attention: it contains {', '.join(pieces)}. To publish it without, use --words."
            )
    click.echo("Next: seminar report, seminar publish")


def _earlier(
    folder: SeminarFolder, found: Discussion, question: Question, new: list[Decision]
) -> list[Decision]:
    """Return the replaced decisions on a question, or on one joined with it."""
    matter = found.find(question.id)
    together = [
        asked_question
        for asked_question in (matter.questions if matter else ())
        if asked_question != question
    ]
    alike = {old for item in (question, *together) for old in (item.id, *item.former)}
    mine = [item for item in new if getattr(item, "question", "") == question.id]
    before = [replaced(folder.decisions, item, alike) for item in mine]
    return [item for item in before if item]


def _mark(mark: str | None, answered: str | None, to: str | None) -> str | None:
    if answered is not None and mark:
        raise UsageError(f"Use either --{mark.replace(' ', '-')} or --answered, not both.")
    if to and mark != "parked":
        raise UsageError("--to says where a parked question goes. Use it with --parked.")
    return mark if answered is None else "answered"


def _check_publishing(
    ids: tuple[str, ...], publish: bool, words: str | None, withhold: bool
) -> None:
    if publish and withhold:
        raise UsageError("Use either --publish or --withhold, not both.")
    if words is not None and not publish:
        raise UsageError("--words is what the public reads. Use it with --publish.")
    if words is not None and (len(ids) > 1 or not words.strip()):
        raise UsageError("--words is for one question, and must not be empty.")


def _check_chat(question: Question) -> None:
    if not question.from_chat:
        raise UsageError(
            f"{question.id} was asked in advance, for core participants. It is never public."
        )


def _tells(
    folder: SeminarFolder, found: Discussion, question: Question, words: str | None
) -> list[str]:
    names = shown_names(folder.seminar, found)
    shown = without_names(words or question.text, names).replace(NAME_REMOVED, "")
    return [shown_name(piece) for piece in identifying_parts(folder.seminar, shown, names)]


def _check_session(folder: SeminarFolder, given: str) -> None:
    sessions = [session.id for session in folder.seminar.sessions if session.access]
    if given not in sessions:
        hint = did_you_mean(given, sessions)
        raise UsageError(f"'{given}' is not a session of this seminar.{hint}")


def _known(asked: str, known: dict[str, Question]) -> Question:
    ids = {item.casefold(): item for item in known}
    if asked.casefold() not in ids:
        hint = did_you_mean(asked, {question.id for question in known.values()})
        raise UsageError(
            f"'{asked}' is not a question of this seminar.{hint} See: seminar questions"
        )
    return known[ids[asked.casefold()]]


def _outcome_line(found: Discussion, question: str) -> str:
    matter = found.find(question)
    if matter is None:
        return f"{question}: what was decided about its old words is dropped."
    standing = matter.standing
    words = [standing.mark + (f" in {standing.session}" if standing.session else "")]
    if standing.to:
        words.append(f"goes to {standing.to}")
    elif standing.mark == "parked":
        words.append("there is no later session for it, so give it an --owner")
    if len(matter.questions) > 1:
        words.append(
            f"asked together: {', '.join(asked_question.id for asked_question in matter.questions)}"
        )
    if standing.owner:
        words.append(f"{standing.owner} will answer")
    if decided := found.published.get(question):
        words.append("for the public page" if decided.shown else "not for the public page")
    return f"{question}: {'; '.join(words)}."
