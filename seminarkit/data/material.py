"""The material of a seminar as tables for one reader; ``read`` returns it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from seminarkit.data import discussion_tables as of_discussion
from seminarkit.data import form_frames as of_answers
from seminarkit.data import form_table, survey_table
from seminarkit.data import question_tables as of_questions
from seminarkit.data import seminar_tables as of_seminar
from seminarkit.data.answer_frames import Choices, Drafts, Selection
from seminarkit.data.question_lookup import find_question
from seminarkit.data.source import Joint, Reader, Source, Versions

Countries = Sequence[str] | str | None
Table = Any  # a pandas.DataFrame; pandas is not typed here


class Material:
    """The material of a seminar that one reader may see.

    Each method returns a new ``pandas.DataFrame``, which you may change freely. Its columns, their
    types and order are always the same, also in an empty table: ``string``, ``Int64``, ``boolean``,
    ordered ``category``, ``datetime64[us, UTC]``, and ``object`` for lists. README.md lists the
    columns. The public gets no columns that name people or say when something was saved.

    Parameters of several methods:

    ``countries``: a code or name, or several; None for all. Raises ``UnknownCountry``.
    ``drafts``: True to include drafts, False to leave them out, "only" for drafts alone.
    ``versions``: "current" for the version that counts; "waiting" for unfinished later changes in
    its place; "all" for one row per version. Only organisers may use the last two.
    ``joint``: "instead" for the joint report without the reports that it is made from, "beside" for
    all of them, "apart" for each person's own report.
    ``labels``: True to show closed answers in words instead of codes.
    """

    def __init__(self, source: Source, root: Path | None = None) -> None:
        self._source, self._root = source, root

    def __repr__(self) -> str:
        return f"<everything collected of {self._source.seminar}, for {self.audience}>"

    @property
    def audience(self) -> Reader:
        """The reader of the tables: organisers, core or public."""
        return self._source.audience

    def countries(self) -> Table:
        """Return one row per country, indexed by code: people expected and nominated, sign-off."""
        return of_seminar.countries(self._source)

    def people(self, role: str | None = None) -> Table:
        """Return one row per person, indexed by id: everybody, or those with a ``role``.

        Only organisers get e-mail addresses. Raises ``AudienceError`` for the public.
        """
        return of_seminar.people(self._source, role)

    def sessions(self) -> Table:
        """Return one row per session that the reader may attend; times are in UTC."""
        return of_seminar.sessions(self._source)

    def groups(self) -> Table:
        """Return one row per decided discussion group."""
        return of_seminar.groups(self._source)

    def dictionary(self, form: str | None = None) -> Table:
        """Return one row per question that the reader may read, of one form or all.

        ``inside`` is the repeated question that contains it, ``asked_of`` the number of forms that
        people are asked for, ``answered`` the number with an answer. Raises ``UnknownQuestion``.
        """
        return of_questions.dictionary(self._source, form)

    def submissions(
        self,
        form: str | None = None,
        *,
        countries: Countries = None,
        drafts: Drafts = True,
        versions: Versions = "current",
        joint: Joint = "instead",
    ) -> Table:
        """Return one row per filled form: author, state, progress and time of saving (UTC).

        Raises ``UnknownQuestion``, ``AudienceError`` or ``NotCollected``.
        """
        chosen = Selection(countries, drafts, versions, joint)
        return of_answers.submissions(self._source, form, chosen)

    def answers(
        self,
        question: str,
        *,
        form: str | None = None,
        countries: Countries = None,
        drafts: Drafts = True,
        versions: Versions = "current",
        joint: Joint = "instead",
        missing: Literal["drop", "keep"] = "drop",
        choices: Choices = "list",
        labels: bool = False,
    ) -> Table:
        """Return the answers to one question: one row per filled form, or per row of a list.

        ``question`` is its name, or form and name: ``country_report.obstacle``. ``value`` is
        ``string``, ``Int64``, ordered ``category`` or a list of codes; ``label`` is the answer in
        words. A blank answer is a missing value. ``asked`` is False if other answers made the
        question irrelevant. ``missing="keep"`` adds a row for each country that is asked but has
        sent nothing. For a question with several choices, ``choices="rows"`` returns one row per
        ``choice``, and "columns" a ``boolean`` column per choice, such as ``interest/lifelong``.
        Raises ``UnknownQuestion``, ``AmbiguousQuestion``, ``AudienceError`` or ``NotCollected``.
        """
        found = find_question(self._source, question, form)
        chosen = Selection(countries, drafts, versions, joint)
        return of_answers.answers(
            self._source, found, chosen, missing=missing, choices=choices, labels=labels
        )

    def rows(
        self,
        question: str,
        *,
        form: str | None = None,
        countries: Countries = None,
        drafts: Drafts = True,
        versions: Versions = "current",
        joint: Joint = "instead",
        labels: bool = False,
    ) -> Table:
        """Return the rows of a repeated question, with one column per question in it.

        Equal rows from one delegation are merged, and ``writers`` names their authors. ``others``
        are the countries whose reports name the same link. Raises the errors of ``answers``.
        """
        found = find_question(self._source, question, form)
        chosen = Selection(countries, drafts, versions, joint)
        return of_answers.rows(self._source, found, chosen, labels=labels)

    def form(
        self,
        name: str,
        *,
        countries: Countries = None,
        drafts: Drafts = True,
        versions: Versions = "current",
        joint: Joint = "instead",
        choices: Choices = "columns",
        labels: bool = False,
    ) -> Table:
        """Return one form: one row per filled form, one column per question.

        A repeated question has the column ``<name>_count``, ``Int64``: how many rows it has.
        Raises ``UnknownQuestion``, ``AudienceError`` or ``NotCollected``.
        """
        chosen = Selection(countries, drafts, versions, joint)
        return form_table.form(self._source, name, chosen, choices=choices, labels=labels)

    def compare(self, questions: Sequence[str] | None = None, *, labels: bool = True) -> Table:
        """Return the answers to closed questions of country reports, one row per country.

        ``differ`` means that the people of a delegation gave different answers. Raises
        ``UnknownQuestion``.
        """
        return of_seminar.compare(self._source, questions, labels=labels)

    def status(self, *, long: bool = False) -> Table:
        """Return the status board: one row per country, one column per task.

        With ``long``, return one row per person, task and subject. Raises ``AudienceError`` for the
        public.
        """
        return of_seminar.status(self._source, long=long)

    def survey(
        self, question: str | None = None, *, by: Literal["all", "region", "profile"] = "all"
    ) -> Table:
        """Return the published totals: ``least`` to ``most`` people gave an answer.

        A total is exact if both are equal. Without ``most`` it is suppressed, as small numbers
        could disclose who answered what (cell suppression, Fischetti and Salazar 2001).
        Raises ``UnknownQuestion``.
        """
        return survey_table.survey(self._source, question, by)

    def questions(self, *, session: str | None = None, state: str | None = None) -> Table:
        """Return one row per question for the discussion, of one session or state, or all.

        ``state`` is open, chosen, parked or answered. ``near`` are the ids of similar questions.
        Raises ``UsageError`` for an unknown session or state.
        """
        return of_discussion.questions(self._source, session, state)

    def statements(self, *, day: str | None = None) -> Table:
        """Return one row per statement of a group, of one ``day`` (ISO 8601) or all.

        The public gets the published wording, without the group. Raises ``UsageError`` for an
        unknown day.
        """
        return of_discussion.statements(self._source, day)

    def facts(self, countries: Countries = None) -> Table:
        """Return one row per publicly known fact on countries, with its year and sources."""
        return of_seminar.facts(self._source, countries)

    def decisions(self) -> Table:
        """Return one row per decision of the organisers; others get an ``AudienceError``."""
        return of_discussion.decisions(self._source)

    def reports(self) -> Table:
        """Return one row per report that was made or failed, with its run time in seconds."""
        return of_seminar.reports(self._source)

    def search(self, words: str, *, forms: Sequence[str] | None = None) -> Table:
        """Return the open answers that contain all of these words, one row per answer."""
        return of_questions.search(self._source, words, forms)

    def to_excel(
        self, path: str | Path, frames: Sequence[str] | Mapping[str, Table] | None = None
    ) -> Path:
        """Write tables to a workbook, one sheet per table after the dictionary; return its path.

        ``frames`` are names of methods, your own tables by name, or None for all. A relative path
        is relative to the seminar's folder. Texts never become formulas; equal tables give equal
        bytes. The first sheet of a workbook for organisers says that it is for them alone.
        """
        from seminarkit.data.write_tables import write_workbook

        return write_workbook(self, self._place(path), frames)

    def to_csv(
        self, folder: str | Path, frames: Sequence[str] | Mapping[str, Table] | None = None
    ) -> Path:
        """Write tables to a folder, one CSV file per table; return its path. See ``to_excel``.

        Lists are joined with "; ". Files are UTF-8 with a byte order mark, which Excel needs.
        """
        from seminarkit.data.write_tables import write_csv

        return write_csv(self, self._place(folder), frames)

    def _place(self, path: str | Path) -> Path:
        return (self._root or Path.cwd()) / path
