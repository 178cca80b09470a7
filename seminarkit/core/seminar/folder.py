"""The paths and files of a seminar's folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from seminarkit.core.errors import SeminarError, UsageError, did_you_mean
from seminarkit.core.forms.shapes import CompiledForm
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar import materials
from seminarkit.core.seminar.clock import day_words
from seminarkit.core.seminar.country_facts import Facts, read_facts
from seminarkit.core.seminar.decision_log import Decisions
from seminarkit.core.seminar.find_seminar import (
    nearest_seminar,
    not_in_seminar_message,
    seminar_from,
)
from seminarkit.core.seminar.model import Seminar, Task
from seminarkit.core.seminar.read_seminar import read_seminar
from seminarkit.core.seminar.reading_list import Reading, read_readings, readings_that_fit
from seminarkit.core.seminar.seminar_forms import seminar_forms
from seminarkit.core.seminar.seminar_today import applied
from seminarkit.core.seminar.terms import Definitions, Term, read_definitions, read_glossary

PROGRAMME = "programme"  # the pack of people without a country: presenters and chairs


@dataclass(frozen=True)
class SeminarFolder:
    """The folder of a seminar. Missing materials are taken from the kit."""

    root: Path

    @classmethod
    def find(cls, start: Path | None = None) -> SeminarFolder:
        """Return the seminar around ``start`` or the current folder, or raise SeminarError."""
        here = (start or Path.cwd()).resolve()
        if folder := nearest_seminar(here) if start else seminar_from(here):
            return cls(folder)
        raise SeminarError(not_in_seminar_message(here))

    def material(self, *parts: str) -> Path:
        """Return a material's path in the seminar's folder, or else in the kit."""
        own = self.root.joinpath(*parts)
        return own if own.exists() else KIT.joinpath(*parts)

    @property
    def inbox(self) -> Path:
        """The folder in which organisers save the files that people send."""
        return self.root / "inbox"

    @property
    def received(self) -> Path:
        """The store of received files, named by their hashes, and of the logs."""
        return self.root / "received"

    @cached_property
    def decisions(self) -> Decisions:
        """The log of the organisers' decisions."""
        return Decisions(self.received / "decisions.jsonl")

    @property
    def database(self) -> Path:
        """The path of the database index, which can be rebuilt from the store."""
        return self.root / "seminar.db"

    @property
    def lock(self) -> Path:
        """The lock file for writing to the store."""
        return self.root / ".seminar.lock"

    @property
    def serving_lock(self) -> Path:
        """The lock file of the running forms server."""
        return self.root / ".seminar.serve.lock"

    @property
    def kernels(self) -> Path:
        """The folder for files of the Jupyter kernels that the forms server runs."""
        return self.root / ".seminar.kernels"

    @property
    def links(self) -> Path:
        """The log of issued and withdrawn links to forms."""
        return self.received / "links.jsonl"

    @property
    def links_used(self) -> Path:
        """The log of the first use of each link."""
        return self.received / "links_used.jsonl"

    @property
    def links_sheet(self) -> Path:
        """The table of links to send to their owners."""
        return self.packs / "links.csv"

    @property
    def drafts(self) -> Path:
        """The log of the drafts that the forms server saved."""
        return self.received / "drafts.jsonl"

    @property
    def packs(self) -> Path:
        """The folder with the files to send to the delegations, one subfolder per country."""
        return self.root / "packs"

    def pack(self, country: str) -> Path:
        """Return the folder of files for a delegation, or for the programme."""
        return self.packs / (country or PROGRAMME)

    def form_notebook(self, form: str) -> Path:
        """Return the notebook with the introduction of a form."""
        own = self.material("notebooks", "discuss", f"{form}.ipynb")
        return own if own.exists() else self.material("notebooks", "prepare", f"{form}.ipynb")

    @property
    def dossiers(self) -> Path:
        """The data that reports read, with one JSON file per subject and audience."""
        return self.root / "dossiers"

    @property
    def issues(self) -> Path:
        """The log of published totals, and of the people whose answers were counted."""
        return self.received / "issues.jsonl"

    @property
    def reports(self) -> Path:
        """The folder of executed report notebooks and their run records, by audience."""
        return self.root / "output" / "reports"

    @property
    def reports_seen(self) -> Path:
        """The file with the number of received files at the last run of the reports."""
        return self.reports / "seen.json"

    @property
    def mails(self) -> Path:
        """The folder of draft mails that an organiser checks and sends."""
        return self.root / "output" / "mails"

    @property
    def sheets(self) -> Path:
        """The folder of printed lists for organisers: rooms, duties and daily schedules."""
        return self.root / "output" / "organisers" / "sheets"

    @property
    def pages(self) -> Path:
        """The list of published pages with their paths, hashes and source hashes."""
        return self.root / "output" / "pages.json"

    def site(self, audience: str) -> Path:
        """Return the folder of the web pages for an audience."""
        return self.root / "output" / audience

    @cached_property
    def cases(self) -> dict[str, materials.Case]:
        """The case studies by id."""
        return materials.read_cases(self.material("case_studies"))

    @cached_property
    def cited_cases(self) -> dict[str, materials.Case]:
        """Return the case studies by id, after a check of their cited sources."""
        materials.check_cases(self.material("case_studies"), self.cases, self.sources)
        return self.cases

    @cached_property
    def sources(self) -> Mapping[str, materials.Source]:
        """The sources of facts, readings, cases and definitions, by id."""
        return materials.read_sources(self.material("readings", "facts"))

    @cached_property
    def facts(self) -> Facts:
        """The public facts about each country."""
        return read_facts(self.material("readings", "facts"), self.sources)

    @cached_property
    def readings(self) -> dict[str, Reading]:
        """The reading list by id. Readings for other seminars are left out."""
        sessions = {session.id for session in self.seminar.sessions}
        sessions |= {group.id for s in self.seminar.sessions for group in s.groups}
        outcomes = {outcome.id for outcome in self.seminar.outcomes}
        folder = self.material("readings")
        if folder != self.root / "readings":  # an organiser cannot mend the kit's own list
            return readings_that_fit(folder, sessions, outcomes)
        return read_readings(folder, self.sources, sessions, outcomes)

    @cached_property
    def glossary(self) -> list[Term]:
        """The terms of the glossary."""
        path = self._beside_readings("glossary.yml")
        return read_glossary(path, self.sources) if path else []

    @cached_property
    def definitions(self) -> Definitions:
        """Published definitions to compare."""
        path = self._beside_readings("definitions.yml")
        return read_definitions(path, self.sources) if path else Definitions()

    def _beside_readings(self, name: str) -> Path | None:
        path = self.material("readings") / name
        is_own = path.is_relative_to(self.root)
        return path if path.is_file() and (is_own or self.readings) else None

    @cached_property
    def written(self) -> Seminar:
        """The checked contents of seminar.yml, without later decisions."""
        cases = {path.stem for path in self.material("case_studies").glob("*.md")}
        forms = {p.stem for at in (self.root, KIT) for p in at.glob("templates/forms/*.yml")}
        return read_seminar(self.root / "seminar.yml", cases, forms)

    @cached_property
    def seminar(self) -> Seminar:
        """The contents of seminar.yml with all later decisions applied."""
        return applied(self.written, self.decisions)

    @cached_property
    def forms(self) -> dict[str, CompiledForm]:
        """The compiled form of every task by name, in the order of the tasks."""
        return seminar_forms(self.seminar, self.form_file, self.cases, self.readings, self.glossary)

    def form_file(self, name: str) -> Path:
        """Return the path of a form's definition."""
        return self.material("templates", "forms", f"{name}.yml")

    def subject_name(self, task: Task, subject: str) -> str:
        """Return the title of a form's subject, or an empty text if there is none."""
        if decided := self.seminar.group(subject):
            session, group = decided
            return f"{group.title} ({day_words(session.date)}, {session.start:%H:%M})"
        case = self.cases.get(subject)
        return case.institution if case else task.subject_names.get(subject, "")

    def country(self, text: str) -> str:
        """Return a country's code, given its code or name. Raise UsageError if it is unknown."""
        countries = self.seminar.countries
        if text.upper() in countries:
            return text.upper()
        by_name = {country.name.casefold(): code for code, country in countries.items()}
        if text.casefold() in by_name:
            return by_name[text.casefold()]
        names = [*countries, *(c.name for c in countries.values())]
        hint = did_you_mean(text if len(text) > 2 else text.upper(), names)
        raise UsageError(f"'{text}' is not a country of this seminar.{hint}")
