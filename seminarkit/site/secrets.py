"""List what must not be on a public page: answers, table rows, names and e-mail addresses."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from seminarkit.core.forms.shapes import list_of, object_of, rows_of
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.core.submissions.dossier_parts import SCHEMAS
from seminarkit.site.page_words import Words, runs, words
from seminarkit.topics.survey.dossier import Group, TotalsQuestion

PUBLIC = "public"


@dataclass(frozen=True)
class Secret:
    """Words that the public may not read; ``choice`` is true for the label of a choice."""

    words: Words
    text: str
    whose: str
    where: str
    choice: bool = False

    @property
    def sentence(self) -> str:
        """Describe the words so that an organiser can find them."""
        short = self.text if len(self.text) <= 60 else f"{self.text[:60]}…"
        place = ", ".join(part for part in (self.whose, self.where) if part)
        return f"{place}: '{' '.join(short.split())}'"


@dataclass(frozen=True)
class SecretRow:
    """A row of numbers that the public may not read, with its label."""

    label: Words
    numbers: Words
    where: str


def secrets(folder: SeminarFolder) -> list[Secret]:
    """Return all words that people wrote, from the store and from the dossiers that are not public.

    This includes words that are public somewhere, as they may be secret on another page.
    """
    by_words = {secret.words: secret for secret in _in_dossiers(folder)}
    by_words |= {secret.words: secret for secret in _in_store(folder)}
    return [secret for secret in by_words.values() if secret.words]


def _in_store(folder: SeminarFolder) -> Iterator[Secret]:
    for submission in submissions(folder.database):
        whose = _person_words(folder, submission.person)
        about = f" {submission.subject}" if submission.subject else ""
        for question, text in _texts(submission.answers):
            where = f"form {submission.form}{about}, question {question}"
            yield Secret(words(text), text, f"from {whose}", where)


def _texts(value: object, question: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield question, value
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from _texts(item, str(name))
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item, question)


def _person_words(folder: SeminarFolder, person: str) -> str:
    participant = folder.seminar.participant(person)
    return f"{person} ({participant.name})" if participant else person


def _in_dossiers(folder: SeminarFolder) -> Iterator[Secret]:
    """Yield the words in the dossiers that are not public."""
    for path in _dossiers(folder):
        file = f"dossiers/{path.parent.name}/{path.name}"
        dossier = _read(path)
        for form, entries in object_of(dossier.get("forms")).items():
            for entry in rows_of(entries):
                about = f" {entry['subject']}" if entry.get("subject") else ""
                for answer in _answers(entry.get("answers")):
                    where = f"form {form}{about}, question {answer.get('name', '')} ({file})"
                    yield _secret(answer, f"from {entry.get('by', '')}", where)
        for quote in _quotes({k: v for k, v in dossier.items() if k not in ("forms", "facts")}):
            for name in ("text", "why", "shown"):
                if isinstance(text := quote.get(name), str):
                    whose = f"from {quote['by']}" if isinstance(quote.get("by"), str) else ""
                    yield Secret(words(text), text, whose, f"that are in {file}")


def _secret(answer: Mapping[str, object], whose: str, where: str) -> Secret:
    text = str(answer["shown"])
    return Secret(words(text), text, whose, where, choice=answer["shown"] != answer.get("value"))


def _answers(answers: object) -> Iterator[Mapping[str, object]]:
    for answer in rows_of(answers):
        if "rows" in answer:
            for row in list_of(answer["rows"]):
                yield from _answers(row)
        elif isinstance(answer.get("shown"), str):
            yield answer


def _quotes(value: object) -> Iterator[Mapping[str, object]]:
    """Yield each part of a dossier that has words of a person."""
    if isinstance(value, Mapping):
        if isinstance(value.get("text"), str) or isinstance(value.get("shown"), str):
            yield value
        for item in value.values():
            yield from _quotes(item)
    elif isinstance(value, list):
        for item in value:
            yield from _quotes(item)


def secret_rows(folder: SeminarFolder) -> Iterator[SecretRow]:
    """Yield the rows of the survey's tables that are not public, by group and by choice.

    A row that equals a public row reveals nothing and is left out: if few answered, a region may
    have the same numbers as all countries.
    """
    public = _read(folder.dossiers / PUBLIC / "survey.json")
    public_groups = rows_of(public.get("groups"))
    public_runs: dict[Words, set[Words]] = defaultdict(set)
    for row in _survey_rows(public, public_groups):
        public_runs[row.label] |= {
            run for size in range(1, len(row.numbers) + 1) for run in runs(row.numbers, size)
        }
    keys = {group["key"] for group in public_groups}
    for path in _dossiers(folder):
        dossier = _read(path) if path.name == "survey.json" else {}
        groups = [group for group in rows_of(dossier.get("groups")) if group["key"] not in keys]
        for row in _survey_rows(dossier, groups):
            if row.numbers not in public_runs[row.label]:
                yield row


def _survey_rows(
    dossier: Mapping[str, object], groups: Sequence[Mapping[str, object]]
) -> Iterator[SecretRow]:
    for question in rows_of(dossier.get("questions")):
        yield from _rows(cast(TotalsQuestion, question), cast("list[Group]", groups))


def _rows(question: TotalsQuestion, groups: list[Group]) -> Iterator[SecretRow]:
    where = f"the survey, question {question['name']}"
    counts, kinds = question["counts"], {group["by"] for group in groups}
    shown_groups = [group for group in groups if group["key"] in counts]
    for figure in ("short", "least", "most"):
        for kind in kinds:
            columns = [
                group for group in shown_groups if group["by"] == kind and group.get("shown")
            ]
            for name, label in question["choices"]:
                line = [counts[group["key"]][name][figure] for group in columns]
                yield SecretRow(words(label), _figures(line), f"{where}, by {kind}")
        for group in shown_groups:
            line = [counts[group["key"]][name][figure] for name, _ in question["choices"]]
            yield SecretRow(words(group["name"]), _figures(line), f"{where}, {group['name']}")


def _figures(line: Iterable[object]) -> Words:
    return tuple(w for figure in line for w in words(str(figure)) if w.isdecimal())


def secret_names(folder: SeminarFolder) -> dict[str, str]:
    """Return the names of core participants by person id, except of people who speak in public."""
    seminar = folder.seminar
    speakers = {person.name for person in seminar.people.values()}
    delegates = [person for people in seminar.delegations.values() for person in people]
    return {person.id: person.name for person in delegates if person.name not in speakers}


def secret_addresses(folder: SeminarFolder) -> set[str]:
    """Return the e-mail addresses of core participants."""
    delegates = [person for people in folder.seminar.delegations.values() for person in people]
    return {person.email for person in delegates if person.email}


def _dossiers(folder: SeminarFolder) -> list[Path]:
    """Return all dossiers that are not public, whatever their audience."""
    paths = sorted(folder.dossiers.glob("*/**/*.json"))
    excluded = (PUBLIC, SCHEMAS)
    return [path for path in paths if path.relative_to(folder.dossiers).parts[0] not in excluded]


def _read(path: Path) -> dict[str, object]:
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}
