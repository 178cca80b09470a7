"""The intended outcomes of a seminar, and its themes for sorting questions."""

from __future__ import annotations

from pydantic import Field

from seminarkit.core.seminar.values import Id, Strict, Words


class Outcome(Strict):
    """An outcome: something that participants should know or be able to do after the seminar."""

    id: str
    text: str


class Theme(Strict):
    """A theme for questions that have a word beginning with one of ``words``."""

    id: Id
    title: Words
    words: list[Words] = Field(min_length=1)
