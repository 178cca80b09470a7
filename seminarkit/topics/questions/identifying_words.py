"""Find words in an audience question that may identify its author, for a person to check.

Nothing is removed or changed: the question waits for a decision. So a false alarm costs a glance,
and a common word such as "Will" is never lost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import cache
from importlib import resources

from seminarkit.core.seminar.model import Seminar
from seminarkit.core.submissions.attribution import attributions

_SHORTEST_PART = 4  # letters of a part of a name; shorter ones match too many words
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_HANDLE = re.compile(r"(?<![\w.])@\w[\w.-]+")
_NUMBER = re.compile(r"(?<!\w)(?:\+|00)?\(?\d(?:[\s()./-]{0,2}\d){6,}(?!\w)")
_NO_NUMBER = re.compile(
    r"(?:(?:19|20)\d\d\s?[-/–]\s?(?:19|20)\d\d|\d{4}-\d{2}-\d{2}|\d{1,3}(?:[ ,.]\d{3})+)"
)
_LINK = re.compile(
    r"(?:https?://|www\.)\S+|(?<![\w@.])(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?", re.IGNORECASE
)
_HANDLE_IN_LINK = re.compile(
    r"@|~|/(?:in|u|users?|people|profile|person|staff|author)s?/|"
    r"(?:^|[/.])(?:t\.me|wa\.me|facebook|linkedin|twitter|x|instagram|github|gitlab|orcid|vk|"
    r"researchgate|telegram|mastodon\.\w+|youtube|tiktok)\.?(?:com|org|net)?(?=/|$)",
    re.IGNORECASE,
)
_OF_COUNTRY = re.compile(r"^(?:https?://)?[\w.-]+\.([a-z]{2})(?=[/:?#]|$)", re.IGNORECASE)
_OF_NO_COUNTRY = frozenset({"eu", "io", "ai", "tv", "me", "co", "cc"})
_ROLES = (
    "neo|minister|vice-minister|rector|vice-rector|dean|director|head|president|chair|professor|"
    "lecturer|teacher|coordinator|delegate|representative|expert|student|ambassador|founder|owner|"
    "secretary|registrar|researcher|adviser|advisor|officer|employee|manager"
)
_SPEAKER = re.compile(
    rf"\b(?:I am|I['’]m|I work|I teach|I study|We are|We at|My name is|This is|Speaking as|"
    rf"As (?:a|an|the)) (?:(?:a|an|the|your) )?(?:\w+ ){{0,2}}?(?:{_ROLES}|from|at|in|for|of)\b|"
    r"\bmy name is\b|\b(?:call|write to|phone|text|contact) me\b",
    re.IGNORECASE,
)
_PLACE_PREFIX = 5  # letters of a country's name, so that its people and languages match too
# scripts by country: if only one country of the seminar uses a script, the script identifies it
_SCRIPTS = {
    "GEORGIAN": "GE",
    "ARMENIAN": "AM",
    "HEBREW": "IL",
    "TIFINAGH": "MA DZ",
    "GREEK": "GR CY",
    "CYRILLIC": "RU UA BY KZ KG TJ BG RS MK ME BA MN XK",
    "ARABIC": "DZ EG JO LB LY MA PS SY TN SA AE QA KW IQ YE SD OM BH IR AF PK MR",
    "ETHIOPIC": "ET ER",
    "THAI": "TH",
    "DEVANAGARI": "IN NP",
    "HANGUL": "KR",
    "CJK": "CN JP TW SG",
}
_LETTER_OF = {"ə": "AZ", "Ə": "AZ"}
# words that are common in English and rare in other languages
_ENGLISH = frozenset(
    _WORD.findall("""
    the and what which how why where when who whose does did do can could will would should shall
    may must is are was were be been this that these those there their they them then than you your
    we our us it its not with without have has had from into about any some all more other by if
    for of to or as at
    """)
)


def identifying_parts(seminar: Seminar, words: str, names: Collection[str]) -> list[str]:
    """Return the parts of a question that may identify its author, each with its kind.

    ``names`` are the names shown in chats. Speakers of the programme may be named.
    """
    speakers = {person.name for person in seminar.people.values()}
    pieces = [
        piece
        for piece in attributions(seminar, words)
        if piece.removeprefix("the name ") not in speakers
    ]
    speaker_parts = _parts(speakers)
    pieces += [
        f"the name {piece}" for piece in _parts_of_names(words, _parts(names) - speaker_parts)
    ]
    pieces += [f"the handle {piece}" for piece in _HANDLE.findall(words)]
    pieces += [f"the number {piece}" for piece in _numbers(words)]
    pieces += [f"the link {piece}" for piece in _LINK.findall(words) if _names_somebody(piece)]
    pieces += [f"the place {piece}" for piece in _places(words)]
    pieces += [f"the words “{match[0]}”" for match in _SPEAKER.finditer(words)]
    pieces += _language(seminar, words)
    return list(dict.fromkeys(pieces))


def _parts(names: Collection[str]) -> set[str]:
    """Return the words of shown names in lower case, without affiliations in brackets.

    A name of a single word may be one letter shorter than other parts.
    """
    parts = set()
    for name in names:
        words = [_bare(word) for word in _WORD.findall(_BRACKETS.sub(" ", name))]
        shortest = _SHORTEST_PART if len(words) > 1 else _SHORTEST_PART - 1
        for word in words:
            if len(word) >= shortest and (name.islower() or not word[0].islower()):
                parts.add(word.casefold())
    return parts


def _parts_of_names(words: str, parts: Collection[str]) -> Iterator[str]:
    """Yield the capitalised words of a text that are part of a name."""
    for word in _WORD.findall(words):
        if not word[0].islower() and _bare(word).casefold() in parts:
            yield word


def _bare(word: str) -> str:
    return re.sub(r"['’]s$", "", word)


def _numbers(words: str) -> Iterator[str]:
    for match in _NUMBER.finditer(words):
        if not _NO_NUMBER.fullmatch(match[0].strip()):
            yield match[0].strip()


def _names_somebody(link: str) -> bool:
    """Return whether a link leads to a personal page, or to a country's domain."""
    country = _OF_COUNTRY.search(link)
    is_national = country and country[1].casefold() not in _OF_NO_COUNTRY
    return bool(_HANDLE_IN_LINK.search(link) or is_national)


def _places(words: str) -> Iterator[str]:
    """Yield the countries and towns of the world that a text names."""
    single, multi_word = _known_places()
    lower = words.casefold()
    yield from (
        place
        for place in multi_word
        if re.search(rf"(?<!\w){re.escape(place.casefold())}(?!\w)", lower)
    )
    for word in _WORD.findall(words):
        if word[0].isupper() and (word in single or word[:_PLACE_PREFIX] in single):
            yield word


@cache
def _known_places() -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the names of countries and towns from the time zone tables.

    Single words come with the prefixes of countries' names; names of several words are apart.
    """
    folder = resources.files("tzdata").joinpath("zoneinfo")
    rows = folder.joinpath("iso3166.tab").read_text("utf-8").splitlines()
    countries = [row.partition("\t")[2] for row in rows if row and not row.startswith("#")]
    zones = folder.joinpath("zone.tab").read_text("utf-8").splitlines()
    towns = [row.split("\t")[2] for row in zones if row and not row.startswith("#")]
    names = {part.strip() for name in countries for part in re.split(r"[()/&]| and ", name)}
    names |= {town.rpartition("/")[2].replace("_", " ") for town in towns}
    single = {name for name in names if name and " " not in name and "." not in name}
    prefixes = {
        name[:_PLACE_PREFIX] for name in countries if " " not in name and len(name) > _PLACE_PREFIX
    }
    return frozenset(single | prefixes), tuple(sorted(name for name in names if " " in name))


def _language(seminar: Seminar, words: str) -> Iterator[str]:
    """Yield the script or language of a text that is not English, or may reveal the country.

    All other checks are for English, so a person has to read a text in another language.
    """
    letters = [sign for sign in words if sign.isalpha()]
    scripts = {unicodedata.name(sign, "?").split(" ")[0].split("-")[0] for sign in letters}
    for script in sorted(scripts & _SCRIPTS.keys()):
        users = set(_SCRIPTS[script].split()) & set(seminar.countries)
        if len(users) <= 1:
            yield f"its script ({script.capitalize()})"
    for letter in sorted({sign for sign in letters if sign in _LETTER_OF}):
        yield f"the letter {letter}"
    words_in_lower_case = [word.casefold() for word in _WORD.findall(words)]
    if len(words_in_lower_case) > 3 and sum(
        word in _ENGLISH for word in words_in_lower_case
    ) * 8 < len(words_in_lower_case):
        yield "its language, which is not English"
