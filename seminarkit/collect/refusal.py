"""The one exception by which a reader says that a file holds no answers it can take."""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818 - the text is a sentence to a person, not an error of ours
    """What is wrong with a received file, and what to do about it, in one or two sentences."""
