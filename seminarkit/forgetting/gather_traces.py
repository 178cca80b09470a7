"""Gathers what a person is known by, from all that names them, also from what was refused."""

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
from seminarkit.core.store.received_files import Received
from seminarkit.forgetting.authors import author_of, mails, payloads
from seminarkit.forgetting.traces import LEAST_WORDS, Traces, canonical, sentences, squeezed
from seminarkit.topics.intake.mail.mailboxes import is_mail
from seminarkit.topics.intake.unpack import leaves


def gather(folder: SeminarFolder, person: str, *, is_id: bool) -> Traces:
    """Return the traces of a person: by id, or by name or address of one who has no id."""
    known = dict(everybody(folder))
    if is_id:
        names = {name for name, _ in known.get(person, ()) if name}
        addresses = {address for _, address in known.get(person, ()) if address}
        traces = Traces(frozenset({person}), frozenset(names), frozenset(addresses))
    else:
        way = {"addresses" if "@" in person else "names": frozenset({person})}
        traces = Traces(**way)
    strangers = _of_others(known, traces)
    files = list(_files(folder))
    traces |= _from_rows(files, traces, strangers)
    traces |= _from_mails(files, traces, strangers)
    return traces | Traces(texts=frozenset(_texts(folder, files, traces, strangers)))


def people(folder: SeminarFolder) -> frozenset[str]:
    """Return the ids of everybody who is known by one."""
    return frozenset(everybody(folder))


def everybody(folder: SeminarFolder) -> Mapping[str, set[tuple[str, str]]]:
    """Return the names and addresses under which each id was ever known."""
    known: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for seminar in (folder.written, folder.seminar):
        for delegations in (seminar.delegations, seminar.former):
            for named in delegations.values():
                for each in named:
                    known[each.id].add((each.name, each.email or ""))
        for code, contact in seminar.contacts.items():
            known[f"{code}-NEO"].add((contact.name, contact.email or ""))
        for who, listed in seminar.people.items():
            known[who].add((listed.name, ""))
    for line in folder.decisions.lines():  # also of those that do not count
        if isinstance(line.decision, Nominated):
            for row in line.decision.people:
                known[row["id"]].add((row["name"], row.get("email") or ""))
    return known


def _of_others(known_as: Mapping[str, set[tuple[str, str]]], traces: Traces) -> frozenset[str]:
    """Return the names and addresses of everybody else, to be spared."""
    known = {
        squeezed(canonical(word))
        for who, ways in known_as.items()
        if who not in traces.ids
        for way in ways
        for word in way
        if word
    }
    return frozenset(known)


def _files(folder: SeminarFolder) -> Iterator[tuple[str, bytes]]:
    """Yield every file that somebody sent or filled in, with its name, parcels opened."""
    received = Received(folder.received)
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


def _from_rows(
    files: Iterable[tuple[str, bytes]], traces: Traces, strangers: frozenset[str]
) -> Traces:
    """Return how others named the person in a list of theirs, such as a nomination."""
    names, addresses = set(), set()
    for _, data in files:
        for payload in payloads(data):
            for row in _rows(payload["answers"]):
                if not traces.is_row(row):
                    continue
                for key, value in row.items():
                    if not isinstance(value, str) or squeezed(canonical(value)) in strangers:
                        continue
                    if "@" in value and "mail" in key and " " not in value.strip():
                        addresses.add(value.strip())
                    elif key.endswith("_name") and value.strip():
                        names.add(value.strip())
    return Traces(names=frozenset(names), addresses=frozenset(addresses))


def _from_mails(
    files: Iterable[tuple[str, bytes]], traces: Traces, strangers: frozenset[str]
) -> Traces:
    """Return under which name and address the person wrote, where no other name used that one."""
    senders: dict[str, set[str]] = defaultdict(set)
    for _, data in files:
        for mail in mails(data):
            for name, address in getaddresses([str(mail.get("From", ""))]):
                senders[address].add(name)
    names, addresses = set(), set()
    for address, used in senders.items():
        if len(used) != 1 or squeezed(canonical(address)) in strangers:
            continue
        (name,) = used
        if traces.is_known(address) and name and squeezed(canonical(name)) not in strangers:
            names.add(name)
        elif traces.is_known(name) and address:
            addresses.add(address)
    return Traces(names=frozenset(names), addresses=frozenset(addresses))


def _texts(
    folder: SeminarFolder,
    files: Iterable[tuple[str, bytes]],
    traces: Traces,
    strangers: frozenset[str],
) -> set[str]:
    """Return the sentences that the person alone wrote; what others wrote as well is theirs too."""
    mine: set[str] = set()
    others: set[str] = set()
    for who, subject, answers in (*_indexed(folder), *_filled(files)):
        about = [word for text in _about(answers, traces) for word in sentences(text)]
        mine.update(about)
        words = [word for text in _strings(answers, traces) for word in sentences(text)]
        if who in traces.ids:
            mine.update(words)
        elif subject != JOINT:
            others.update(squeezed(canonical(word)) for word in words)
    ours = squeezed(canonical(_own_words(folder)))
    return {
        word
        for word in mine
        if (letters := squeezed(canonical(word))) not in others
        and letters not in strangers
        and len(letters) >= LEAST_WORDS
        and letters not in ours
    }


def _indexed(folder: SeminarFolder) -> Iterator[tuple[str, str, Any]]:
    if folder.database.exists():
        try:
            with closing(Index(folder.database)) as index:
                for each in index.everything():
                    yield each.person, each.subject, dict(each.answers)
        except SeminarError:  # it is made again at the end; the files are read below
            return


def _filled(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, str, Any]]:
    for _, data in files:
        for payload in payloads(data):
            yield author_of(payload), str(payload.get("subject", "")), payload["answers"]


def _strings(value: Any, traces: Traces) -> Iterator[str]:
    """Yield the texts of answers, without what is said in a row about the person."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            if not traces.is_row(each):
                yield from _strings(each, traces)


def _about(value: Any, traces: Traces) -> Iterator[str]:
    """Yield the texts of rows about the person, such as the function of a nominee."""
    for row in _rows(value):
        if traces.is_row(row):
            yield from (text for text in row.values() if isinstance(text, str))


def _own_words(folder: SeminarFolder) -> str:
    """Return what the forms, readings and cases say themselves: that is nobody's answer."""
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
