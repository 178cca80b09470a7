"""Resolves a search word: a person, country, form, session, group, question or file."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from seminarkit.core.errors import UsageError
from seminarkit.core.seminar.assignments import contact_id, everybody
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.topics.conclusions.all_notes import notes
from seminarkit.topics.questions.discussion import discussion

_LEAST, _HASH_LENGTH = 6, 64  # digits of a hash: the least that identify it, and all


def asked_words(folder: SeminarFolder, asked: str, logged: Iterable[str]) -> set[str]:
    """Return all words for the thing that ``asked`` names; raise UsageError if there is none.

    ``logged`` are the words in the logs. A question or statement has all ids that it ever had,
    since decisions name the id of their time.
    """
    terms = {word.casefold(): word for word in _seminar_words(folder)}
    by_log = {word.casefold(): word for word in logged}
    text = asked.strip().casefold()
    names = {country.name.casefold(): code for code, country in folder.seminar.countries.items()}
    if text in names:
        return {names[text]}
    if text in terms:
        return {terms[text]}
    ids = _former_ids(folder)
    for present, former in ids.items():
        if text in {id_.casefold() for id_ in (present, *former)}:
            return {present, *former}
    if text in by_log:
        return {by_log[text]}
    if len(text) >= _LEAST and (
        hashes := {w for w in by_log if len(w) == _HASH_LENGTH and w.startswith(text)}
    ):
        return hashes
    words = [
        *terms.values(),
        *(country.name for country in folder.seminar.countries.values()),
        *ids,
    ]
    words += [word for word in by_log.values() if len(word) < _HASH_LENGTH]
    raise UsageError(
        f"'{asked}' is nothing that was decided on or came.{_suggestion(asked, words)} A person, "
        "question, statement, group, session, country, form, file or id of a decision is meant."
    )


def _suggestion(asked: str, words: Iterable[str]) -> str:
    folded = {word.casefold(): word for word in sorted(words)}
    matches = get_close_matches(asked.strip().casefold(), folded, n=1)
    return "".join(f" Did you mean '{folded[word]}'?" for word in matches)


def _seminar_words(folder: SeminarFolder) -> set[str]:
    seminar = folder.seminar
    words = {*seminar.countries, *everybody(seminar), *map(contact_id, seminar.countries)}
    words |= {task.form for task in seminar.tasks}
    for session in seminar.sessions:
        groups = [*session.groups, *seminar.seating.get(session.id, ())]
        words |= {session.id, *(group.id for group in groups)}
    return words


def _former_ids(folder: SeminarFolder) -> dict[str, set[str]]:
    """Return the former ids of questions and statements by their present id."""
    received = submissions(folder.database)
    ids: dict[str, set[str]] = {
        question.id: set(question.former) for question in discussion(folder, received).questions
    }
    all_notes = notes(folder, received)
    for statement in all_notes.statements:
        ids.setdefault(statement.id, set())
    for old, present in all_notes.former.items():
        ids.setdefault(present, set()).add(old)
    return ids
