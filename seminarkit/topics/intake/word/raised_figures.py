"""Raised and lowered figures as their own signs, so that 10² is not read as 102."""

from __future__ import annotations

_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")


def raised(text: str, where: int) -> str:
    """Return a text that is above the line (1), below it (-1) or on it (0), as signs.

    Letters, as in "1st", stay what they are.

    >>> raised("2", 1), raised("st", 1), raised("2", -1)
    ('²', 'st', '₂')
    """
    if not where:
        return text
    signs = {1: _RAISED, -1: _LOWERED}.get(where, {})
    words = text.strip()
    return text.translate(signs) if words and all(ord(each) in signs for each in words) else text
