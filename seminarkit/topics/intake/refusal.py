"""Exceptions for received files that contain no valid answers."""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818 - the text is a sentence to a person, not an error of ours
    """A problem with a received file and its remedy, in one or two sentences.

    ``kind`` is the outcome of the file: "aside", "blank" or "own".
    """

    kind = "aside"


class Blank(Refusal):
    """A form without answers, which is normal in a pack that also contains filled ones."""

    kind = "blank"


class OwnPage(Refusal):
    """A read-only page made by the kit, which is stored without a warning."""

    kind = "own"

    def __init__(self) -> None:
        super().__init__("It is the kit's own page, with nothing to collect.")
