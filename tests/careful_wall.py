"""The last look in its plainest form: each rule word for word, however long that takes.

The kit's own look (site/leaks.py) remembers, leaves out and looks for less. Whatever it does to
be quick, it must say the same as this one.
"""

from __future__ import annotations

import re
import unicodedata
from base64 import b64decode
from collections.abc import Iterator
from html import unescape
from pathlib import PurePosixPath
from urllib.parse import unquote

from seminarkit.site import inert_pages as inert
from seminarkit.site import page_words as kit
from seminarkit.site.known_public_words import LONG_RUN, RUN, PublicWords
from seminarkit.site.leaks import LeakSearch
from seminarkit.site.page_words import Words, runs, spelled_out, words
from seminarkit.site.secrets import Secret

_EMAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]++\s?[@\uff20\ufe6b]\s?[\w-]+(?:\.[\w-]+)+")
_VALUE = re.compile(r"""[\w:-]\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_CUT = re.compile(r"(?:…|\.\.\.)\s*$")
RECEIPT = re.compile(r"\b[A-Z]{2}-[0-9A-Z]{4}\b")
_SHORTEST, _ANYWHERE = 2, 4


class CarefulWall(LeakSearch):
    """The wall without any short cut."""

    def _leaks_on(self, path: str, page: str | bytes) -> Iterator[str]:
        texts = careful_blocks(path, page)
        block_words = [words(text) for text in texts]
        for what in careful_not_inert(path, page):
            yield f"{path} {what}."
        yield from self._people(path, texts, block_words)
        known = self._public_for(path)
        found: dict[tuple[str, str], Secret] = {}
        for secret in self._words_on(texts, block_words, known):
            found.setdefault((secret.whose, secret.where), secret)
        for secret in found.values():
            yield f"{path} holds words {secret.sentence}."
        if isinstance(page, str):
            yield from self._numbers(path, page)

    def _words_on(
        self, texts: list[str], block_words: list[Words], known: list[PublicWords]
    ) -> Iterator[Secret]:
        every = [word for block in block_words for word in block]
        for length in (RUN, LONG_RUN):
            for run in dict.fromkeys(runs(every, length)):
                secret = self._runs.get(run)
                if secret and not any(run in each.runs for each in known):
                    yield secret
        for length in range(_ANYWHERE, RUN):
            for run in dict.fromkeys(runs(every, length)):
                secret = self._anywhere.get(run)
                if secret and not any(each.holds(run) for each in self._allowed(secret, known)):
                    yield secret
        for spelled in spelled_out(every):
            for run, secret in self._runs.items():
                if "".join(run) in spelled and not any(run in each.runs for each in known):
                    yield secret
        for text, block in zip(texts, block_words, strict=True):
            secret = self._whole_answers.get(block) or self._cut_off(text, block)
            if secret and not any(each.holds(block) for each in self._allowed(secret, known)):
                yield secret

    def _cut_off(self, text: str, block: Words) -> Secret | None:
        """Return whose answer begins as a text that was cut, in the middle of a word perhaps."""
        if len(block) <= _SHORTEST or not _CUT.search(text):
            return None
        *begun, last = block
        for secret in self._by_beginning.get(block[:_SHORTEST], ()):
            rest = secret.words[len(begun) :]
            if list(secret.words[: len(begun)]) == begun and rest and rest[0].startswith(last):
                return secret
        return None

    def _people(self, path: str, texts: list[str], block_words: list[Words]) -> Iterator[str]:
        whole = "\n".join(texts)
        for address in dict.fromkeys([*_EMAIL.findall(whole), *self._addresses]):
            if address in whole:
                yield f"{path} holds the e-mail address {address}."
        plain = unicodedata.normalize("NFKC", whole).casefold()
        joined = " \n ".join(["", *(" ".join(block) for block in block_words), ""])
        for name, shown in self._names.items():
            # a role and a country may follow each other in a sentence without being a name
            exact = "," not in shown or unicodedata.normalize("NFKC", shown).casefold() in plain
            if exact and f" {' '.join(name)} " in joined and not self._seminar_words.holds(name):
                yield f"{path} holds the name of a core participant: '{shown}'."


def careful_not_inert(path: str, page: str | bytes) -> Iterator[str]:
    """Read every page as a browser does, from its first sign to its last."""
    if PurePosixPath(path).suffix.lower() not in inert._PAGES:
        return
    text = page if isinstance(page, str) else page.decode("utf-8", "replace")
    for tag in dict.fromkeys(found.lower() for found in inert._LIVE.findall(text)):
        yield f"has a <{tag}>, which would run or load something; no page of the kit does that"
    reader = inert._Tags(path.rpartition("/")[0])
    reader.feed(text)
    reader.close()
    yield from dict.fromkeys(reader.findings)


def careful_blocks(path: str, content: str | bytes, deep: int = 0) -> list[str]:
    """Return the texts of markup without any short cut; of other files as the kit does."""
    if PurePosixPath(path).suffix.lower() not in ("", ".html", ".svg"):
        return kit.blocks(path, content, deep)
    text = content if isinstance(content, str) else content.decode("utf-8", "replace")
    return _marked_up(text, deep)


def _marked_up(text: str, deep: int = 0) -> list[str]:
    """Return the texts of markup: those between tags, then those that a browser does not show."""
    plain = kit._PICTURE.sub("", text)
    between = kit._BREAK.sub(" ", kit._BLOCK.sub("\0", kit._UNSEEN.sub(" ", plain)))
    shown = [unescape(each).strip() for each in kit._TAG.sub("", between).split("\0")]
    return [block for block in shown if block] + _unshown(text, plain, deep)


def _unshown(text: str, plain: str, deep: int) -> list[str]:
    """Return what stands in comments, styles, programs, tags and addresses."""
    unseen = [part for found in kit._UNSEEN.findall(plain) for part in found[1:] if part.strip()]
    found = [kit._unescaped(part) for part in unseen]
    values = [unescape(double or single) for double, single in _VALUE.findall(text)]
    found += [unquote(each) for each in values if not kit._ADDRESS.match(each)]
    found += [unquote(unescape(tag[1:-1])) for tag in kit._TAG.findall(plain) if " " in tag]
    if deep >= kit._DEEP:
        return found
    inside = [match.groups() for each in values if (match := kit._ADDRESS.match(each))]
    inside += [(kind, f"{more};base64", data) for kind, more, data in kit._PICTURE.findall(text)]
    for kind, how, data in dict.fromkeys(inside):
        if not kit._DRAWN.match(kind):
            file = _decoded(data) if how.lower().endswith(";base64") else unquote(data)
            found += careful_blocks("json.json" if "json" in kind else "", file, deep + 1)
    for part in [*unseen, *values]:
        if "<" in part and not kit._ADDRESS.match(part):
            found += _marked_up(part, deep + 1)
    return found


def _decoded(data: str) -> bytes:
    bare = re.sub(r"[^\w+/-]", "", unquote(data)).replace("-", "+").replace("_", "/")
    try:
        return b64decode(bare + "=" * (-len(bare) % 4))
    except ValueError:
        return b""
