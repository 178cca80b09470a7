"""The form server without HTTP: people, their forms, drafts and submissions.

The author is always the person of the link; submitted answers must carry the same author.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import cast

from seminarkit.core.disk.files import to_json
from seminarkit.core.errors import SeminarError
from seminarkit.core.forms.answer_versions import newest, receipt, version_id
from seminarkit.core.forms.answers import progress
from seminarkit.core.forms.renamed_questions import with_present_names
from seminarkit.core.forms.shapes import Author as Signature
from seminarkit.core.forms.shapes import Payload, PersonalForm, object_of
from seminarkit.core.forms.word_form import is_clock_rev
from seminarkit.core.logs.writers import writer_of
from seminarkit.core.seminar.assignments import Assignment, Author
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.core.store.submission import Outcome, Submission
from seminarkit.serve import http_errors
from seminarkit.serve.cached_seminar import SeminarReading, Stamps, stamps_in, stamps_of
from seminarkit.serve.compacting import compact
from seminarkit.serve.drafts import CURE, Draft, Drafts
from seminarkit.serve.http_errors import Refused
from seminarkit.serve.personal_links import FirstUses, Links
from seminarkit.topics.intake.collect import take_files, take_what_is_left
from seminarkit.topics.intake.payload import EmptyForm, read_payload
from seminarkit.topics.intake.refusal import Refusal
from seminarkit.topics.intake.server_leftovers import KEPT_BY
from seminarkit.topics.intake.strict_json import read_json
from seminarkit.topics.packs.form_notebook import form_notebook, prose_of
from seminarkit.topics.packs.personal_form import file_name
from seminarkit.topics.packs.prefill import (
    PrefillState,
    prefill_state,
    starting_form,
    version_payload,
)

_LOOK_AGAIN = 1.0  # seconds between two checks for changes of seminar.yml or a form


@dataclass(frozen=True)
class PersonForm:
    """A person's form, with its initial answers.

    ``kept`` is the id of the version on the server, ``submitted`` the receipt of the version that
    counts; both are '' if there is none.
    """

    assignment: Assignment
    form: PersonalForm
    filled: Payload
    kept: str
    submitted: str


class FormService:
    """The form service of one seminar, which reads the folder again when it changes."""

    def __init__(self, folder: SeminarFolder) -> None:
        self.folder = folder
        self.left = take_what_is_left(folder)  # submissions that a killed server left behind
        self.links, self.first_uses = Links(folder.links), FirstUses(folder.links_used)
        compact(folder.drafts, CURE, {s.instance: s for s in submissions(folder.database)})
        self.drafts = Drafts(folder.drafts)
        self._read = SeminarReading(folder)
        self._looked = time.monotonic()
        self._known: tuple[Stamps, PrefillState] | None = None

    @property
    def now(self) -> SeminarReading:
        """The seminar's current state, or the last valid one if the files have errors."""
        if time.monotonic() - self._looked > _LOOK_AGAIN:
            self._looked = time.monotonic()
            if stamps_in(self.folder) != self._read.stamps:
                fresh = SeminarReading(SeminarFolder(self.folder.root))
                try:
                    fresh.load()
                    self._read = fresh
                except SeminarError:
                    self._read.stamps = fresh.stamps
        return self._read

    def enter(self, token: str) -> Author:
        """Return the person of a link's token; raises Refused."""
        link = self.links.find(token)
        if link is None:
            raise Refused(404, http_errors.WRONG_TOKEN)
        if link.withdrawn_at:
            raise Refused(403, http_errors.WITHDRAWN)
        if link.last_day(self.now.ends) < self.now.today():
            raise Refused(403, http_errors.EXPIRED)
        if link.person not in self.now.asked:
            raise Refused(403, http_errors.NOT_HERE)
        with suppress(OSError):  # a full disk must not lock people out
            self.first_uses.note(link)
        return self.person(link.person)

    def person(self, person: str) -> Author:
        """Return a person who is asked for a form, by id."""
        return self.now.asked[person][0].author

    def admit(self, token: str, person: str) -> Author:
        """Return the person, if the token is theirs; raises Refused."""
        if not token:
            raise Refused(403, http_errors.NO_COOKIE)
        author = self.enter(token)
        if author.id != person:
            raise Refused(403, http_errors.ANOTHERS)
        return author

    def forms(self, author: Author) -> Iterator[PersonForm]:
        """Yield the forms of a person, each with its newest answers."""
        yield from filter(None, map(self._person_form, self.now.asked[author.id]))

    def form(self, author: Author, file: str) -> PersonForm:
        """Return a person's form by its file name; raises Refused."""
        for assignment in self.now.asked[author.id]:
            if file_name(assignment) == file and (person_form := self._person_form(assignment)):
                return person_form
        raise Refused(404, http_errors.NO_FORM)

    def draft(self, author: Author, body: bytes) -> Draft:
        """Return the draft that a browser sent; raises Refused if it is invalid or another's."""
        try:
            sent = read_json(body)
            window = object_of(sent).get("window")
            if not isinstance(window, str) or not 0 < len(window) <= 40:
                raise Refusal("It was not sent from the page of a form.")
            filled = object_of(sent).get("filled")
            signed = object_of(object_of(filled).get("author"))
            if signed and signed.get("id") != author.id:
                raise Refused(403, http_errors.NOT_SIGNED)
            with suppress(EmptyForm):  # a draft may be empty; a submission may not
                read_payload(filled, self.now.expected)
        except Refusal as error:
            raise Refused(422, str(error)) from None
        checked = {key: value for key, value in object_of(filled).items() if key in _KEYS}
        return Draft(window, cast(Payload, {**checked, "author": author_of(author)}))

    def notebook(self, author: Author, filled: Payload) -> tuple[str, bytes]:
        """Return the name and content of the filled notebook, as “Save my file” makes it."""
        if not filled["answers"]:
            raise Refused(422, "The form is empty: there is nothing to submit yet.")
        key = (author.id, filled["form"], filled.get("subject", ""))
        for assignment in self.now.asked[author.id]:
            if assignment.key == key and (person_form := self._person_form(assignment)):
                form, folder = person_form.form, self.now.folder
                prose = prose_of(folder, form)
                book = form_notebook(prose, form, filled)
                book["metadata"][KEPT_BY] = writer_of(folder.root).id
                return f"by link/{form['file']}, {filled['rev']}.ipynb", to_json(book).encode()
        raise Refused(404, http_errors.NO_FORM)

    def submit(self, files: Sequence[tuple[str, bytes]]) -> list[Outcome]:
        """Put notebooks into the store, as collect does; return the outcome of each."""
        result = take_files(self.now.folder, files)
        by_name = {arrival.name: outcome for arrival, outcome in result.outcomes}
        return [by_name[name] for name, _ in files]

    def confirmation(self, filled: Payload, outcome: Outcome) -> dict[str, object]:
        """Return the receipt and a sentence for the author; raises Refused if it was not taken."""
        if outcome.kind == "aside":
            raise Refused(422, outcome.text)
        form = self.now.folder.forms[filled["form"]]
        done = progress(form, with_present_names(form, filled["answers"]))
        current = self._submitted(filled["instance"])
        code = receipt(filled)
        words = "The organisers see the same code. You may change it and submit again."
        if not done.complete:
            words = f"It counts as a draft: {done} answered. {words}"
        if current and current.receipt != code:
            words = _NOT_COUNTED.get(outcome.kind, _NOT_COUNTED["earlier"]).format(current.receipt)
        return {"receipt": code, "words": words}

    def _person_form(self, assignment: Assignment) -> PersonForm | None:
        start = starting_form(self.now.folder, assignment, self._so_far())
        if start is None:
            return None
        form, begin = start
        draft = self.drafts.newest(form["instance"])
        own = self._submitted(form["instance"])
        versions = [begin, *([draft] if draft else [])]
        if own and not (draft and is_clock_rev(own.rev)):  # the time in a Word file is not reliable
            versions.append(version_payload(form, own))
        filled = newest(versions)
        kept = version_id(filled) if filled is not begin or (own and filled["rev"]) else ""
        return PersonForm(assignment, form, filled, kept, own.receipt if own else "")

    def _so_far(self) -> PrefillState:
        """Return the submissions so far, read again only after a change."""
        folder = self.now.folder
        store = folder.database
        write_ahead = store.with_name(f"{store.name}-wal")
        stamps = stamps_of(store, write_ahead, *folder.decisions.log.files())
        if self._known is None or self._known[0] != stamps:
            self._known = (stamps, prefill_state(folder))
        return self._known[1]

    def _submitted(self, instance: str) -> Submission | None:
        return next((s for s in self._so_far().received if s.instance == instance), None)


# Sentences to the author of a version that does not count, by the kind of outcome.
_NOT_COUNTED = {
    "waits": "It is saved as a draft. Your complete version {} counts until this one is complete.",
    "decide": "Another version counts: {}. The organisers will decide between the two.",
    "beside": "Another version counts: {}. The organisers see both.",
    "already": "The same answers were received before. The version that counts is {}.",
    "earlier": "A newer version of yours was received before and counts: {}.",
}
_KEYS = (
    *("form", "form_version", "subject", "instance", "rev"),
    *("seminar", "country", "answers", "saved_at", "salt", "window", "ancestors"),
)


def author_of(author: Author) -> Signature:
    """Return the author in the shape of a payload: the person of the link."""
    return {"id": author.id, "name": author.name, "role": author.role}
