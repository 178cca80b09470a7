"""The filled forms of the store, as one reader may see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property

from seminarkit.core.forms.answers import is_blank
from seminarkit.core.forms.shapes import CompiledForm
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import JOINT
from seminarkit.core.store.read_store import (
    judged_forms,
    outcomes,
    submissions,
    version_list,
)
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.audience import (
    Readable,
    form_read_by,
    may_show,
    may_show_receipt,
    readable,
    signed,
)
from seminarkit.core.submissions.merged_report import counted_submissions, row_writers, writers
from seminarkit.core.submissions.public_reports import Signatures, for_the_public, signatures
from seminarkit.core.submissions.received_answers import who
from seminarkit.data.lookup_errors import NotCollected
from seminarkit.data.one_form import FormVersion, Version
from seminarkit.data.source import Joint, Reader, Source, Versions


class StoredForms(Source):
    """Every filled form in a seminar's store."""

    def __init__(self, folder: SeminarFolder, audience: Reader) -> None:
        self.folder, self.audience = folder, audience
        self.seminar = folder.seminar.id
        self.regions = [region.name for region in folder.seminar.regions]
        self.every_form = folder.forms
        self._order = {code: number for number, code in enumerate(folder.seminar.countries)}

    @cached_property
    def forms(self) -> Mapping[str, CompiledForm]:  # type: ignore[override]
        """The forms with the questions that the reader may read."""
        read = {name: form_read_by(form, self.audience) for name, form in self.every_form.items()}
        return {name: form for name, form in read.items() if form}

    @property
    def is_collected(self) -> bool:
        """Whether anything has been collected."""
        return self.folder.database.exists()

    @cached_property
    def _counts(self) -> list[Submission]:
        """The versions that count, with all their answers."""
        return submissions(self.folder.database)

    @cached_property
    def _readable(self) -> list[Readable]:
        return self._seen(self._counts)

    def _seen(self, versions: Sequence[Submission]) -> list[Readable]:
        if self.is_public:
            versions = for_the_public(self.folder, versions, self._signatures)
        return readable(self.folder, versions, self.audience)

    @cached_property
    def _by_country(self) -> Mapping[str, list[Readable]]:
        by_country: dict[str, list[Readable]] = {code: [] for code in self._order}
        for item in self._readable:
            by_country.setdefault(item.country, []).append(item)
        return by_country

    @cached_property
    def _countries(self) -> Mapping[str, Sequence[Readable]]:
        """The same without people of the programme, who belong to no country."""
        return {code: self._by_country[code] for code in self._order}

    @cached_property
    def _outcomes(self) -> Mapping[int, tuple[str, str]]:
        """The arrival time and name of each file, by arrival number."""
        return {a.number: (a.received_at, a.name) for a, _ in outcomes(self.folder.database)}

    def as_of(self) -> str:
        """Return when the newest file arrived."""
        if self.is_public:
            return ""
        return max((at for at, _ in self._outcomes.values()), default="")

    @cached_property
    def _signatures(self) -> Signatures:
        return signatures(self.folder, self._counts)

    def filled(self, form: str, versions: Versions, joint: Joint) -> Sequence[FormVersion]:
        """Return the filled forms, as the reader may see them."""
        if not self.is_collected:
            raise NotCollected(
                f"Nothing has been collected in {self.folder.root} yet. Run: seminar collect"
            )
        return [
            self._filled(item, version, given)
            for item, version, given in self._chosen(form, versions, joint)
            if may_show(self.every_form[form], item, self.audience)
            or (self.is_public and item.answers)
        ]

    def _chosen(
        self, form: str, versions: Versions, joint: Joint
    ) -> Iterator[tuple[Readable, Version | None, Sequence[Readable]]]:
        """Yield versions of a form in their order, each with what its delegation gave."""
        if versions == "all":
            yield from self._all_versions(form)
            return
        every = self._waiting if versions == "waiting" else self._readable
        here: dict[str, list[Readable]] = {}
        for item in every:
            if item.form == form:
                here.setdefault(item.country, []).append(item)
        for country in sorted(here, key=self._place):
            given = here[country]
            stands = given
            if joint == "instead":
                stands = counted_submissions(given, form)
            elif joint == "apart":
                stands = [item for item in given if item.subject != JOINT]
            for stand in sorted(stands, key=lambda s: (s.person, s.subject, s.saved_at)):
                yield stand, None, given

    def _place(self, country: str) -> int:
        return self._order.get(country, len(self._order))

    @cached_property
    def _waiting(self) -> list[Readable]:
        """The unfinished later versions in place of those that count; for organisers."""
        judged = judged_forms(self.folder.database, self.folder.decisions)
        return self._seen([item.waits or item.counts for item in judged])

    @cached_property
    def _every_version(self) -> list[Readable]:
        return self._seen(version_list(self.folder.database))

    def _all_versions(
        self, form: str
    ) -> Iterator[tuple[Readable, Version | None, Sequence[Readable]]]:
        counts = {(s.instance, s.arrival, s.part) for s in self._counts}
        mine = [item for item in self._every_version if item.form == form]
        for item in sorted(mine, key=lambda s: (self._place(s.country), s.person, s.arrival)):
            version = Version(
                id=item.version,
                parent=next(iter(item.ancestors), ""),
                rev=item.rev,
                counts=(item.instance, item.arrival, item.part) in counts,
                arrival=item.arrival,
                file=self._outcomes.get(item.arrival, ("", ""))[1],
            )
            yield item, version, ()

    def _filled(
        self, submission: Readable, version: Version | None, given: Sequence[Readable]
    ) -> FormVersion:
        seminar, form = self.folder.seminar, self.every_form[submission.form]
        joint, known = submission.subject == JOINT, may_show_receipt(form, self.audience)
        late = None
        if submission.saved_at and not self.is_public:
            deadline = seminar.deadline(
                seminar.task(submission.form, submission.subject), submission.country
            )
            late = datetime.fromisoformat(submission.saved_at) >= deadline
        public = self.is_public
        return FormVersion(
            form=submission.form,
            country=submission.country,
            subject=submission.subject,
            person=submission.person,
            role=signed(seminar, submission.person, "public")
            if public
            else who(seminar, submission.person)[1],
            state="complete" if submission.complete else "draft",
            answers=submission.answers,
            joint=joint,
            late=late,
            answered=submission.answered if known else None,
            total=submission.total if known else None,
            saved_at=submission.saved_at,
            form_version=submission.form_version,
            receipt=submission.receipt,
            group=submission.subject if seminar.group(submission.subject) else "",
            writers=_writers(submission, given) if joint else {},
            row_writers=_row_writers(submission, given) if joint else {},
            version=version,
        )


def _writers(joint: Readable, given: Sequence[Readable]) -> dict[str, list[str]]:
    return {name: writers(name, value, given) for name, value in joint.answers.items()}


def _row_writers(joint: Readable, given: Sequence[Readable]) -> dict[str, list[list[str]]]:
    return {
        name: [row_writers(name, row, given) for row in value if not is_blank(row)]
        for name, value in joint.answers.items()
        if isinstance(value, list) and any(isinstance(row, Mapping) for row in value)
    }
