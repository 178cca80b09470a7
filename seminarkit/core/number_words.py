"""Numbers and names in sentences."""

from __future__ import annotations

from collections.abc import Sequence


def count(number: int, one: str, many: str = "") -> str:
    """Return 'one example' or 'three examples', small numbers in words."""
    return f"{number_word(number, 'no')} {one if number == 1 else many or one + 's'}"


def number_word(number: int, none: str = "none") -> str:
    """Return a number that stands alone: 'none', 'three' or '12'."""
    words = [none, "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    return words[number] if number < len(words) else str(number)


def and_words(names: Sequence[str]) -> str:
    """Return names as in "A, B and C"; there is at least one."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
