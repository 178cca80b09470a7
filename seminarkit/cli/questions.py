"""``seminar questions``."""

from __future__ import annotations

import click

from seminarkit.cli.options import (
    chosen,
    country_option,
    faint,
    heading,
    json_option,
    print_json,
    with_folder,
)
from seminarkit.core.errors import UsageError, did_you_mean
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.shown_names import shown_name
from seminarkit.core.store.read_store import submissions
from seminarkit.topics.questions.dossier import (
    AskedQuestion,
    MatterEntry,
    QuestionsDossier,
    Reworded,
)
from seminarkit.topics.questions.facts import questions_dossier
from seminarkit.topics.questions.public_questions import waiting_words


@click.command()
@click.option(
    "--session", metavar="ID", help="Only this session: its questions in the order to take them up."
)
@click.option("--case", metavar="ID", help="Only this case study.")
@country_option
@json_option
@with_folder
def command(
    folder: SeminarFolder,
    session: str | None,
    case: str | None,
    countries: tuple[str, ...],
    as_json: bool,
) -> None:
    """List the questions: those asked in advance and those from the chats.

    They are sorted by case study and session. Under each, every country has its first question
    before any country has a second. Below a question are up to three others that might ask the
    same. Look at both, and say so if they do (seminar question ID --same-as ID): the kit never
    joins questions by itself. It compares their words; in English it also compares what they mean,
    after pip install 'seminarkit[alike]'.

    \b
    Example:
      seminar questions
      seminar questions --session d1-groups-2 --case ghent
      seminar questions --country GE --json
    """
    data = questions_dossier(folder, submissions(folder.database), "core")
    groups = _groups(data, session, case)
    codes = chosen(folder, countries, list(folder.seminar.delegations)) if countries else []
    names = {folder.seminar.display_name(code) for code in codes}
    groups = [
        (title, [m for m in ids if _is_of(data["matters"][m], names)]) for title, ids in groups
    ]
    if as_json:
        shown = {lead: data["matters"][lead] for _, ids in groups for lead in ids}
        print_json({**data, "matters": shown})
        return
    for title, ids in groups:
        if ids:
            heading(f"\n{title}")
        for lead in ids:
            _show(data, lead)
    if not any(ids for _, ids in groups):
        click.echo("No questions here yet.")
    if data["silent"] and not names:
        click.echo(f"\nNo question yet from {', '.join(data['silent'])}.")
    if data["waiting"] and not (case or names):
        _show_waiting(data, session)
    for lost in data["lost"]:
        click.echo(
            f"Attention: {lost['place']} was “{_line(lost['was'])}” ({_line(lost['decided'])}). "
            "The newer form no longer asks it. To drop what was decided: seminar question "
            f"{lost['place']} --open"
        )


def _show_waiting(data: QuestionsDossier, session: str | None) -> None:
    """Print the questions that wait for publishing, with the words that may identify who asked."""
    here = [
        item for item in data["waiting"] if session is None or item["id"].startswith(f"{session}-c")
    ]
    if not here:
        return
    click.echo()
    heading(waiting_words(len(here)))
    for item in here:
        click.echo(f"  {item['id']:<12} {_line(item['text'])}")
        click.echo(f"{'':<15}contains {', '.join(map(_line, item['tells']))}")
    click.echo("Decide: seminar question ID with --publish, --publish --words TEXT, or --withhold")


def _groups(
    data: QuestionsDossier, session: str | None, case: str | None
) -> list[tuple[str, list[str]]]:
    sessions = {other_session["id"]: other_session for other_session in data["sessions"]}
    cases = {item["id"]: item for item in data["cases"]}
    for asked, known, what in ((session, sessions, "session"), (case, cases, "case study")):
        if asked is not None and asked not in known:
            raise UsageError(
                f"'{asked}' is not a {what} of this seminar.{did_you_mean(asked, known)}"
            )
    if session is not None:
        ids = sessions[session]["order"]
        if case is not None:
            about = {lead: data["matters"][lead]["questions"] for lead in ids}
            ids = [lead for lead in ids if case in {q["about"] for q in about[lead]}]
        return [(sessions[session]["title"], ids)]
    if case is not None:
        return [(cases[case]["title"], cases[case]["matters"])]
    groups = [
        (other_session["title"], other_session["matters"])
        for other_session in (*cases.values(), *sessions.values())
    ]
    return [*groups, ("Not about a case study or a session", data["nowhere"])]


def _is_of(matter: MatterEntry, names: set[str]) -> bool:
    return not names or any(question["country"] in names for question in matter["questions"])


def _show(data: QuestionsDossier, lead: str) -> None:
    matter = data["matters"][lead]
    for number, question in enumerate(matter["questions"]):
        sign = "  " if number == 0 else "+ "
        click.echo(f"{sign}{question['id']:<12} {_line(question['text'])}")
        click.echo(f"{'':<15}{shown_name(question['by'])}{_time(question)}")
    for words in _standing(matter):
        click.echo(f"{'':<15}{words}")
    for question in matter["questions"]:
        for other in data["near"].get(question["id"], ()):
            faint(f"{'':<15}might ask the same as {other}: {_line(_text(data, other))}")


def _standing(matter: MatterEntry) -> list[str]:
    words = []
    if matter["mark"] != "open":
        where = f" in {matter['marked_in']}" if matter["marked_in"] else ""
        on = f", goes to {matter['to']}" if matter["to"] else ""
        answer = f": {_line(matter['text'])}" if matter["text"] else ""
        words.append(f"{matter['mark']}{where}{on}{answer}")
    if matter["owner"]:
        words.append(f"{matter['owner']} will answer")
    own = {question["id"] for question in matter["questions"]}
    for asked_question in matter["reworded"]:
        words += _reworded(asked_question, own)
    return words


def _reworded(changed: Reworded, own: set[str]) -> list[str]:
    """Return lines on a decision about old words, to settle here or under the joined question."""
    was, decided = _line(changed["was"]), _line(changed["decided"])
    if changed["id"] not in own:
        now = (
            f"its words are now: “{_line(changed['now'])}”"
            if changed["now"]
            else "it is no longer asked"
        )
        return [f"was asked together with {changed['place']}, “{was}”; {now}"]
    step = f"seminar question {changed['id']}"
    return [
        f"decided about the words “{was}”: {decided}",
        f"the words of {changed['id']} are now: “{_line(changed['now'])}”",
        f"if that holds for the words now: {step} --confirm; if not: {step} --open",
    ]


def _text(data: QuestionsDossier, question: str) -> str:
    texts = (
        str(asked_question["text"])
        for matter in data["matters"].values()
        for asked_question in matter["questions"]
        if asked_question["id"] == question
    )
    return next(texts, "")


def _line(text: str) -> str:
    """Return a text as one printable line, at full length."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _time(question: AskedQuestion) -> str:
    return f", {question['time']} in the chat" if question["time"] else ""
