"""The store as a source of tables, for one reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from seminarkit.core.seminar.assignments import assignments
from seminarkit.core.seminar.decision import Decision
from seminarkit.core.seminar.model import JOINT, Task
from seminarkit.core.submissions.audience import (
    Readable,
    may_show,
    may_show_receipt,
    readable,
)
from seminarkit.core.submissions.board_rows import BoardRow
from seminarkit.core.submissions.dossier_parts import SharedLink
from seminarkit.core.submissions.public_reports import for_the_public
from seminarkit.data import programme
from seminarkit.data.lookup_errors import AudienceError
from seminarkit.data.source import CountryEntry
from seminarkit.data.statement_rows import stated
from seminarkit.data.stored_forms import StoredForms
from seminarkit.topics.countries.comparison_facts import comparison
from seminarkit.topics.countries.dossier import ComparisonDossier
from seminarkit.topics.countries.shared_links import shared_links
from seminarkit.topics.progress.status_board import board_of
from seminarkit.topics.questions.dossier import PublicQuestionsDossier, QuestionsDossier
from seminarkit.topics.questions.facts import questions_dossier
from seminarkit.topics.survey.dossier import TotalsDossier
from seminarkit.topics.survey.facts import issued_totals


class StoreSource(StoredForms):
    """The collected material of a seminar, as one reader may see it."""

    def countries(self) -> Sequence[CountryEntry]:
        """Return the countries; the public gets only what its pages show."""
        return self._entries

    @cached_property
    def _entries(self) -> Sequence[CountryEntry]:
        seminar, public, marks = self.folder.seminar, self.is_public, self._signatures
        return [
            CountryEntry(
                code=code,
                name=seminar.display_name(code),
                region=seminar.region_name(code),
                footnote=seminar.footnote(code),
                expected=None if public else seminar.delegation.size,
                nominated=None if public else len(seminar.delegations.get(code, [])),
                signed=_signed(marks.of[code].state, code in marks.versions, public),
                published=code in self._published,
            )
            for code in seminar.countries
        ]

    @cached_property
    def _published(self) -> set[str]:
        """The countries with a public report."""
        reports = {t.form for t in self.folder.seminar.tasks if t.per == "delegation"}
        allowed = for_the_public(self.folder, self._counts, self._signatures)
        mine = [item for item in allowed if item.form in reports]
        return {
            item.country
            for item in readable(self.folder, mine, "public")
            if may_show(self.every_form[item.form], item, "public")
        }

    def tasks(self, form: str) -> Sequence[Task]:
        """Return the tasks by which people are asked for a form."""
        return [task for task in self.folder.seminar.tasks if task.form == form]

    @cached_property
    def _assigned(self) -> Mapping[str, int]:
        number: dict[str, int] = {}
        for assignment in assignments(self.folder.seminar):
            if assignment.subject != JOINT:
                number[assignment.task.form] = number.get(assignment.task.form, 0) + 1
        return number

    def asked_of(self, form: str) -> int | None:
        """Return the number of forms that people are asked for."""
        return self._assigned.get(form, 0)

    def roles(self) -> Sequence[str]:
        """Return the roles of people, sorted alphabetically."""
        return programme.roles(self.folder.seminar)

    def shared_links(self) -> Sequence[SharedLink]:
        """Return the links that several reports name, of the reports that the reader may read."""
        return self._links

    @cached_property
    def _links(self) -> Sequence[SharedLink]:
        return shared_links(self.folder, self._countries, self.audience)

    def comparison(self) -> ComparisonDossier:
        """Return the closed answers of all countries."""
        return comparison(self.folder, self._countries, self.audience)

    def status_rows(self) -> Sequence[BoardRow]:
        """Return the status board, with the receipts that the reader may see."""
        if self.is_public:
            raise AudienceError(
                "The status board is for core participants. Write: "
                "data.read(audience='core').status()"
            )
        shown = [n for n, f in self.every_form.items() if may_show_receipt(f, self.audience)]
        return board_of(self.folder, self._counts, shown)

    def totals(self) -> Sequence[TotalsDossier]:
        """Return the current published totals; organisers get those of core participants."""
        return issued_totals(self.folder, self._counts, "public" if self.is_public else "core")

    def questions(self) -> QuestionsDossier | PublicQuestionsDossier:
        """Return the questions for the discussion."""
        if self.is_public:
            return questions_dossier(self.folder, self._readable, "public")
        return questions_dossier(self.folder, self._core, "core")

    @cached_property
    def _core(self) -> list[Readable]:
        return readable(self.folder, self._counts, "core")

    def statements(self) -> Sequence[Mapping[str, object]]:
        """Return the statements of groups."""
        return stated(self.folder, self._counts, self.audience)

    def people(self) -> Sequence[Mapping[str, object]]:
        """Return the people of the delegations and of the programme."""
        return programme.people(self.folder.seminar, self.audience)

    def sessions(self) -> Sequence[Mapping[str, object]]:
        """Return the sessions that the reader may attend."""
        return programme.sessions(self.folder.seminar, self.audience)

    def groups(self) -> Sequence[Mapping[str, object]]:
        """Return the decided discussion groups."""
        return programme.groups(self.folder.seminar, self.audience)

    def facts(self) -> Sequence[Mapping[str, object]]:
        """Return the publicly known facts on countries."""
        return programme.facts(self.folder)

    def decisions(self) -> Sequence[Decision]:
        """Return the decisions; raises AudienceError for everybody but organisers."""
        if self.audience != "organisers":
            raise AudienceError(
                "Only organisers may read decisions. Write: "
                "data.read(audience='organisers').decisions()"
            )
        return list(self.folder.decisions)

    def reports(self) -> Sequence[Mapping[str, object]]:
        """Return the records of the reports that the reader may open."""
        return programme.report_records(self.folder, self.audience)


def _signed(state: str, has_version: bool, public: bool) -> str | None:
    """Return the sign-off state of a report; the public reads the signed version."""
    if not state:
        return None
    if public:
        return "signed" if has_version else "none"
    return {"signed": "signed", "changed": "earlier"}.get(state, "none")
