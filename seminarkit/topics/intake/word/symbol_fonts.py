"""What the picture fonts of Word show, as signs of Unicode.

Word stores a sign of such a font by its place in the font, or as a private sign U+F020 to U+F0FF.
The tables are those by which Unicode 7 took up these fonts, a string per font for the places 0x20
to 0xFF; "\ufffd" where a font has no sign. Arrows and boxes that few fonts can show are the plain
ones here.
"""

from __future__ import annotations

import re

_FIRST = 0x20
_PRIVATE = range(0xF000, 0xF100)
_MISSING = "\ufffd"
_PRIVATE_SIGN = re.compile("[\ue000-\uf8ff]")
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
# private signs that are seen without their font, as Word's own bullets are after pasting
_ALONE = {
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
    """Say whether a font shows pictures or Greek letters instead of the letters typed."""
    return _name(font) in _FONTS


def sign(code: str, font: str) -> str:
    """Return the sign at a place of a font, as ``w:sym`` names it in hexadecimal; or ''."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if number in _PRIVATE or number < 0x100:
        return _at(number & 0xFF, font) or _ALONE.get(chr(0xF000 | number & 0xFF), "")
    is_sign = number < 0x110000 and not 0xD800 <= number < 0xE000 and not 0xE000 <= number < 0xF900
    return chr(number) if is_sign else ""


def readable(text: str, font: str) -> tuple[str, str]:
    """Return a text of this font in signs of Unicode, and those that are not known.

    What is not known stands as ``[?]``.
    """
    pictures = is_picture_font(font)
    if not pictures and (text.isascii() or not _PRIVATE_SIGN.search(text)):
        return text, ""
    shown, unknown = [], []
    for each in text:
        number = ord(each)
        if number in _PRIVATE:
            one = _at(number & 0xFF, font) or ("" if pictures else _ALONE.get(each, ""))
        elif "\ue000" <= each <= "\uf8ff":
            one = ""
        else:
            one = (pictures and not each.isspace() and _at(number, font)) or each
        shown.append(one or UNREADABLE)
        unknown += [] if one else [each]
    return "".join(shown), "".join(unknown)


def bullet(text: str, font: str) -> str:
    """Return the sign before a point as it is seen; a plain one for what no letter can show."""
    seen = readable(text.strip(), font)[0]
    return _BULLET if not seen or "[" in seen else "◦" if seen == "o" else seen


def _at(place: int, font: str) -> str:
    table = _FONTS.get(_name(font), "")
    at = place - _FIRST
    found = table[at] if 0 <= at < len(table) else _MISSING
    return "" if found == _MISSING else found


def _name(font: str) -> str:
    """Return a font's name as it is in the tables; LibreOffice numbers its copies."""
    name = font.strip("'\" ").casefold()
    if name in _FONTS:
        return name
    bare = name.rstrip("0123456789 ") if name.startswith(("symbol", "webdings")) else name
    return bare if bare in _FONTS else name
