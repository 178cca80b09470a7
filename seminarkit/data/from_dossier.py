"""A report's dossier as a source of tables; other data raises NotCollected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from seminarkit.core.forms.shapes import CompiledForm
from seminarkit.core.submissions.dossier_parts import SharedLink
from seminarkit.data.dossier_rows import fact_row, statement_rows
from seminarkit.data.lookup_errors import NotCollected
from seminarkit.data.one_form import FormVersion
from seminarkit.data.source import CountryEntry, Joint, Reader, Source, Versions
from seminarkit.topics.countries.dossier import ComparisonDossier
from seminarkit.topics.questions.dossier import PublicQuestionsDossier, QuestionsDossier
from seminarkit.topics.survey.dossier import TotalsDossier

if TYPE_CHECKING:
    from seminarkit.core.seminar.model import Task

# JSON of a dossier of any kind, also of earlier versions
_Dossier = Mapping[str, Any]


class DossierSource(Source):
    """The data of one dossier: a country, the comparison, totals, questions or conclusions."""

    lacks_words = "A dossier holds only what its report is about and its readers may read. "

    def __init__(self, dossier: _Dossier, audience: Reader) -> None:
        self._dossier, self.audience = dossier, audience
        subject = dossier.get("subject", "")
        about = dossier["country"]["name"] if subject == "country" else subject
        self.where = f"the dossier of this report (on {about})"
        self.seminar = str(dossier.get("seminar", {}).get("title", ""))
        own = [dossier["country"]["region"]] if subject == "country" else []
        self.regions = list(dossier.get("regions", own))
        self.forms: Mapping[str, CompiledForm] = dossier.get("asked", {})
        self.every_form = self.forms

    def must_hold_forms(self) -> None:
        """Raise NotCollected for a dossier without answers, or made by an earlier kit."""
        if "asked" not in self._dossier and "forms" in self._dossier:
            raise NotCollected(
                "This dossier was made by an earlier version of the kit. Make it again: "
                "seminar report"
            )
        self._part("asked", "the answers to forms")

    def countries(self) -> Sequence[CountryEntry]:
        """Return the country of the dossier, or the countries that it compares."""
        held = self._dossier.get("countries")
        if held is None:
            country = self._part("country", "the countries")
            marked = self._dossier.get("signature", {}).get("state")
            signed = {None: None, "signed": "signed", "changed": "earlier"}.get(marked, "none")
            return [_country(country, signed=signed)]
        marks = self._dossier.get("signatures", {})
        return [_country(item, signed=_signed(marks.get(item["code"]))) for item in held]

    def filled(self, form: str, versions: Versions, joint: Joint) -> Sequence[FormVersion]:
        """Return the filled forms; a joint report replaces those of its delegation."""
        entries = self._part("forms", f"the answers to {form}").get(form, [])
        if joint != "instead":
            raise NotCollected(
                f"{self.where[:1].upper()}{self.where[1:]} holds the joint report, not the reports "
                "that it is made from. Leave out joint=, or use a notebook of your own."
            )
        return [self._filled(form, entry) for entry in entries]

    def _filled(self, form: str, entry: _Dossier) -> FormVersion:
        answers = {answer["name"]: _value(answer) for answer in entry["answers"]}
        return FormVersion(
            form=form,
            country=self._dossier["country"]["code"],
            subject=entry["subject"],
            person=entry.get("person", ""),
            role=entry.get("role", entry["by"]),
            state=entry["state"],
            answers=answers,
            joint=any({"from", "rows_from"} & answer.keys() for answer in entry["answers"]),
            late=entry.get("late"),
            saved_at=entry.get("saved_at", ""),
            form_version=entry.get("form_version", ""),
            receipt=entry.get("receipt", ""),
            writers={a["name"]: a["from"] for a in entry["answers"] if "from" in a},
            row_writers={a["name"]: a["rows_from"] for a in entry["answers"] if "rows_from" in a},
        )

    def tasks(self, form: str) -> Sequence[Task]:
        """Return no tasks: the dossier's country is asked for every form in it."""
        return ()

    def roles(self) -> Sequence[str]:
        """Return the roles of the authors, sorted alphabetically."""
        forms = self._dossier.get("forms", {})
        found = {str(e.get("role", e["by"])) for entries in forms.values() for e in entries}
        return sorted(found)

    def shared_links(self) -> Sequence[SharedLink]:
        """Return the links that several reports name."""
        links: Sequence[SharedLink] = self._part("links", "the links that several reports name")
        return links

    def comparison(self) -> ComparisonDossier:
        """Return the dossier if it is the comparison; raises NotCollected."""
        self._must_be("comparison", "the comparison of countries")
        return cast(ComparisonDossier, self._dossier)

    def totals(self) -> Sequence[TotalsDossier]:
        """Return the dossier if it is one of totals; raises NotCollected."""
        if "groups" not in self._dossier or "questions" not in self._dossier:
            return super().totals()
        return [cast(TotalsDossier, self._dossier)]

    def questions(self) -> QuestionsDossier | PublicQuestionsDossier:
        """Return the dossier if it is that of the questions; raises NotCollected."""
        self._must_be("questions", "the questions for the discussion")
        return cast("QuestionsDossier | PublicQuestionsDossier", self._dossier)

    def statements(self) -> Sequence[Mapping[str, object]]:
        """Return the statements of a dossier of recap or conclusions."""
        if "sections" not in self._dossier:
            return super().statements()
        return list(statement_rows(self._dossier))

    def facts(self) -> Sequence[Mapping[str, object]]:
        """Return the publicly known facts on the dossier's country."""
        held = self._part("facts", "the known facts on countries")
        code, year = self._dossier["country"]["code"], self._dossier["seminar"]["year"]
        return [fact_row(code, fact, year) for fact in held]

    def _must_be(self, subject: str, what: str) -> None:
        if self._dossier.get("subject") != subject:
            self._lacks(what)

    def _part(self, name: str, what: str) -> Any:
        if name not in self._dossier:
            self._lacks(what)
        return self._dossier[name]


def _country(entry: _Dossier, signed: str | None) -> CountryEntry:
    return CountryEntry(
        code=entry["code"],
        name=entry["name"],
        region=entry["region"],
        footnote=entry.get("footnote"),
        signed=signed,
    )


def _signed(mark: _Dossier | None) -> str | None:
    state = mark["state"] if mark else None
    return {None: None, "signed": "signed", "changed": "earlier"}.get(state, "none")


def _value(answer: _Dossier) -> object:
    """Return a raw answer: a value, or rows as mappings."""
    if "rows" not in answer:
        return answer["value"]
    return [dict(_cells(row)) for row in answer["rows"]]


def _cells(row: Sequence[_Dossier]) -> Iterator[tuple[str, object]]:
    for item in row:
        yield item["name"], _value(item)
