"""The one exception by which a reader says that a file holds no answers it can take."""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818 - the text is a sentence to a person, not an error of ours
    """What is wrong with a received file, and what to do about it, in one or two sentences.

    ``kind`` is how it ends: set aside, or as one of the kit's own pages.
    """

    kind = "aside"


class Blank(Refusal):
    """A form that nobody wrote in. In a pack that comes back whole, others are filled in."""

    kind = "blank"


class OwnPage(Refusal):
    """A file that the kit made itself and nobody writes in: it is kept, and no trouble."""

    kind = "own"

    def __init__(self) -> None:
        super().__init__("It is the kit's own page, with nothing to collect.")
