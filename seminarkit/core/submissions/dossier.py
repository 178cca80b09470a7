"""Query interface of a dossier for reports: its parts, its questions, answers with authors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from seminarkit.core.errors import UsageError, did_you_mean
from seminarkit.core.forms.shapes import is_texts, object_of
from seminarkit.core.submissions.dossier_parts import Answer, Entry, Head, ReportDossier

D = TypeVar("D", bound=Head, covariant=True)


@dataclass(frozen=True)
class Dossier(Generic[D]):
    """A dossier with the queries that all reports need."""

    data: D

    def __getitem__(self, key: str) -> object:
        """Return a part of the dossier, for custom notebooks."""
        return self._parts[key]

    def get(self, key: str, default: object = None) -> object:
        """Return a part that only some dossiers have, for custom notebooks."""
        return self._parts.get(key, default)

    @property
    def public(self) -> bool:
        """Whether the audience of this dossier is the public."""
        return bool(self.data["audience"] == "public")

    def must_ask(self, *names: str) -> None:
        """Raise UsageError for an unknown question name, so that a typo never looks like no answer.

        A dossier of an older version does not list its questions, so nothing is checked.
        """
        self._require([name for name in self._asks if "." not in name], names)

    def must_answer(self, *names: str) -> None:
        """Raise UsageError for a name that ``answers`` and ``rows`` do not accept.

        The name may be ``form.question``, and must be if several forms of the dossier have a
        question of this name. A dossier of version 0.5 lists questions without their forms.
        """
        by_form = any("." in question for question in self._asks)
        self._require(self._asks, names if by_form else [*map(bare_name, names)])
        for name in names:
            answered = object_of(self._parts.get("forms"))
            forms = [form for form in answered if f"{form}.{name}" in self._asks]
            if len(forms) > 1:
                raise UsageError(several_words(name, forms))

    @property
    def _asks(self) -> list[str]:
        asks = self._parts.get("asks")
        return asks if is_texts(asks) else []

    @property
    def _parts(self) -> Mapping[str, object]:
        return self.data

    @staticmethod
    def _require(asks: Sequence[str], names: Sequence[str]) -> None:
        for name in names if asks else ():
            if name not in asks:
                candidates = [other for other in asks if ("." in other) == ("." in name)]
                hint = did_you_mean(name, candidates)
                raise UsageError(f"No form that reports show asks '{name}'.{hint}")

    def entries(self: Reports) -> Iterator[tuple[str, Entry]]:
        """Yield (form, entry) for every filled form, in the order of the tasks."""
        for form, entries in self.data["forms"].items():
            for entry in entries:
                yield form, entry

    def writers(self: Reports, name: str) -> int:
        """Return the number of people who filled in the form with a question; 0 if unknown.

        For a joint form, the people whose answers it contains are counted too.
        """
        asked_by, _, question = name.rpartition(".")
        for form, entries in self.data["forms"].items():
            if asked_by not in ("", form):
                continue
            if any(a["name"] == question for entry in entries for a in entry["answers"]):
                from_ = {
                    by for entry in entries for a in entry["answers"] for by in a.get("from", ())
                }
                return len({entry["by"] for entry in entries} | from_)
        return 0

    def answers(self: Reports, name: str) -> list[tuple[str, Answer]]:
        """Return every answer to one question as (name of the author, answer) pairs.

        For a joint report, the authors are the colleagues who gave the same answer. Write
        ``form.question`` if several forms have a question of this name. If a person fills in the
        form on several subjects, all answers are included; ``entries`` tells them apart.
        """
        return [
            (by, answer)
            for entry, answer in self._entries_with(name)
            for by in answer.get("from") or [entry["by"]]
        ]

    def rows(self: Reports, name: str) -> list[tuple[list[str], list[Answer]]]:
        """Return the rows of a repeated question as (authors, row) pairs, without duplicates."""
        merged: list[tuple[list[str], list[Answer]]] = []
        for entry, answer in self._entries_with(name):
            for i, row in enumerate(answer.get("rows", ())):
                by = answer["rows_from"][i] if "rows_from" in answer else []
                signers = next((signers for signers, other in merged if other == row), None)
                if signers is None:
                    signers = []
                    merged.append((signers, row))
                signers += [author for author in by or [entry["by"]] if author not in signers]
        return merged

    def others(self: Reports, url: str, signers: Sequence[str]) -> list[str]:
        """Return who else named a link: names of colleagues, and other countries."""
        own = self.data["country"]["code"]
        names: list[str] = []
        for link in self.data["links"]:
            mentions = link["named"]
            if any(mention["url"] == url and mention["code"] == own for mention in mentions):
                colleagues = [mention["by"] for mention in mentions if mention["code"] == own]
                # a single author wrote for the whole delegation
                names += (
                    [by for by in colleagues if by not in signers] if len(colleagues) > 1 else []
                )
                names += [mention["country"] for mention in mentions if mention["code"] != own]
        return list(dict.fromkeys(names))

    def _entries_with(self: Reports, name: str) -> Iterator[tuple[Entry, Answer]]:
        self.must_answer(name)
        asked_by, _, question = name.rpartition(".")
        for form, entry in self.entries():
            for answer in entry["answers"] if asked_by in ("", form) else ():
                if answer["name"] == question:
                    yield entry, answer


Reports = Dossier[ReportDossier]


def bare_name(name: str) -> str:
    """Return the question of a ``form.question`` name."""
    return name.rpartition(".")[2]


def several_words(name: str, forms: Sequence[str]) -> str:
    """Return the error message for a question name that several forms have."""
    cures = " or ".join(f"{form}.{name}" for form in forms)
    return f"'{name}' is asked by {' and '.join(forms)}: write {cures}."
