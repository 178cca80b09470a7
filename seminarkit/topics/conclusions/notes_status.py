"""Status of each group's notes: received or not, how complete, and seen by the chair or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from seminarkit.core.forms.answers import progress
from seminarkit.core.forms.shapes import CompiledForm, questions
from seminarkit.core.seminar.assignments import note_taker
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar, Task
from seminarkit.core.seminar.sessions import DiscussionGroup, Session
from seminarkit.core.store.read_store import replies, submissions
from seminarkit.core.store.reply import ChairReply
from seminarkit.core.store.submission import Submission

ChairState = Literal["seen by the chair", "wants changes", "not yet seen by the chair"]
SEEN: ChairState = "seen by the chair"
WANTS_CHANGES: ChairState = "wants changes"
NOT_SEEN: ChairState = "not yet seen by the chair"
_CHAIR_QUESTION = "chair_seen"  # the question in the form of the notes
_STATES: dict[str, ChairState] = {"agreed": SEEN, "changes": WANTS_CHANGES}


@dataclass(frozen=True)
class NotesStatus:
    """Status of one group's notes.

    ``by`` is the id of the assigned note taker, '' if nobody is assigned. ``chair`` is the chair's
    view of this version and ``how`` its source; both are '' without notes. ``missing`` are the
    labels of incomplete headings, ``others`` the other people who sent notes.
    """

    group: str
    title: str
    session: str
    form: str
    by: str
    name: str
    confirmed: bool
    state: Literal["complete", "draft", "missing"]
    receipt: str = ""
    saved_at: str = ""
    chair: ChairState | Literal[""] = ""
    how: str = ""
    missing: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def came(self) -> bool:
        """Whether any notes of this group were received, by the same rule as in the conclusions."""
        return self.state != "missing" or bool(self.others)


def status_of_notes(
    seminar: Seminar,
    forms: Mapping[str, CompiledForm],
    received: Sequence[Submission],
    replied: Sequence[ChairReply],
) -> list[NotesStatus]:
    """Return the status of the notes of each decided group, in programme order."""
    return [
        _group_status(seminar, forms[task.form], task, session, group, received, replied)
        for session in seminar.sessions
        for task in seminar.tasks
        if session.id in task.sessions
        for group in seminar.seating.get(session.id, [])
    ]


def all_noted(folder: SeminarFolder) -> list[NotesStatus]:
    """Return the status of every group's notes, read from the store."""
    received, replied = submissions(folder.database), replies(folder.database)
    return status_of_notes(folder.seminar, folder.forms, received, replied)


def chair_state(
    group: DiscussionGroup, notes: Submission, replied: Sequence[ChairReply]
) -> tuple[ChairState, str]:
    """Return the chair's view of one version of the notes, and the source of that view.

    The last reply that names the version's receipt takes precedence over the tick in the notes.
    Notes written by the chair count as seen.
    """
    if reply := chair_reply(notes, replied):
        return _STATES[reply], "by a reply that names the receipt"
    if group.chair and notes.person == group.chair:
        return SEEN, "written by the chair"
    ticked = str(notes.answers.get(_CHAIR_QUESTION, ""))
    if ticked in _STATES:
        return _STATES[ticked], "ticked in the notes"
    return NOT_SEEN, ""


def chair_reply(notes: Submission, replied: Sequence[ChairReply]) -> str:
    """Return the answer of the last reply that names the receipt of these notes, or ''."""
    answers = [reply.said for reply in replied if reply.receipt == notes.receipt]
    return answers[-1] if answers else ""


def allowed_codes(seminar: Seminar) -> list[str]:
    """Return the codes allowed in notes: countries, outcomes, people, cases, sessions, groups."""
    delegations = [*seminar.delegations.values(), *seminar.former.values()]
    people = [person.id for delegation in delegations for person in delegation]
    places = [s.id for s in seminar.sessions] + [
        group.id for groups in seminar.seating.values() for group in groups
    ]
    cases = [case for session in seminar.sessions for case in session.cases]
    outcomes = [outcome.id for outcome in seminar.outcomes]
    return sorted({*seminar.countries, *outcomes, *people, *cases, *places})


def _group_status(
    seminar: Seminar,
    form: CompiledForm,
    task: Task,
    session: Session,
    group: DiscussionGroup,
    received: Sequence[Submission],
    replied: Sequence[ChairReply],
) -> NotesStatus:
    group_notes = [s for s in received if (s.form, s.subject) == (form["form"], group.id)]
    note_taker_id = note_taker(task, group) or ""
    assigned = next((s for s in group_notes if s.person == note_taker_id), None)
    others = tuple(s.person for s in group_notes if s is not assigned)
    writer = seminar.participant(note_taker_id) or seminar.people.get(note_taker_id)
    name = writer.name if writer else ""
    confirmed = group.confirmed or task.per != "rapporteur"
    head = (group.id, group.title, session.id, form["form"], note_taker_id, name, confirmed)
    if assigned is None:
        return NotesStatus(*head, "missing", others=others)
    chair, how = chair_state(group, assigned, replied)
    return NotesStatus(
        *head,
        "complete" if assigned.complete else "draft",
        assigned.receipt,
        assigned.saved_at,
        chair,
        how,
        _missing(form, assigned),
        others,
    )


def _missing(form: CompiledForm, notes: Submission) -> tuple[str, ...]:
    labels = {field["name"]: field["label"] for field in questions(form["fields"])}
    gaps = progress(form, notes.answers).gaps
    return tuple(dict.fromkeys(labels[gap.path.split(".")[0]] for gap in gaps))
