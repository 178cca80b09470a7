"""``seminar chat``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from seminarkit.cli.options import dry_run_option, json_option, plural, print_json, with_folder
from seminarkit.core.errors import SeminarError, UsageError, did_you_mean
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.shown_names import one_line, shown_name

if TYPE_CHECKING:
    from seminarkit.topics.questions.chat.zoom_chat import Chat


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--session", required=True, metavar="ID", help="The session of this chat.")
@dry_run_option
@json_option
@with_folder
def command(folder: SeminarFolder, file: Path, session: str, dry_run: bool, as_json: bool) -> None:
    """Take in the saved chat of a session.

    FILE is a chat as Zoom saves it, or text copied from the chat window, with Zoom set to English.
    Only lines to everyone are stored. Three kinds of lines are left out before anything is stored,
    and each kind is counted: direct messages, messages to another audience (such as hosts or a
    waiting room), and lines that are not understood. You may take in the same chat again, also as
    another person saved it; each line is stored once. Lines with a question mark, and lines that
    begin with 'Q:', are questions. You decide about all other lines: seminar question ID --open.

    \b
    Example:
      seminar chat meeting_saved_chat.txt --session d1-keynote --dry-run
      seminar chat meeting_saved_chat.txt --session d1-keynote
    """
    from seminarkit.topics.intake.chats.take_in import take_chat
    from seminarkit.topics.questions.chat.zoom_chat import MAX_CHAT, ChatError
    from seminarkit.topics.questions.posted_questions import asked_in_chat

    known = [other_session.id for other_session in folder.seminar.sessions if other_session.access]
    if session not in known:
        raise UsageError(
            f"'{session}' is not a session of this seminar.{did_you_mean(session, known)}"
        )
    try:
        with file.open("rb") as handle:
            data = handle.read(MAX_CHAT + 1)
    except OSError as error:
        raise UsageError(f"'{file}' cannot be opened ({error.strerror}).") from None
    try:
        taken = take_chat(folder, session, shown_name(file.name), data, dry_run=dry_run)
    except ChatError as error:
        raise SeminarError(f"{shown_name(file.name)} was not taken in. {error}") from None
    said = asked_in_chat(session, taken.chat.lines)
    questions = [item for item in said if item.asks]
    if as_json:
        print_json(
            {
                "session": session,
                "lines": len(taken.chat.lines),
                "direct": taken.chat.direct,
                "others": taken.chat.others,
                "not_understood": taken.chat.unclear,
                "questions": [question.id for question in questions],
                "remarks": [item.id for item in said if not item.asks],
                "notes": list(taken.chat.notes),
                "known": taken.known,
            }
        )
        return
    if taken.known:
        click.echo("This chat was taken in before.")
    click.echo(_counts(taken.chat, len(questions), dry_run))
    for note in taken.chat.notes:
        click.echo(f"Attention: {note}")
    for question in questions:
        words = f"{shown_name(question.name)}: {one_line(question.text)}"
        click.echo(f"  {question.id}  {question.time}  {words}")
    click.echo("Next: seminar questions --session " + session)


def _counts(chat: Chat, questions: int, dry_run: bool) -> str:
    """Return the number of lines to everyone, and of lines left out by kind, in words."""
    out = [
        plural(number, *words)
        for number, words in (
            (chat.direct, ("direct message", "direct messages")),
            (
                chat.others,
                ("message to others, such as hosts", "messages to others, such as hosts"),
            ),
            (chat.unclear, ("line not understood", "lines not understood")),
        )
        if number or words[0] == "direct message"
    ]
    left = f"{', '.join(out)} {'would be ' if dry_run else ''}left out."
    if chat.unclear:
        left += " If a line is not understood, nobody can tell whom it was for."
    lines = plural(len(chat.lines), "line", "lines")
    return f"{lines} to everyone, including {plural(questions, 'question', 'questions')}; {left}"
