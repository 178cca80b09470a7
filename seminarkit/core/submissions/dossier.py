"""A dossier as reports ask it: its parts, what it may be asked, and who gave which answer."""

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
    """A dossier with the few questions that every report asks of it."""

    data: D

    def __getitem__(self, key: str) -> object:
        """Return a part, for notebooks of one's own."""
        return self._parts[key]

    def get(self, key: str, default: object = None) -> object:
        """Return a part that only some dossiers have, for notebooks of one's own."""
        return self._parts.get(key, default)

    @property
    def public(self) -> bool:
        """Whether this dossier is for everybody."""
        return bool(self.data["audience"] == "public")

    def must_ask(self, *names: str) -> None:
        """Raise UsageError for a name that is no question's: what is misspelt is never shown empty.

        A dossier of an earlier version does not say what is asked.
        """
        self._must_be_among([name for name in self._asks if "." not in name], names)

    def must_answer(self, *names: str) -> None:
        """Raise UsageError for a name that ``answers`` and ``rows`` cannot give answers to.

        It may be ``form.question``, and must be where several forms of the dossier ask a question
        of this name. A dossier of version 0.5 knows no forms of questions.
        """
        by_form = any("." in known for known in self._asks)
        self._must_be_among(self._asks, names if by_form else [*map(bare_name, names)])
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
    def _must_be_among(asks: Sequence[str], names: Sequence[str]) -> None:
        for name in names if asks else ():
            if name not in asks:
                alike = [known for known in asks if ("." in known) == ("." in name)]
                hint = did_you_mean(name, alike)
                raise UsageError(f"No form that reports show asks '{name}'.{hint}")

    def entries(self: Reports) -> Iterator[tuple[str, Entry]]:
        """Yield (form, entry) for every filled form, in the order of the tasks."""
        for form, entries in self.data["forms"].items():
            for entry in entries:
                yield form, entry

    def writers(self: Reports, name: str) -> int:
        """Return how many people filled in the form that asks a question, as far as it is known."""
        asked_by, _, question = name.rpartition(".")
        for form, entries in self.data["forms"].items():
            if asked_by not in ("", form):
                continue
            if any(a["name"] == question for each in entries for a in each["answers"]):
                from_ = {
                    by for each in entries for a in each["answers"] for by in a.get("from", ())
                }
                return len({each["by"] for each in entries} | from_)
        return 0

    def answers(self: Reports, name: str) -> list[tuple[str, Answer]]:
        """Return every answer to one question, with who gave it: (by, answer) pairs.

        Of a joint report it is those of the delegation who had given the answer. Where several
        forms ask a question of this name, write ``form.question``. Where a person fills that form
        in on several subjects, the answers on all of them are here; the entries tell them apart.
        """
        return [
            (by, answer)
            for entry, answer in self._given(name)
            for by in answer.get("from") or [entry["by"]]
        ]

    def rows(self: Reports, name: str) -> list[tuple[list[str], list[Answer]]]:
        """Return a repeated question's rows as (signers, row); what several wrote stands once."""
        merged: list[tuple[list[str], list[Answer]]] = []
        for entry, answer in self._given(name):
            for i, row in enumerate(answer.get("rows", ())):
                by = answer["rows_from"][i] if "rows_from" in answer else []
                signers = next((signers for signers, other in merged if other == row), None)
                if signers is None:
                    signers = []
                    merged.append((signers, row))
                signers += [each for each in by or [entry["by"]] if each not in signers]
        return merged

    def others(self: Reports, url: str, signers: Sequence[str]) -> list[str]:
        """Return who else named a link: colleagues by name, and other countries."""
        own = self.data["country"]["code"]
        found: list[str] = []
        for link in self.data["links"]:
            named = link["named"]
            if any(each["url"] == url and each["code"] == own for each in named):
                here = [each["by"] for each in named if each["code"] == own]
                # one who wrote for all has no colleague beside
                found += [by for by in here if by not in signers] if len(here) > 1 else []
                found += [each["country"] for each in named if each["code"] != own]
        return list(dict.fromkeys(found))

    def _given(self: Reports, name: str) -> Iterator[tuple[Entry, Answer]]:
        self.must_answer(name)
        asked_by, _, question = name.rpartition(".")
        for form, entry in self.entries():
            for answer in entry["answers"] if asked_by in ("", form) else ():
                if answer["name"] == question:
                    yield entry, answer


Reports = Dossier[ReportDossier]


def bare_name(name: str) -> str:
    """Return the name of a question without that of its form."""
    return name.rpartition(".")[2]


def several_words(name: str, forms: Sequence[str]) -> str:
    """Return the sentence on a name that several forms have for a question."""
    cures = " or ".join(f"{form}.{name}" for form in forms)
    return f"'{name}' is asked by {' and '.join(forms)}: write {cures}."
