"""Write counts and lists of names in sentences."""

from __future__ import annotations

from collections.abc import Sequence


def count(number: int, one: str, many: str = "") -> str:
    """Return a count with its noun, such as 'one example'; numbers up to ten are words."""
    return f"{number_word(number, 'no')} {one if number == 1 else many or one + 's'}"


def number_word(number: int, none: str = "none") -> str:
    """Return a number as a word up to ten, such as 'three', else in figures; 0 is ``none``."""
    words = [none, "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    return words[number] if number < len(words) else str(number)


def and_words(names: Sequence[str]) -> str:
    """Return names as "A, B and C"; there must be at least one."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
