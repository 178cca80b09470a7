"""Search public pages for content that only some readers may see, before they are published.

The search compares runs of words, so it also finds answers that were cut, reformatted or put into
another sentence. A short answer is searched for as a whole: anywhere on a page if it has four words
and 18 letters or more, else only as the complete text of a cell or paragraph. Words that are
already public, by the page's country or the seminar, are not leaks. The search cannot find answers
that were translated, counted, rearranged, drawn or paraphrased: against those, the guard restricts
what a report for the public may read (reports/guard). Pages with active content are refused as well
(inert_pages.py).
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path, PurePosixPath

from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.submissions.audience import emails_in
from seminarkit.site.inert_pages import not_inert
from seminarkit.site.known_public_words import LONG_RUN as _LONG_RUN
from seminarkit.site.known_public_words import RUN as _RUN
from seminarkit.site.known_public_words import PublicWords
from seminarkit.site.page_words import Words, blocks, rows, runs, texts_in, words
from seminarkit.site.passages import (
    ByLetters,
    Passage,
    Passages,
    addresses_in,
    letter_by_letter,
)
from seminarkit.site.secrets import (
    PUBLIC,
    Secret,
    SecretRow,
    secret_addresses,
    secret_names,
    secret_rows,
    secrets,
)

_LONG_LETTERS = 34  # letters in a run of LONG_RUN words that is searched for
_ANYWHERE, _ENOUGH = 4, 18  # minimum words and letters of a whole answer that is unlikely by chance
_SHORTEST, _LETTERS = 2, 10  # minimum words and letters of an answer searched for as a whole
_MATERIALS = ("readings", "case_studies")


def leaks(folder: SeminarFolder, pages: Mapping[str, str | bytes]) -> list[str]:
    """Return a sentence for everything in these files that must not be public."""
    return LeakSearch(folder).leaks(pages)


class LeakSearch:
    """The search for the secrets of one seminar, which are read once."""

    def __init__(self, folder: SeminarFolder) -> None:
        """Read the secrets from the dossiers, the store and the seminar."""
        self._folder = folder
        self._secrets = secrets(folder)
        self._rows: dict[Words, list[SecretRow]] = {}
        for row in secret_rows(folder):
            if len(row.numbers) > 1:
                self._rows.setdefault(row.label, []).append(row)
        self._runs: dict[Words, Secret] = {}
        self._whole_answers: dict[Words, Secret] = {}
        self._anywhere: dict[Words, Secret] = {}
        self._by_beginning: dict[Words, list[Secret]] = {}
        for secret in self._secrets:
            self._learn(secret)
        self._names = {w: n for n in secret_names(folder).values() if len(w := words(n)) > 1}
        self._addresses = secret_addresses(folder)
        self._passages = Passages(
            (self._runs, self._anywhere), self._names, self._whole_answers, self._cut_off
        )

    def _learn(self, secret: Secret) -> None:
        answer = secret.words
        if not secret.choice:
            for run in runs(answer, _RUN):
                self._runs.setdefault(run, secret)
            for run in runs(answer, _LONG_RUN):
                if sum(map(len, run)) >= _LONG_LETTERS:
                    self._runs.setdefault(run, secret)
            if _ANYWHERE <= len(answer) < _RUN and sum(map(len, answer)) >= _ENOUGH:
                self._anywhere.setdefault(answer, secret)
        if len(answer) >= _SHORTEST and sum(map(len, answer)) >= _LETTERS:
            self._whole_answers.setdefault(answer, secret)
            self._by_beginning.setdefault(answer[:_SHORTEST], []).append(secret)

    def leaks(self, pages: Mapping[str, str | bytes]) -> list[str]:
        """Return a sentence for everything in these files that must not be public."""
        return [sentence for sentences in self.by_page(pages).values() for sentence in sentences]

    def by_page(self, pages: Mapping[str, str | bytes]) -> dict[str, list[str]]:
        """Return these sentences by file, for the files that have any."""
        by_path = {path: list(self._leaks_on(path, page)) for path, page in pages.items()}
        return {path: sentences for path, sentences in by_path.items() if sentences}

    def guarded(self) -> Iterator[object]:
        """Yield everything that the search depends on, in parts; equal parts give equal results."""
        for s in self._secrets:
            yield s.words, s.text, s.whose, s.where, s.choice
        yield sorted((r.label, r.numbers, r.where) for rows in self._rows.values() for r in rows)
        yield sorted([*name, shown] for name, shown in self._names.items())
        yield sorted(self._addresses)
        yield self._seminar_words.texts
        yield self._kit_words.texts
        for code, public_words in sorted(self._public.items()):
            yield code, public_words.texts
        yield list(self._folder.seminar.countries)

    def _leaks_on(self, path: str, page: str | bytes) -> Iterator[str]:
        texts = blocks(path, page)
        passages = [self._passages.of(text) for text in texts]
        for what in not_inert(path, page):
            yield f"{path} {what}."
        yield from self._people(path, texts, passages)
        public_words = self._public_for(path)
        secrets_found: dict[tuple[str, str], Secret] = {}
        for secret in self._words_on(passages, public_words):
            secrets_found.setdefault((secret.whose, secret.where), secret)
        for secret in secrets_found.values():
            yield f"{path} holds words {secret.sentence}."
        if isinstance(page, str):
            yield from self._numbers(path, page)

    def _words_on(self, passages: Sequence[Passage], public: list[PublicWords]) -> Iterator[Secret]:
        all_words = list(chain.from_iterable(passage.matter for passage in passages))
        for length in (_RUN, _LONG_RUN):
            for run in dict.fromkeys(filter(self._runs.__contains__, runs(all_words, length))):
                if not any(run in public.runs for public in public):
                    yield self._runs[run]
        for length in range(_ANYWHERE, _RUN):
            for run in dict.fromkeys(filter(self._anywhere.__contains__, runs(all_words, length))):
                secret = self._anywhere[run]
                if not any(public.holds(run) for public in self._allowed(secret, public)):
                    yield secret
        for letters in letter_by_letter(passages):
            for run in self._by_letters.runs_in(letters):
                if not any(run in public.runs for public in public):
                    yield self._runs[run]
        for passage in passages:
            if answer := passage.answer:
                allowed = self._allowed(answer, public)
                if not any(public.holds(passage.words) for public in allowed):
                    yield answer

    def _cut_off(self, text: str, block: Words) -> Secret | None:
        """Return the answer that a text is the beginning of, if it ends in an ellipsis."""
        if len(block) <= _SHORTEST or not text.rstrip().endswith(("…", "...")):
            return None
        *start, last = block
        for secret in self._by_beginning.get(block[:_SHORTEST], ()):
            rest = secret.words[len(start) :]
            if list(secret.words[: len(start)]) == start and rest and rest[0].startswith(last):
                return secret
        return None

    def _allowed(self, secret: Secret, public_words: list[PublicWords]) -> list[PublicWords]:
        """Return the public words for a secret; labels are public, but not who chose them."""
        return public_words if secret.choice else [*public_words, self._kit_words]

    def _people(self, path: str, texts: list[str], passages: Sequence[Passage]) -> Iterator[str]:
        full_text = "\n".join(texts)
        for address in addresses_in(full_text, [*emails_in(full_text), *self._addresses]):
            yield f"{path} holds the e-mail address {address}."
        names_found = {name for passage in passages for name in passage.names}
        if not names_found:
            return
        folded = unicodedata.normalize("NFKC", full_text).casefold()
        for name, shown in self._names.items():
            if name not in names_found:
                continue
            # a role and a country may be adjacent in a sentence that does not name anybody
            exact = "," not in shown or unicodedata.normalize("NFKC", shown).casefold() in folded
            if exact and not self._seminar_words.holds(name):
                yield f"{path} holds the name of a core participant: '{shown}'."

    def _numbers(self, path: str, page: str) -> Iterator[str]:
        rows_by_place = {
            row.where: row
            for label, figures in (rows(page) if self._rows else ())
            for row in self._rows.get(label, ())
            if row.numbers in set(runs(figures, len(row.numbers)))
        }
        for row in rows_by_place.values():
            figures = ", ".join(row.numbers)
            yield (
                f"{path} holds numbers of {row.where} that are not for everybody: "
                f"'{' '.join(row.label)}: {figures}'."
            )

    def _public_for(self, path: str) -> list[PublicWords]:
        """Return the public words for a page: for a country's page its own and the seminar's."""
        subject = PurePosixPath(path).stem
        country_words = self._public.get(subject)
        if "countries/" in path and subject in self._folder.seminar.countries:
            return [self._seminar_words, *([country_words] if country_words else [])]
        return [self._seminar_words, *self._public.values()]

    @cached_property
    def _by_letters(self) -> ByLetters:
        return ByLetters(self._runs)

    @cached_property
    def _public(self) -> dict[str, PublicWords]:
        """The words of the countries' public dossiers, by code."""
        by_code = {}
        for path in sorted((self._folder.dossiers / PUBLIC).glob("*.json")):
            if path.stem in self._folder.seminar.countries:
                texts = [words(text) for text in _strings(path)]
                by_code[path.stem] = PublicWords(self._runs, texts)
        return by_code

    @cached_property
    def _seminar_words(self) -> PublicWords:
        """The seminar's public words: facts, readings, cases, questions, statements, programme."""
        known = PublicWords(self._runs)
        for path in sorted((self._folder.dossiers / PUBLIC).glob("*.json")):
            if path.stem not in self._folder.seminar.countries:
                known.add(words(text) for text in _strings(path))
        for name in _MATERIALS:
            for path in sorted(self._folder.material(name).rglob("*.*")):
                if path.suffix in (".yml", ".yaml", ".md"):
                    known.add([words(path.read_text(encoding="utf-8", errors="replace"))])
        known.add(words(text) for text in _programme(self._folder))
        return known

    @cached_property
    def _kit_words(self) -> PublicWords:
        """The words of forms and notebooks: headings, questions and choices."""
        known = PublicWords(self._runs)
        for place in (self._folder.material("templates", "forms"), KIT / "notebooks" / "report"):
            for path in sorted(place.glob("*.*")):
                known.add([words(path.read_text(encoding="utf-8", errors="replace"))])
        return known


def _strings(path: Path) -> Iterator[str]:
    yield from texts_in(json.loads(path.read_bytes()))


def _programme(folder: SeminarFolder) -> Iterator[str]:
    """Yield the texts of the programme: titles and topics of sessions, and speakers."""
    fields = {"sessions", "outcomes", "people", "themes", "title", "series"}
    yield from texts_in(folder.seminar.model_dump(include=fields, mode="json"))
