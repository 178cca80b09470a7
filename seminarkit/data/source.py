"""The sources of tables: the store, a report's dossier, or one received file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NoReturn

from seminarkit.core.forms.shapes import CompiledForm
from seminarkit.core.forms.url_compare import bare_link
from seminarkit.core.submissions.dossier_parts import SharedLink
from seminarkit.data.lookup_errors import NotCollected
from seminarkit.data.one_form import FormVersion
from seminarkit.topics.countries.dossier import ComparisonDossier
from seminarkit.topics.questions.dossier import PublicQuestionsDossier, QuestionsDossier
from seminarkit.topics.survey.dossier import TotalsDossier

if TYPE_CHECKING:
    from seminarkit.core.seminar.decision import Decision
    from seminarkit.core.seminar.model import Task
    from seminarkit.core.submissions.board_rows import BoardRow

Reader = Literal["organisers", "core", "public"]
Versions = Literal["current", "all", "waiting"]
Joint = Literal["instead", "beside", "apart"]
PROGRAMME = "Programme"  # shown instead of a country for people without one


@dataclass(frozen=True)
class CountryEntry:
    """One country; None for what the reader may not know or the dossier does not contain."""

    code: str
    name: str
    region: str
    footnote: str | None = None
    expected: int | None = None
    nominated: int | None = None
    signed: str | None = None
    published: bool | None = None


class Source:
    """The data for one reader; methods raise NotCollected for data that the source lacks."""

    audience: Reader
    seminar: str  # id or title, for captions
    regions: Sequence[str]  # in their order
    forms: Mapping[str, CompiledForm]  # with the questions that the reader may read
    every_form: Mapping[
        str, CompiledForm
    ]  # tells forms for other readers from forms that do not exist
    where = "the store"
    lacks_words = ""  # why data of the seminar may be missing here

    @property
    def is_public(self) -> bool:
        """Whether the tables are for everybody."""
        return self.audience == "public"

    def as_of(self) -> str:
        """Return when the newest file arrived, in UTC, where that is known."""
        return ""

    def must_hold_forms(self) -> None:
        """Raise NotCollected where no form can be answered from here at all."""

    def countries(self) -> Sequence[CountryEntry]:
        """Return the countries in the order of seminar.yml."""
        self._lacks("the countries")

    def filled(self, form: str, versions: Versions, joint: Joint) -> Sequence[FormVersion]:
        """Return what came of a form, in the order of countries, then by person and subject."""
        self._lacks(f"the answers to {form}")

    def tasks(self, form: str) -> Sequence[Task]:
        """Return the tasks by which people are asked for a form."""
        self._lacks("who is asked for which form")

    def asked_of(self, form: str) -> int | None:
        """Return how many are asked for a form, one for each person and subject."""
        return None

    def roles(self) -> Sequence[str]:
        """Return the roles that people have, in a fixed order."""
        return ()

    def shared_links(self) -> Sequence[SharedLink]:
        """Return the links that several reports name, as in a country's dossier."""
        self._lacks("the links that several reports name")

    def comparison(self) -> ComparisonDossier:
        """Return the dossier that compares countries."""
        self._lacks("the comparison of countries")

    def status_rows(self) -> Sequence[BoardRow]:
        """Return the board: a row per country."""
        self._lacks("the status board")

    def totals(self) -> Sequence[TotalsDossier]:
        """Return the dossiers of the forms that are shown as totals, as they are issued."""
        self._lacks("the survey")

    def questions(self) -> QuestionsDossier | PublicQuestionsDossier:
        """Return the dossier of the questions."""
        self._lacks("the questions for the discussion")

    def statements(self) -> Sequence[Mapping[str, object]]:
        """Return the statements of groups as rows of their table."""
        self._lacks("the statements of groups")

    def people(self) -> Sequence[Mapping[str, object]]:
        """Return the people as rows of their table."""
        self._lacks("the people")

    def sessions(self) -> Sequence[Mapping[str, object]]:
        """Return the sessions as rows of their table."""
        self._lacks("the sessions")

    def groups(self) -> Sequence[Mapping[str, object]]:
        """Return the discussion groups as rows of their table."""
        self._lacks("the discussion groups")

    def facts(self) -> Sequence[Mapping[str, object]]:
        """Return what is publicly known of countries as rows of its table."""
        self._lacks("the known facts on countries")

    def decisions(self) -> Sequence[Decision]:
        """Return what organisers decided, in its order."""
        self._lacks("the decisions")

    def reports(self) -> Sequence[Mapping[str, object]]:
        """Return the records of reports as rows of their table."""
        self._lacks("the records of reports")

    def named_elsewhere(self, url: str, country: str) -> list[str]:
        """Return the names of other countries whose reports name the same link."""
        same = [
            link
            for link in self.shared_links()
            if any(bare_link(named["url"]) == bare_link(url) for named in link["named"])
        ]
        names = [n["country"] for item in same for n in item["named"] if n["code"] != country]
        return list(dict.fromkeys(names))

    def _lacks(self, what: str) -> NoReturn:
        raise NotCollected(
            f"This cannot be answered from {self.where}: it does not contain {what}."
        )
