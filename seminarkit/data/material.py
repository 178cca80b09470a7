"""Everything collected, for one reader, as tables: what ``read`` returns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from seminarkit.data import discussion_tables as of_discussion
from seminarkit.data import form_frames as of_answers
from seminarkit.data import form_table, survey_table
from seminarkit.data import question_tables as of_questions
from seminarkit.data import seminar_tables as of_seminar
from seminarkit.data.answer_frames import Choices, Chosen, Drafts
from seminarkit.data.question_lookup import find_question
from seminarkit.data.source import Joint, Reader, Source, Versions

Countries = Sequence[str] | str | None
Table = Any  # a pandas.DataFrame, which mypy is not told of


class Material:
    """Everything collected of one seminar, as one reader may see it.

    Each method returns a new ``pandas.DataFrame``; changing it changes nothing else. It has the
    same columns, types and order for the same material, also where there is no row: ``string``,
    ``Int64``, ``boolean``, ordered ``category``, ``datetime64[us, UTC]``, and lists as ``object``.
    README.md lists the columns. Columns that name somebody, or say when something was saved,
    are absent for the public.

    Parameters that several methods have:

    ``countries``: codes or names, or one of them; None is all. Raises ``UnknownCountry``.
    ``drafts``: True with drafts, False without, "only" them alone.
    ``versions``: "current" is the version that counts; "waiting" takes the changes that were begun
    in its place, and "all" has a row per version: these two are for organisers.
    ``joint``: "instead" has the joint report in place of those it is made from, "beside" has both,
    "apart" has what each person wrote.
    ``labels``: whether closed answers are shown in words in place of their codes.
    """

    def __init__(self, source: Source, root: Path | None = None) -> None:
        self._source, self._root = source, root

    def __repr__(self) -> str:
        return f"<everything collected of {self._source.seminar}, for {self.audience}>"

    @property
    def audience(self) -> Reader:
        """For whom the tables are: organisers, core or public."""
        return self._source.audience

    def countries(self) -> Table:
        """Return a row per country, by its code: names, people expected and nominated, sign-off."""
        return of_seminar.countries(self._source)

    def people(self, role: str | None = None) -> Table:
        """Return a row per person, by their id; with ``role``, those who have it.

        E-mail addresses are for organisers. Raises ``AudienceError`` for the public.
        """
        return of_seminar.people(self._source, role)

    def sessions(self) -> Table:
        """Return a row per session to which the reader may come; times are in UTC."""
        return of_seminar.sessions(self._source)

    def groups(self) -> Table:
        """Return a row per discussion group that was decided."""
        return of_seminar.groups(self._source)

    def dictionary(self, form: str | None = None) -> Table:
        """Return a row per question that the reader may read, of one form or all.

        ``inside`` names the list that a question is asked in; ``asked_of`` counts the forms that
        are handed out, ``answered`` those with an answer. Raises ``UnknownQuestion``.
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
        """Return a row per filled form: whose it is, how far, when it was saved.

        Raises ``UnknownQuestion``, ``AudienceError`` or ``NotCollected``.
        """
        chosen = Chosen(countries, drafts, versions, joint)
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
        """Return the answers to one question, a row per filled form.

        ``question`` is its name, or form and name: ``country_report.obstacle``. Of one that is
        asked in a list there is a row per row of it. ``value`` is ``string``, ``Int64``, ordered
        ``category``, or a list of codes; ``label`` the same in words. A blank answer is missing;
        ``asked`` is False where other answers made the question irrelevant. ``missing="keep"`` adds
        a row for each country that is asked and sent nothing. Of a question with several choices,
        ``choices="rows"`` gives a row per ``choice``, and "columns" a ``boolean`` column each, such
        as ``interest/lifelong``.
        Raises ``UnknownQuestion``, ``AmbiguousQuestion``, ``AudienceError`` or ``NotCollected``.
        """
        found = find_question(self._source, question, form)
        chosen = Chosen(countries, drafts, versions, joint)
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
        """Return the rows of a repeated question, with a column per question in it.

        What several people of a delegation wrote alike is one row, and ``writers`` names them.
        ``others`` are countries whose reports name the same link. Raises as ``answers`` does.
        """
        found = find_question(self._source, question, form)
        chosen = Chosen(countries, drafts, versions, joint)
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
        """Return one form with a column per question, a row per filled form.

        Of a repeated question there is ``<name>_count``, ``Int64``; its rows are in ``rows``.
        Raises ``UnknownQuestion``, ``AudienceError`` or ``NotCollected``.
        """
        chosen = Chosen(countries, drafts, versions, joint)
        return form_table.form(self._source, name, chosen, choices=choices, labels=labels)

    def compare(self, questions: Sequence[str] | None = None, *, labels: bool = True) -> Table:
        """Return the closed questions of countries' reports, by country: a row for each of them.

        ``differ`` is where the people of one delegation gave several answers. Raises
        ``UnknownQuestion``.
        """
        return of_seminar.compare(self._source, questions, labels=labels)

    def status(self, *, long: bool = False) -> Table:
        """Return what has come: a row per country with a column per task, or ``long``.

        ``long`` is a row per person, task and subject. Raises ``AudienceError`` for the public.
        """
        return of_seminar.status(self._source, long=long)

    def survey(
        self, question: str | None = None, *, by: Literal["all", "region", "profile"] = "all"
    ) -> Table:
        """Return totals as they are published: between ``least`` and ``most`` gave an answer.

        They are exact where the two are equal. A missing ``most`` is not shown. Numbers so small
        that they could tell who answered what are hidden (cell suppression, Fischetti and Salazar
        2001). Raises ``UnknownQuestion``.
        """
        return survey_table.survey(self._source, question, by)

    def questions(self, *, session: str | None = None, state: str | None = None) -> Table:
        """Return a row per question for the discussion, of one session or state, or all.

        ``state`` is open, chosen, parked or answered; ``near`` are ids that may ask the same.
        """
        return of_discussion.questions(self._source, session, state)

    def statements(self, *, day: str | None = None) -> Table:
        """Return a row per statement of the groups, of one ``day`` (ISO 8601) or all.

        The public has the words that were taken over for it, without a group.
        """
        return of_discussion.statements(self._source, day)

    def facts(self, countries: Countries = None) -> Table:
        """Return what is publicly known of countries, a row per fact with its sources."""
        return of_seminar.facts(self._source, countries)

    def decisions(self) -> Table:
        """Return a row per decision of the organisers; raises ``AudienceError`` for others."""
        return of_discussion.decisions(self._source)

    def reports(self) -> Table:
        """Return a row per report that was made or failed, with the seconds it took."""
        return of_seminar.reports(self._source)

    def search(self, words: str, *, forms: Sequence[str] | None = None) -> Table:
        """Return the open answers that hold all of these words, of some forms or all."""
        return of_questions.search(self._source, words, forms)

    def to_excel(
        self, path: str | Path, frames: Sequence[str] | Mapping[str, Table] | None = None
    ) -> Path:
        """Write tables as one workbook, a sheet each, the dictionary first; return its path.

        ``frames`` are names of methods, names with tables of one's own, or None for all. A relative
        path begins at the seminar's folder. Texts are never formulas; the same tables give the same
        bytes. A workbook for organisers says so in its first sheet.
        """
        from seminarkit.data.write_tables import write_workbook

        return write_workbook(self, self._place(path), frames)

    def to_csv(
        self, folder: str | Path, frames: Sequence[str] | Mapping[str, Table] | None = None
    ) -> Path:
        """Write tables as a folder of CSV files, one each; return its path. See ``to_excel``.

        Lists are joined with "; ". Files are UTF-8 with the mark by which Excel knows it.
        """
        from seminarkit.data.write_tables import write_csv

        return write_csv(self, self._place(folder), frames)

    def _place(self, path: str | Path) -> Path:
        return (self._root or Path.cwd()) / path
