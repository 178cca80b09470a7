"""Finds what somebody means by a word: a person, country, form, session, group, question, file."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from seminarkit.core.errors import UsageError
from seminarkit.core.seminar.assignments import contact_id, everybody
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.topics.conclusions.all_notes import notes
from seminarkit.topics.questions.discussion import discussion

_HASH, _WHOLE = 6, 64  # signs of a hash: by which a file or a decision is named, and all


def asked_words(folder: SeminarFolder, asked: str, logged: Iterable[str]) -> set[str]:
    """Return every word that means the same as the one asked for; raises UsageError.

    ``logged`` are the words that the logs themselves hold. A question or statement was decided on
    under each id that it has had.
    """
    known = {word.casefold(): word for word in _of_seminar(folder)}
    by_log = {word.casefold(): word for word in logged}
    text = asked.strip().casefold()
    names = {country.name.casefold(): code for code, country in folder.seminar.countries.items()}
    if text in names:
        return {names[text]}
    if text in known:
        return {known[text]}
    ids = _ids_had(folder)
    for present, had in ids.items():
        if text in {each.casefold() for each in (present, *had)}:
            return {present, *had}
    if text in by_log:
        return {by_log[text]}
    if len(text) >= _HASH and (
        hashes := {w for w in by_log if len(w) == _WHOLE and w.startswith(text)}
    ):
        return hashes
    words = [*known.values(), *(each.name for each in folder.seminar.countries.values()), *ids]
    words += [word for word in by_log.values() if len(word) < _WHOLE]
    raise UsageError(
        f"'{asked}' is nothing that was decided on or came.{_near(asked, words)} A person, "
        "question, statement, group, session, country, form, file or id of a decision is meant."
    )


def _near(asked: str, words: Iterable[str]) -> str:
    folded = {word.casefold(): word for word in sorted(words)}
    near = get_close_matches(asked.strip().casefold(), folded, n=1)
    return "".join(f" Did you mean '{folded[word]}'?" for word in near)


def _of_seminar(folder: SeminarFolder) -> set[str]:
    seminar = folder.seminar
    words = {*seminar.countries, *everybody(seminar), *map(contact_id, seminar.countries)}
    words |= {task.form for task in seminar.tasks}
    for session in seminar.sessions:
        groups = [*session.groups, *seminar.seating.get(session.id, ())]
        words |= {session.id, *(group.id for group in groups)}
    return words


def _ids_had(folder: SeminarFolder) -> dict[str, set[str]]:
    """Return by the id of now those that a question or statement has had before."""
    received = submissions(folder.database)
    ids: dict[str, set[str]] = {
        question.id: set(question.former) for question in discussion(folder, received).questions
    }
    noted = notes(folder, received)
    for each in noted.statements:
        ids.setdefault(each.id, set())
    for old, present in noted.former.items():
        ids.setdefault(present, set()).add(old)
    return ids
