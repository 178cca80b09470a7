"""Collects the names, addresses and sentences for which the files are searched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from email.utils import getaddresses
from typing import Any

from seminarkit.core.errors import SeminarError
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.delegation_decisions import Nominated
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import JOINT
from seminarkit.core.store.index import Index
from seminarkit.core.store.received_files import ReceivedFiles
from seminarkit.forgetting.authors import author_of, mails, payloads
from seminarkit.forgetting.traces import LEAST_WORDS, Traces, canonical, sentences, squeezed
from seminarkit.topics.intake.mail.mailboxes import is_mail
from seminarkit.topics.intake.unpack import leaves


def gather(folder: SeminarFolder, person: str, *, is_id: bool) -> Traces:
    """Return the search terms for a person. ``person`` is an id, a name or an address."""
    names_by_id = dict(everybody(folder))
    if is_id:
        names = {name for name, _ in names_by_id.get(person, ()) if name}
        addresses = {address for _, address in names_by_id.get(person, ()) if address}
        traces = Traces(frozenset({person}), frozenset(names), frozenset(addresses))
    else:
        terms = {"addresses" if "@" in person else "names": frozenset({person})}
        traces = Traces(**terms)
    of_others = _terms_of_others(names_by_id, traces)
    files = list(_sent_and_filled_files(folder))
    traces |= _terms_from_rows(files, traces, of_others)
    traces |= _terms_from_senders(files, traces, of_others)
    return traces | Traces(texts=frozenset(_own_sentences(folder, files, traces, of_others)))


def people(folder: SeminarFolder) -> frozenset[str]:
    """Return the ids of all present and former people."""
    return frozenset(everybody(folder))


def everybody(folder: SeminarFolder) -> Mapping[str, set[tuple[str, str]]]:
    """Return the present and former names and addresses of each person, by id."""
    names_by_id: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for seminar in (folder.written, folder.seminar):
        for delegations in (seminar.delegations, seminar.former):
            for delegation in delegations.values():
                for participant in delegation:
                    names_by_id[participant.id].add((participant.name, participant.email or ""))
        for code, contact in seminar.contacts.items():
            names_by_id[f"{code}-NEO"].add((contact.name, contact.email or ""))
        for id_, person in seminar.people.items():
            names_by_id[id_].add((person.name, ""))
    for line in folder.decisions.lines():  # including decisions that do not count
        if isinstance(line.decision, Nominated):
            for row in line.decision.people:
                names_by_id[row["id"]].add((row["name"], row.get("email") or ""))
    return names_by_id


def _terms_of_others(
    names_by_id: Mapping[str, set[tuple[str, str]]], traces: Traces
) -> frozenset[str]:
    terms = {
        squeezed(canonical(word))
        for id_, pairs in names_by_id.items()
        if id_ not in traces.ids
        for pair in pairs
        for word in pair
        if word
    }
    return frozenset(terms)


def _sent_and_filled_files(folder: SeminarFolder) -> Iterator[tuple[str, bytes]]:
    received = ReceivedFiles(folder.received)
    for arrival in received.arrivals():
        path = received.path(arrival.sha256)
        if not arrival.forgotten and path.is_file():
            data = path.read_bytes()
            yield from ([(arrival.name, data)] if is_mail(data) else [])
            yield from leaves(data, name=arrival.name)
    filled = [*folder.inbox.rglob("*"), *folder.packs.rglob("*.ipynb"), folder.drafts]
    for path in filled:
        if path.is_file() and not path.is_symlink():
            try:
                data = path.read_bytes()
            except OSError:
                continue
            yield from ([(path.name, data)] if is_mail(data) else [])
            yield from leaves(data, name=path.name)


def _rows(value: Any) -> Iterator[dict[str, object]]:
    waiting = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting += list(node.values())
        elif isinstance(node, list):
            waiting += node


def _terms_from_rows(
    files: Iterable[tuple[str, bytes]], traces: Traces, of_others: frozenset[str]
) -> Traces:
    """Return names and addresses of the person in table rows, such as nominations."""
    names, addresses = set(), set()
    for _, data in files:
        for payload in payloads(data):
            for row in _rows(payload["answers"]):
                if not traces.is_about_person(row):
                    continue
                for key, value in row.items():
                    if not isinstance(value, str) or squeezed(canonical(value)) in of_others:
                        continue
                    if "@" in value and "mail" in key and " " not in value.strip():
                        addresses.add(value.strip())
                    elif key.endswith("_name") and value.strip():
                        names.add(value.strip())
    return Traces(names=frozenset(names), addresses=frozenset(addresses))


def _terms_from_senders(
    files: Iterable[tuple[str, bytes]], traces: Traces, of_others: frozenset[str]
) -> Traces:
    senders: dict[str, set[str]] = defaultdict(set)
    for _, data in files:
        for mail in mails(data):
            for name, address in getaddresses([str(mail.get("From", ""))]):
                senders[address].add(name)
    names, addresses = set(), set()
    for address, sender_names in senders.items():
        if len(sender_names) != 1 or squeezed(canonical(address)) in of_others:
            continue
        (name,) = sender_names
        if traces.is_person(address) and name and squeezed(canonical(name)) not in of_others:
            names.add(name)
        elif traces.is_person(name) and address:
            addresses.add(address)
    return Traces(names=frozenset(names), addresses=frozenset(addresses))


def _own_sentences(
    folder: SeminarFolder,
    files: Iterable[tuple[str, bytes]],
    traces: Traces,
    of_others: frozenset[str],
) -> set[str]:
    own: set[str] = set()
    others: set[str] = set()
    for author, subject, answers in (*_indexed_answers(folder), *_payload_answers(files)):
        row_sentences = [
            word for text in _texts_about_person(answers, traces) for word in sentences(text)
        ]
        own.update(row_sentences)
        sentences_of_answers = [
            word for text in _texts_of_answers(answers, traces) for word in sentences(text)
        ]
        if author in traces.ids:
            own.update(sentences_of_answers)
        elif subject != JOINT:
            others.update(squeezed(canonical(word)) for word in sentences_of_answers)
    kit_letters = squeezed(canonical(_kit_texts(folder)))
    return {
        word
        for word in own
        if (letters := squeezed(canonical(word))) not in others
        and letters not in of_others
        and len(letters) >= LEAST_WORDS
        and letters not in kit_letters
    }


def _indexed_answers(folder: SeminarFolder) -> Iterator[tuple[str, str, Any]]:
    if folder.database.exists():
        try:
            with closing(Index(folder.database)) as index:
                for version in index.everything():
                    yield version.person, version.subject, dict(version.answers)
        except SeminarError:  # a damaged index is rebuilt later; the files are read as well
            return


def _payload_answers(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, str, Any]]:
    for _, data in files:
        for payload in payloads(data):
            yield author_of(payload), str(payload.get("subject", "")), payload["answers"]


def _texts_of_answers(value: Any, traces: Traces) -> Iterator[str]:
    """Yield all texts in answers. Rows about the person are left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            if not traces.is_about_person(item):
                yield from _texts_of_answers(item, traces)


def _texts_about_person(value: Any, traces: Traces) -> Iterator[str]:
    for row in _rows(value):
        if traces.is_about_person(row):
            yield from (text for text in row.values() if isinstance(text, str))


def _kit_texts(folder: SeminarFolder) -> str:
    places = ("templates", "readings", "case_studies")
    files = [
        path
        for root in {folder.root, KIT}
        for place in places
        for path in (root / place).rglob("*")
        if path.suffix in (".yml", ".md", ".txt", ".html")
    ]
    return "\n".join(
        path.read_text("utf-8", "replace") for path in (*files, folder.root / "seminar.yml")
    )
