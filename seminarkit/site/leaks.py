"""The last look before pages become public: is anything on them that is for some readers alone?

Runs of words are compared, not whole answers: what was cut, reformatted or put into another
sentence is found as well. An answer of four words or more that come to 18 letters is looked for as
a whole anywhere on a page, a shorter one as the text of a cell or a paragraph. What is public
already, by the country whose page it is or by the seminar itself, is no leak. What was translated,
counted, turned round, drawn in a picture or said in other words cannot be found here: what a report
for the public may open is the first guard (reports/guard), and this is the second. A page that
runs or loads something is refused as well (inert_pages.py).
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
from seminarkit.site.known_public_words import Known
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
    Row,
    Secret,
    secret_addresses,
    secret_names,
    secret_rows,
    secrets,
)

_LONG = 34  # letters of a long run
_ANYWHERE, _ENOUGH = 4, 18  # a whole answer that is no phrase of everybody's: words, letters
_SHORTEST, _LETTERS = 2, 10  # an answer that is looked for as a whole: its words, its letters
_MATERIALS = ("readings", "case_studies")


def leaks(folder: SeminarFolder, pages: Mapping[str, str | bytes]) -> list[str]:
    """Return a sentence for everything in these files that must not be public."""
    return Wall(folder).leaks(pages)


class Wall:
    """What must not be public of one seminar, read once."""

    def __init__(self, folder: SeminarFolder) -> None:
        """Read what there is in dossiers, store and materials."""
        self._folder = folder
        self._secrets = secrets(folder)
        self._rows: dict[Words, list[Row]] = {}
        for row in secret_rows(folder):
            if len(row.numbers) > 1:
                self._rows.setdefault(row.label, []).append(row)
        self._runs: dict[Words, Secret] = {}
        self._whole: dict[Words, Secret] = {}
        self._anywhere: dict[Words, Secret] = {}
        self._begun: dict[Words, list[Secret]] = {}
        for secret in self._secrets:
            self._learn(secret)
        self._names = {w: n for n in secret_names(folder).values() if len(w := words(n)) > 1}
        self._addresses = secret_addresses(folder)
        self._passages = Passages(
            (self._runs, self._anywhere), self._names, self._whole, self._cut_off
        )

    def _learn(self, secret: Secret) -> None:
        given = secret.words
        if not secret.choice:
            for run in runs(given, _RUN):
                self._runs.setdefault(run, secret)
            for run in runs(given, _LONG_RUN):
                if sum(map(len, run)) >= _LONG:
                    self._runs.setdefault(run, secret)
            if _ANYWHERE <= len(given) < _RUN and sum(map(len, given)) >= _ENOUGH:
                self._anywhere.setdefault(given, secret)
        if len(given) >= _SHORTEST and sum(map(len, given)) >= _LETTERS:
            self._whole.setdefault(given, secret)
            self._begun.setdefault(given[:_SHORTEST], []).append(secret)

    def leaks(self, pages: Mapping[str, str | bytes]) -> list[str]:
        """Return a sentence for everything in these files that must not be public."""
        return [each for sentences in self.by_page(pages).values() for each in sentences]

    def by_page(self, pages: Mapping[str, str | bytes]) -> dict[str, list[str]]:
        """Return the sentences by the path of the file, for the files that have any."""
        looked = {path: list(self._on(path, page)) for path, page in pages.items()}
        return {path: sentences for path, sentences in looked.items() if sentences}

    def guarded(self) -> Iterator[object]:
        """Yield all that the search goes by, in parts: what is the same gives the same verdicts."""
        for s in self._secrets:
            yield s.words, s.text, s.whose, s.where, s.choice
        yield sorted((r.label, r.numbers, r.where) for rows in self._rows.values() for r in rows)
        yield sorted([*name, shown] for name, shown in self._names.items())
        yield sorted(self._addresses)
        yield self._seminars.texts
        yield self._kits.texts
        for code, known in sorted(self._public.items()):
            yield code, known.texts
        yield list(self._folder.seminar.countries)

    def _on(self, path: str, page: str | bytes) -> Iterator[str]:
        texts = blocks(path, page)
        passages = [self._passages.of(text) for text in texts]
        for what in not_inert(path, page):
            yield f"{path} {what}."
        yield from self._people(path, texts, passages)
        known = self._known(path)
        found: dict[tuple[str, str], Secret] = {}
        for secret in self._words_on(passages, known):
            found.setdefault((secret.whose, secret.where), secret)
        for secret in found.values():
            yield f"{path} holds words {secret.sentence}."
        if isinstance(page, str):
            yield from self._numbers(path, page)

    def _words_on(self, passages: Sequence[Passage], known: list[Known]) -> Iterator[Secret]:
        every = list(chain.from_iterable(passage.matter for passage in passages))
        for length in (_RUN, _LONG_RUN):
            for run in dict.fromkeys(filter(self._runs.__contains__, runs(every, length))):
                if not any(run in each.runs for each in known):
                    yield self._runs[run]
        for length in range(_ANYWHERE, _RUN):
            for run in dict.fromkeys(filter(self._anywhere.__contains__, runs(every, length))):
                secret = self._anywhere[run]
                if not any(each.holds(run) for each in self._allowed(secret, known)):
                    yield secret
        for spelled in letter_by_letter(passages):
            for run in self._by_letters.runs_in(spelled):
                if not any(run in each.runs for each in known):
                    yield self._runs[run]
        for passage in passages:
            if answer := passage.answer:
                allowed = self._allowed(answer, known)
                if not any(each.holds(passage.words) for each in allowed):
                    yield answer

    def _cut_off(self, text: str, block: Words) -> Secret | None:
        """Return whose answer begins as a text that was cut, in the middle of a word perhaps."""
        if len(block) <= _SHORTEST or not text.rstrip().endswith(("…", "...")):
            return None
        *begun, last = block
        for secret in self._begun.get(block[:_SHORTEST], ()):
            rest = secret.words[len(begun) :]
            if list(secret.words[: len(begun)]) == begun and rest and rest[0].startswith(last):
                return secret
        return None

    def _allowed(self, secret: Secret, known: list[Known]) -> list[Known]:
        """A label stands in its form for everybody to read: who chose it is not said there."""
        return known if secret.choice else [*known, self._kits]

    def _people(self, path: str, texts: list[str], passages: Sequence[Passage]) -> Iterator[str]:
        whole = "\n".join(texts)
        for address in addresses_in(whole, [*emails_in(whole), *self._addresses]):
            yield f"{path} holds the e-mail address {address}."
        named = {name for passage in passages for name in passage.names}
        if not named:
            return
        plain = unicodedata.normalize("NFKC", whole).casefold()
        for name, shown in self._names.items():
            if name not in named:
                continue
            # a role and a country may follow each other in a sentence without being a name
            exact = "," not in shown or unicodedata.normalize("NFKC", shown).casefold() in plain
            if exact and not self._seminars.holds(name):
                yield f"{path} holds the name of a core participant: '{shown}'."

    def _numbers(self, path: str, page: str) -> Iterator[str]:
        where = {
            row.where: row
            for label, figures in (rows(page) if self._rows else ())
            for row in self._rows.get(label, ())
            if row.numbers in set(runs(figures, len(row.numbers)))
        }
        for row in where.values():
            figures = ", ".join(row.numbers)
            yield (
                f"{path} holds numbers that are not for everybody, of {row.where}: "
                f"'{' '.join(row.label)}: {figures}'."
            )

    def _known(self, path: str) -> list[Known]:
        """Return what may stand on a page: of a country's, its own words and the seminar's."""
        subject = PurePosixPath(path).stem
        own = self._public.get(subject)
        if "countries/" in path and subject in self._folder.seminar.countries:
            return [self._seminars, *([own] if own else [])]
        return [self._seminars, *self._public.values()]

    @cached_property
    def _by_letters(self) -> ByLetters:
        return ByLetters(self._runs)

    @cached_property
    def _public(self) -> dict[str, Known]:
        """The public dossiers of countries, by code."""
        found = {}
        for path in sorted((self._folder.dossiers / PUBLIC).glob("*.json")):
            if path.stem in self._folder.seminar.countries:
                found[path.stem] = Known(self._runs, [words(text) for text in _strings(path)])
        return found

    @cached_property
    def _seminars(self) -> Known:
        """What the seminar says to everybody: facts, readings, cases, questions, statements."""
        known = Known(self._runs)
        for path in sorted((self._folder.dossiers / PUBLIC).glob("*.json")):
            if path.stem not in self._folder.seminar.countries:
                known.add(words(text) for text in _strings(path))
        for name in _MATERIALS:
            for path in sorted(self._folder.material(name).rglob("*.*")):
                if path.suffix in (".yml", ".yaml", ".md"):
                    known.add([words(path.read_text(encoding="utf-8", errors="replace"))])
        known.add(words(each) for each in _programme(self._folder))
        return known

    @cached_property
    def _kits(self) -> Known:
        """The words of forms and notebooks: headings, questions and choices."""
        known = Known(self._runs)
        for place in (self._folder.material("templates", "forms"), KIT / "notebooks" / "report"):
            for path in sorted(place.glob("*.*")):
                known.add([words(path.read_text(encoding="utf-8", errors="replace"))])
        return known


def _strings(path: Path) -> Iterator[str]:
    yield from texts_in(json.loads(path.read_bytes()))


def _programme(folder: SeminarFolder) -> Iterator[str]:
    """Yield the texts of the programme: what sessions are called and about, and who speaks."""
    shown = {"sessions", "outcomes", "people", "themes", "title", "series"}
    yield from texts_in(folder.seminar.model_dump(include=shown, mode="json"))
