"""Which messages to the organisers nobody has looked at yet, and where to read them."""

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


def to_be_read(folder: SeminarFolder, received: Sequence[Submission]) -> Iterator[tuple[str, str]]:
    """Yield what is to be read and the command that shows it.

    A NEO who does not sign is named until the sign-off says something else. All else is named until
    somebody has looked at it.
    """
    everything = messages(folder, received)
    for refusal in (m for m in everything if m.kind == "refusal"):
        words = " ".join(one_line(refusal.text).split())
        remark = f", with a remark: {words}" if words else ", without a remark"
        yield (
            f"{folder.seminar.at_start(refusal.country)}’s NEO did not sign{remark}",
            f"seminar answers --form {refusal.form} --country {refusal.country}",
        )
    news = unread(folder, [m for m in everything if m.kind != "refusal"])
    for place in dict.fromkeys(message.place for message in news):
        several = [message for message in news if message.place == place]
        number = len({message.person for message in several})
        form, _, question = place.partition(".")
        yield (
            f"{number} {'person' if number == 1 else 'people'} {_wrote(several)}",
            f"seminar answers --form {form} --question {question}",
        )


def unread(folder: SeminarFolder, everything: Sequence[Message]) -> list[Message]:
    """Return the messages that came after an organiser last looked at the answers."""
    read = _read(folder)
    return [m for m in everything if not has_seen(read.get(m.place, {}), m.places)]


def remember_read(folder: SeminarFolder, shown: Sequence[Message]) -> None:
    """Remember that an organiser has looked at messages: by the lines of their files in the logs.

    Not by their numbers: what another copy of the folder brings may come in between.
    """
    before = _read(folder)
    read = {place: dict(seen) for place, seen in before.items()}
    for message in shown:
        seen = read.setdefault(message.place, {})
        for place in message.places.split():
            writer, _, line = place.rpartition(":")
            seen[writer] = max(seen.get(writer, 0), int(line))
    if read != before:
        write_whole(_file(folder), to_json(read))


def _read(folder: SeminarFolder) -> dict[str, Seen]:
    try:
        read = json.loads(_file(folder).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    noted = read.items() if isinstance(read, dict) else ()
    return {place: seen_of(seen) for place, seen in noted if isinstance(seen, int | dict)}


def _file(folder: SeminarFolder) -> Path:
    """Return the file that says how far each question's answers were read."""
    return folder.site("organisers") / "read.json"


def _wrote(several: Sequence[Message]) -> str:
    kinds = {message.kind for message in several}
    if kinds == {"need"}:
        return "wrote what they need to take part"
    if kinds == {"correction"}:
        return "wrote what is wrong or missing in the known facts"
    (title,) = {message.title for message in several}
    return f"wrote a remark with “{title}”"
