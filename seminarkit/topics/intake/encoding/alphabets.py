"""Alphabets and code pages of the seminar's countries, to guess the encoding of a text.

The kit has its own detection, as it must work on one line of notes in Albanian or Arabic and must
not change with the version of a package. East Asian encodings are read only if declared.
"""

from __future__ import annotations

from typing import NamedTuple


class Alphabet(NamedTuple):
    """The non-ASCII letters of a language, most frequent first, and its code pages."""

    letters: str
    code_pages: tuple[str, ...]


# the most common code page first, those of old systems last
_RUSSIAN = ("cp1251", "koi8-r", "iso8859-5", "cp866")
_WEST = ("cp1252", "mac-roman", "cp850")
_CENTRAL = ("cp1250", "iso8859-2")
_TURKISH = ("cp1254",)
_GREEK = ("cp1253", "iso8859-7")

# languages of the seminar's countries first: of two that fit equally, the first is taken
ALPHABETS: dict[str, Alphabet] = {
    "Russian": Alphabet("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфёъ", _RUSSIAN),
    "Ukrainian": Alphabet("оаниівтеркслдмупзьябгйчхцїжєшщюфґ", ("cp1251", "koi8-u")),
    "Belarusian": Alphabet("анаіыртскелдяпвмўубзьоггшчцюхйжёэф", ("cp1251",)),
    "Serbian": Alphabet("аиоенрстујвкпдмлгзбњчшхцћжљђфџ", ("cp1251", "iso8859-5")),
    "Kazakh": Alphabet("аеынртілдсомкбқжшұгғйөуіңпүәизхвяцчфюһэьщ", ("kz1048", "ptcp154")),
    "Bulgarian": Alphabet("аоиетнрсвлдпмкзягбучцщшжхйъфюьѝ", ("cp1251",)),
    "French": Alphabet("éèàêçôîâùûœëïüÿæñ", _WEST),
    "Albanian": Alphabet("ëç", _WEST),
    "Serbian, Bosnian or Croatian": Alphabet("čšžćđ", _CENTRAL),
    "Romanian": Alphabet("ăîâşţșț", (*_CENTRAL, "iso8859-16")),
    "Turkish or Azerbaijani": Alphabet("ıüşğçöiâîû", _TURKISH),
    "Arabic": Alphabet(
        "اليمنرتوبةعدسفهكحقجشصطأخضزثىذغإءئظآؤپ،؟؛ًّّـٌٍَُِْچگ",
        ("cp1256", "iso8859-6"),
    ),
    "Hebrew": Alphabet("יוהלתאמרבשנםדעקחפסטןגזכצךץף־", ("cp1255", "iso8859-8")),
    "German": Alphabet("üäößé", ("cp1252",)),
    "Spanish": Alphabet("óíáéñúü¿¡", ("cp1252",)),
    "Italian": Alphabet("àèùòìé", ("cp1252",)),
    "Portuguese": Alphabet("ãçáéíóêõúâàô", ("cp1252",)),
    "Dutch or English": Alphabet("ëéïöüè", ("cp1252",)),
    "Polish": Alphabet("łąęóżśćńź", _CENTRAL),
    "Czech or Slovak": Alphabet("íáéěýčžřšůúľťôňóäďŕĺ", _CENTRAL),
    "Hungarian": Alphabet("áéőöóűüíú", _CENTRAL),
    "Greek": Alphabet("ατοιεσνρκπυλμηςωάγίδέόθήφχύβώξζψϊΐϋΰ", _GREEK),
    "Swedish, Danish or Norwegian": Alphabet("äåöøæé", ("cp1252",)),
    "Finnish or Estonian": Alphabet("äöõüšž", ("cp1252",)),
    "Latvian or Lithuanian": Alphabet("āīšēėžąčųūļņģķęįōŗ", ("cp1257", "iso8859-13")),
}

# display names; other code pages are shown by their Python name
NAMES = {
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1252": "Windows-1252",
    "cp1253": "Windows-1253",
    "cp1254": "Windows-1254",
    "cp1255": "Windows-1255",
    "cp1256": "Windows-1256",
    "cp1257": "Windows-1257",
    "utf-8-sig": "UTF-8",
}
# punctuation and symbols used in every language
COMMON_SIGNS = frozenset("’‘“”„‚«»‹›–—…•€№§©®°™\u00a0\u200e\u200f\u200c\u200d")
