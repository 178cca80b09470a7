"""The purpose of a seminar: its outcomes, and the themes that questions are sorted by."""

from __future__ import annotations

from pydantic import Field

from seminarkit.core.seminar.values import Id, Strict, Words


class Outcome(Strict):
    """One thing that participants should know or be able to do afterwards."""

    id: str
    text: str


class Theme(Strict):
    """A theme that questions are sorted by: those with a word that begins with one of ``words``."""

    id: Id
    title: Words
    words: list[Words] = Field(min_length=1)
