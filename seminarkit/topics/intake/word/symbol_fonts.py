"""Map characters of Word's symbol fonts to Unicode.

Word stores such a character by its code in the font, or in the private use area, U+F020 to U+F0FF.
The tables are the Unicode 7 mappings of these fonts, one string per font for the codes 0x20 to
0xFF; "\ufffd" marks a code without a character. Arrows and boxes that few fonts contain are
replaced by common ones.
"""

from __future__ import annotations

import re

_FIRST_CODE = 0x20
_PRIVATE = range(0xF000, 0xF100)
_MISSING = "\ufffd"
_PRIVATE_CHARACTER = re.compile("[\ue000-\uf8ff]")
UNREADABLE = "[?]"
_BULLET = "•"

_FONTS = {
    "symbol": (
        " !∀#∃%&∍()*+,−./0123456789:;<=>?"
        "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"
        "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}~�"
        "��������������������������������"
        "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵"
        "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"
        "◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭�"
    ),
    "webdings": (
        " 🕷🕸🕲🕶🏆🎖🖇🗨🗩🗰🗱🌶🎗🙾🙼🗕🗖🗗⏴⏵⏶⏷⏪⏩⏮⏭⏸⏹⏺🗚🗳"
        "🛠🏗🏘🏙🏚🏜🏭🏛🏠🏖🏝🛣🔍🏔👁👂🏞🏕🛤🏟🛳🕬🕫🕨🔈🎔🎕🗬🙽🗭🗪🗫"
        "⮔✔🚲⬜🛡📦🛱⬛🚑🛈🛩🛰🟈🕴⬤🛥🚔🗘🗙❓🛲🚇🚍⛳⦸⊖🚭🗮⏐🗯🗲�"
        "🚹🚺🛉🛊🚼👽🏋⛷🏂🏌🏊🏄🏍🏎🚘🗠🛢💰🏷💳👪🗡🗢🗣✯🖄🖅🖃🖆🖹🖺🖻"
        "🕵🕰🖽🖾📋🗒🗓🕮📚🗞🗟🗃🗂🖼🎭🎜🎘🎙🎧💿🎞📷🎟🎬📽📹📾📻🎚🎛📺💻"
        "🖥🖦🖧🕹🎮🕻🕼📟🖁🖀🖨🖩🖿🖪🗜🔒🔓🗝📥📤🕳🌣🌤🌥🌦☁🌨🌧🌩🌪🌬🌫"
        "🌜🌡🛋🛏🍽🍸🛎🛍Ⓟ♿🛆🖈🎓🗤🗥🗦🗧🛪🐿🐦🐟🐕🐈🙬🙮🙭🙯🗺🌍🌏🌎🕊"
    ),
    "wingdings": (
        " 🖉✂✁👓🕭🕮🕯🕿✆🖂🖃📪📫📬📭🗀🗁🗎🗏🗐🗄⌛🖮🖰🖲🖳🖴🖫🖬✇✍"
        "🖎✌🖏👍👎☜☞☝☟🖐☺😐☹💣🕱🏳🏱✈☼🌢❄🕆✞🕈✠✡☪☯🕉☸♈♉"
        "♊♋♌♍♎♏♐♑♒♓🙰🙵⚫🔾◼☐🞐❑❒🞟⧫◆❖⬩⌧⮹⌘🏵🏶🙶🙷▯"
        "🄋➀➁➂➃➄➅➆➇➈➉🄌➊➋➌➍➎➏➐➑➒➓🙢🙠🙡🙣🙞🙜🙝🙟∙•"
        "⬝⭘🞆🞈🞊🞋🔿▪☐🟁🟅★🟋🟏🟓🟑⯐⌖⯎⯏⯑✪✰🕐🕑🕒🕓🕔🕕🕖🕗🕘"
        "🕙🕚🕛⮰⮱⮲⮳⮴⮵⮶⮷🙪🙫🙕🙔🙗🙖🙐🙑🙒🙓⌫⌦⮘➢⮙⮛⮈⮊⮉⮋←"
        "→↑↓↖↗↙↘←→↑↓↖↗↙↘⇦⇨⇧⇩⬄⇳⬁⬀⬃⬂🢬🢭✗✓☒☑�"
    ),
    "wingdings 2": (
        " 🖊🖋🖌🖍✄✀🕾🕽🗅🗆🗇🗈🗉🗊🗋🗌🗍📋🗑🗔🖵🖶🖷🖸🖭🖯🖱🖒🖓🖘🖙"
        "🖚🖛👈👉🖜🖝🖞🖟🖠🖡👆👇🖢🖣🖑✗✓☒☑⮽☒⮾⮿🛇⦸🙱🙴🙲🙳‽🙹🙺"
        "🙻🙦🙤🙥🙧🙚🙘🙙🙛⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿�"
        "☉🌕☽☾⸿✝🕇🕜🕝🕞🕟🕠🕡🕢🕣🕤🕥🕦🕧🙨🙩⋅🞄⦁●○🞅🞇🞉⊙⦿🞌"
        "🞍◾■☐🞑🞒🞓🞔▣🞕🞖🞗🞘⬩⬥◇🞚◈🞛🞜🞝🞞⬪⬧◊🞠◖◗⯊⯋⯀⯁"
        "⬟⯂⬣⬢⯃⯄🞡🞢🞣🞤🞥🞦🞧🞨🞩🞪🞫🞬🞭🞮🞯🞰🞱🞲🞳🞴🞵🞶🞷🞸🞹🞺"
        "🞻🞼🞽🞾🞿🟀🟂🟄🟆🟉🟊✶🟌🟎🟐🟒✹🟃🟇✯🟍🟔⯌⯍※⁂������"
    ),
    "wingdings 3": (
        " ⭠⭢⭡⭣⭦⭧⭩⭨⭰⭲⭱⭳⭶⭸⭻⭽⭤⭥⭪⭬⭫⭭⭍⮠⮡⮢⮣⮤⮥⮦⮧"
        "⮐⮑⮒⮓⮀⮃⭾⭿⮄⮆⮅⮇⮏⮍⮎⮌⭮⭯⎋⌤⌃⌥␣⍽⇪⮸🢠🢡🢢🢣🢤🢥"
        "🢦🢧🢨🢩🢪🢫←→↑↓↖↗↙↘←↑▲▼△▽◀▶◁▷◣◢◤◥🞀🞂🞁�"
        "🞃⯅⯆⯇⯈⮜⮞⮝⮟←→↑↓←→↑↓←→↑↓←→↑↓←→↑↓←→↑"
        "↓←→↑↓←→←→←→←🢜🢝🢞🢟→←→←→←→↑↓🢘🢚🢙🢛←→↑"
        "↓←→↑↓←→↑↓⮨⮩⮪⮫⮬⮭⮮⮯←→↑↓↖↗↙↘←→↑↓↖↗↙"
        "↘←→↑↓↖↗↙↘🢐🢒🢑🢓🢔🢖🢕🢗���������������"
    ),
}
# private use characters that appear without their font, such as pasted Word bullets
_WITHOUT_FONT = {
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf0d8": "➢",
    "\uf0fc": "✓",
    "\uf0fb": "✗",
    "\uf0fe": "☑",
    "\uf0fd": "☒",
    "\uf0a8": "☐",
    "\uf06f": "☐",
    "\uf0e0": "→",
    "\uf0df": "←",
    "\uf0f3": "⇔",
    "\uf076": "❖",
}


def is_picture_font(font: str) -> bool:
    """Return whether a font is a symbol font in the tables."""
    return _table_name(font) in _FONTS


def font_symbol(code: str, font: str) -> str:
    """Return the character for a hexadecimal code of a font, as in ``w:sym``; '' if unknown."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if number in _PRIVATE or number < 0x100:
        return _character_at(number & 0xFF, font) or _WITHOUT_FONT.get(
            chr(0xF000 | number & 0xFF), ""
        )
    is_character = (
        number < 0x110000 and not 0xD800 <= number < 0xE000 and not 0xE000 <= number < 0xF900
    )
    return chr(number) if is_character else ""


def readable(text: str, font: str) -> tuple[str, str]:
    """Return a text of this font in Unicode, and its unknown characters.

    Unknown characters are replaced by ``[?]``.
    """
    is_symbol = is_picture_font(font)
    if not is_symbol and (text.isascii() or not _PRIVATE_CHARACTER.search(text)):
        return text, ""
    characters, unknown = [], []
    for character in text:
        number = ord(character)
        if number in _PRIVATE:
            replacement = _character_at(number & 0xFF, font) or (
                "" if is_symbol else _WITHOUT_FONT.get(character, "")
            )
        elif "\ue000" <= character <= "\uf8ff":
            replacement = ""
        else:
            replacement = (
                is_symbol and not character.isspace() and _character_at(number, font)
            ) or character
        characters.append(replacement or UNREADABLE)
        unknown += [] if replacement else [character]
    return "".join(characters), "".join(unknown)


def bullet(text: str, font: str) -> str:
    """Return a list bullet as displayed; • if it has no Unicode character."""
    displayed = readable(text.strip(), font)[0]
    return _BULLET if not displayed or "[" in displayed else "◦" if displayed == "o" else displayed


def _character_at(code: int, font: str) -> str:
    table = _FONTS.get(_table_name(font), "")
    index = code - _FIRST_CODE
    character = table[index] if 0 <= index < len(table) else _MISSING
    return "" if character == _MISSING else character


def _table_name(font: str) -> str:
    """Return a font name as in the tables; LibreOffice numbers the copies of a font."""
    name = font.strip("'\" ").casefold()
    if name in _FONTS:
        return name
    bare = name.rstrip("0123456789 ") if name.startswith(("symbol", "webdings")) else name
    return bare if bare in _FONTS else name
