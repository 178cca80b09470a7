"""Unread messages to the organisers, and the commands that show them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from seminarkit.core.disk.files import to_json, write_whole
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.version_decisions import Seen, has_seen, seen_of
from seminarkit.core.shown_names import one_line
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.messages_to_organisers import Message, messages


def message_steps(
    folder: SeminarFolder, received: Sequence[Submission]
) -> Iterator[tuple[str, str]]:
    """Yield the next steps for messages, each with the command that shows them.

    A refusal of a NEO is listed until the sign-off changes; other messages until they are read.
    """
    all_messages = messages(folder, received)
    for refusal in (m for m in all_messages if m.kind == "refusal"):
        words = " ".join(one_line(refusal.text).split())
        remark = f", with a remark: {words}" if words else ", without a remark"
        yield (
            f"{folder.seminar.at_start(refusal.country)}’s NEO did not sign{remark}",
            f"seminar answers --form {refusal.form} --country {refusal.country}",
        )
    news = unread(folder, [m for m in all_messages if m.kind != "refusal"])
    for place in dict.fromkeys(message.place for message in news):
        of_question = [message for message in news if message.place == place]
        number = len({message.person for message in of_question})
        form, _, question = place.partition(".")
        yield (
            f"{number} {'person' if number == 1 else 'people'} {_summary(of_question)}",
            f"seminar answers --form {form} --question {question}",
        )


def unread(folder: SeminarFolder, everything: Sequence[Message]) -> list[Message]:
    """Return the messages that no organiser has read yet."""
    read = _read_places(folder)
    return [m for m in everything if not has_seen(read.get(m.place, {}), m.places)]


def remember_read(folder: SeminarFolder, shown: Sequence[Message]) -> None:
    """Store that an organiser has read messages, by the log lines of their files.

    Arrival numbers would not do: a merge with another copy may insert files in between.
    """
    before = _read_places(folder)
    read = {place: dict(seen) for place, seen in before.items()}
    for message in shown:
        seen = read.setdefault(message.place, {})
        for place in message.places.split():
            writer, _, line = place.rpartition(":")
            seen[writer] = max(seen.get(writer, 0), int(line))
    if read != before:
        write_whole(_file(folder), to_json(read))


def _read_places(folder: SeminarFolder) -> dict[str, Seen]:
    try:
        read = json.loads(_file(folder).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    entries = read.items() if isinstance(read, dict) else ()
    return {place: seen_of(seen) for place, seen in entries if isinstance(seen, int | dict)}


def _file(folder: SeminarFolder) -> Path:
    """Return the file with the log lines read, by question."""
    return folder.site("organisers") / "read.json"


def _summary(of_question: Sequence[Message]) -> str:
    kinds = {message.kind for message in of_question}
    if kinds == {"need"}:
        return "wrote what they need to take part"
    if kinds == {"correction"}:
        return "wrote what is wrong or missing in the known facts"
    (title,) = {message.title for message in of_question}
    return f"wrote a remark with “{title}”"
