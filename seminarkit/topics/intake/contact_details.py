"""Detect telephone numbers and addresses in texts that will be printed.

A telephone number starts with a plus, follows "Tel.", or is grouped as in its country. Years,
credits, amounts of money and numbers of laws are not reported, nor are doubtful cases: nobody
reads a warning that is usually wrong.
"""

from __future__ import annotations

import re
from typing import Literal

Contact = Literal["a telephone number", "an e-mail address", "a postal address"]
_MAX_LENGTH = 5_000
_DIGITS = range(7, 16)  # digits of a telephone number (ITU-T E.164)
_GAP = r"[ \u00a0\u202f()./–-]{0,3}"
_PLUS = re.compile(rf"(?<![\w+])(?:\+{_GAP}|00(?=[1-9]))(?:\d{_GAP}){{8,16}}(?!\w)")
_LABELLED = re.compile(
    r"(?<!\w)(?:tel|tél|tel[eé]phone?|telefon\w*|teléfono|telefone|phone|ph|mob|mobile|mobil|"
    r"móvil|cell|"
    r"cellulare|gsm|fax|whats ?app|viber|handy|portable|тел|телефон\w*|моб|мобильный|мобільний|"
    r"факс|"
    r"ტელ|ტელეფონ\w*|მობ|მობილური|հեռ|հեռախոս\w*|բջջ|هاتف|تلفون|تليفون|جوال|موبايل|نقال|فاكس|טל|"
    r"טלפון|נייד|"
    rf"nömrə\w*|raqam\w*|qo'ng'iroq)['׳]?{_GAP}[.:№#]?{_GAP}(?:no|nr|number|"
    rf"номер)?\.?:?{_GAP}\+?{_GAP}(?:\d{_GAP}){{5,15}}(?!\w)",
    re.I,
)
# grouped as within a country: 032 2 123 456, (495) 123-45-67, 599 12 34 56
_GROUPED = re.compile(
    r"(?<![\w.,/№-])(?:"
    r"0\d{1,4}(?:[ -]\d{1,4}){2,4}|0\d(?:[ .]\d\d){4}|0\d{2,4} \d{5,7}|0\d{3}-\d{5,7}|"
    r"(?:8[ -]?)?\((?!(?:19|20)\d\d\))0?\d{2,4}\) ?\d{2,4}(?:[ -]\d{2,4}){1,3}|"
    r"8[ -]\d{3}[ -]\d{3}[ -]\d\d[ -]\d\d|0\d{8,10}|\d{3}[ -]\d\d[ -]\d\d[ -]\d\d|\d{3}-\d\d-\d\d|"
    r"\d{3}-\d{3}-\d{3,4}"
    r")(?![\w/-]|[.,]\d)"
)
_DATE = re.compile(
    r"\d{1,2}[-. /]\d{1,2}[-. /](?:19|20)\d\d|(?:19|20)\d\d[-. /]\d{1,2}[-. /]\d{1,2}"
)
_NUMBER_OF = re.compile(
    r"(?:№|#|\b(?:no|nos|nr|n°|nº|num|art|isbn|issn|doi|law|act|decree|order|isced|code|id|"
    r"project|grant|закон|указ|"
    r"приказ|постановление|ст|код|loi|décret|arrêté|gesetz|legea|lege|qanun|kanun|ley|"
    r"decreto))\.?\W{0,3}\S{0,12}\s?$",
    re.I,
)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}\s?(?:@|[\[(]at[\])])\s?[\w-]+(?:\.[\w-]+)+", re.I)
_STREET_NAME = (
    r"(?:(?:de|du|des|la|le|les|del|della|of|l'|d')\s?){0,3}"
    r"[^\W\d_a-zа-я][\w'’.-]*(?:\s+[^\W\d_][\w'’.-]*){0,3}"
)
_POSTAL = re.compile(
    rf"(?<!\w)(?:[Rr]ue|[Aa]venue|[Aa]v\.|[Bb]oulevard|[Bb]d\.?|[Cc]haussée|[Cc]alle|C/|Via|Viale|"
    rf"Piazza|[Rr]ua|"
    rf"[Pp]laza|[Uu]l\.|[Ss]tr\.|[Ss]trada|[Bb]d-ul|[Rr]ruga|[Uu]lica|[Уу]л\.|[Уу]лица|[Вв]ул\.|"
    rf"[Вв]улиця|[Пп]р\.|"
    rf"[Пп]росп\.|[Пп]роспект|[Пп]л\.)\s+{_STREET_NAME},?\s*(?:n[r°o]\.?\s*|д\.\s*|"
    rf"буд\.\s*)?\d{{1,4}}(?![\d%])|"
    r"(?<![\w-])\d{1,4}[a-zA-Z]?,?\s+(?:(?:[Rr]ue|[Aa]venue|[Bb]oulevard)\s+[^\W\d_]|"
    r"(?:[A-Z][\w'.-]{0,30}\s+){1,3}"
    r"(?:[Ss]treet|St\.|[Aa]venue|Ave\.?|[Rr]oad|Rd\.?|[Bb]oulevard|Blvd\.?|[Ll]ane|[Ss]quare|"
    r"[Ss]tr\.)(?!\w))|"
    r"(?<!\w)(?:[A-Z][\w'.-]{0,30}\s+){1,3}(?:[Ss]treet|[Aa]venue|[Rr]oad|Str\.|St\.|"
    r"Ave\.),?\s*(?:no\.?\s*|N|#)?\d{1,4}(?![\d%])|"
    r"(?<!\w)[A-ZÄÖÜ][\wäöüß-]{1,30}?(?:straße|strasse|str\.|gasse|platz|weg)\s+\d{1,4}(?!\d)|"
    r"(?<!\w)[^\W\d_]{2,30}\s+(?:ქ\.|ქუჩა|გამზირი|გამზ\.)\s*(?:N|№)?\s?\d{1,4}|(?:ք\.|"
    r"փ\.)\s?[^\W\d_]+.{0,20}\d{1,4}|"
    r"(?<!\w)[^\W\d_]{2,30}\s+(?:փողոց|պողոտա|küçəsi|küç\.|prospekti|көшесі|даңғылы|"
    r"ko[ʻ‘'`’]chasi|[Cc]addesi|[Cc]ad\.|[Ss]okak|"
    r"[Ss]ok\.|[Bb]ulvarı)\s*,?\s*(?:[Nn]o[.:]*\s?|№\s?)?\d{1,4}|شارع\s+[^\W\d_]+|(?:رח|"
    r"רחוב)['׳]?\s+[^\W\d_]+\s.{0,20}\d{1,4}|"
    r"[Pp]\.?\s?[Oo]\.?\s?[Bb]ox\s+\d+|(?<!\w)(?:BP|B\.P\.)\s+\d{2,5}|(?<!\w)а/я\s+\d+|"
    r"ص\.?\s?ب\.?\s?:?\s?\d+"
)


def contact_in(text: str) -> Contact | None:
    """Return the kind of contact detail in a text, or None."""
    text = text[:_MAX_LENGTH]
    if _MAIL.search(text):
        return "an e-mail address"
    if _has_telephone(text):
        return "a telephone number"
    return "a postal address" if _POSTAL.search(text) else None


def _has_telephone(text: str) -> bool:
    if any(sum(map(str.isdigit, match[0])) >= 5 for match in _LABELLED.finditer(text)):
        return True
    return any(
        sum(map(str.isdigit, match[0])) in _DIGITS
        and not _DATE.search(match[0])
        and not _NUMBER_OF.search(text[max(0, match.start() - 30) : match.start()])
        for pattern in (_PLUS, _GROUPED)
        for match in pattern.finditer(text)
    )
