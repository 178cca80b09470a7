"""Write superscripts and subscripts as Unicode characters, so that 10² is not read as 102."""

from __future__ import annotations

_SUPERSCRIPTS = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_SUBSCRIPTS = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")


def to_script(text: str, position: int) -> str:
    """Return a text in superscript (1) or subscript (-1) characters, or as it is (0).

    Text with letters, as in "1st", is not changed.

    >>> to_script("2", 1), to_script("st", 1), to_script("2", -1)
    ('²', 'st', '₂')
    """
    if not position:
        return text
    characters = {1: _SUPERSCRIPTS, -1: _SUBSCRIPTS}.get(position, {})
    stripped = text.strip()
    return (
        text.translate(characters)
        if stripped and all(ord(character) in characters for character in stripped)
        else text
    )
