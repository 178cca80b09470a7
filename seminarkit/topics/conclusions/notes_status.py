"""Which groups have sent their notes, how far they are, and whether the chair has seen them."""

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
from seminarkit.core.store.reply import Replied
from seminarkit.core.store.submission import Submission

ChairState = Literal["seen by the chair", "wants changes", "not yet seen by the chair"]
SEEN: ChairState = "seen by the chair"
WANTS_CHANGES: ChairState = "wants changes"
NOT_SEEN: ChairState = "not yet seen by the chair"
_TICK = "chair_seen"  # the question of a form of notes that asks it
_STATES: dict[str, ChairState] = {"agreed": SEEN, "changes": WANTS_CHANGES}


@dataclass(frozen=True)
class Noted:
    """The notes of one group. ``by`` writes them, empty where nobody is named yet.

    ``chair`` is what the chair thinks of this very version and ``how`` that is known, both empty
    without notes; ``missing`` the headings that want something; ``others`` who sent notes too.
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
        """Whether anybody's notes of this group came, as the conclusions count it."""
        return self.state != "missing" or bool(self.others)


def noted(
    seminar: Seminar,
    forms: Mapping[str, CompiledForm],
    received: Sequence[Submission],
    replied: Sequence[Replied],
) -> list[Noted]:
    """Return the state of each decided group of which notes are asked, in the programme's order."""
    return [
        _noted(seminar, forms[task.form], task, session, group, received, replied)
        for session in seminar.sessions
        for task in seminar.tasks
        if session.id in task.sessions
        for group in seminar.seating.get(session.id, [])
    ]


def all_noted(folder: SeminarFolder) -> list[Noted]:
    """Return the state of every group's notes, from what has come."""
    received, replied = submissions(folder.database), replies(folder.database)
    return noted(folder.seminar, folder.forms, received, replied)


def chair_of(
    group: DiscussionGroup, notes: Submission, replied: Sequence[Replied]
) -> tuple[ChairState, str]:
    """Return what the chair of a group thinks of one version of its notes, and how it is known.

    The last reply that names its receipt counts, else the tick in the notes themselves. Notes that
    the chair wrote need no more.
    """
    if reply := said_of(notes, replied):
        return _STATES[reply], "by a reply that names the receipt"
    if group.chair and notes.person == group.chair:
        return SEEN, "written by the chair"
    ticked = str(notes.answers.get(_TICK, ""))
    if ticked in _STATES:
        return _STATES[ticked], "ticked in the notes"
    return NOT_SEEN, ""


def said_of(notes: Submission, replied: Sequence[Replied]) -> str:
    """Return what the last reply says that names the receipt of these notes, or nothing."""
    named = [each.said for each in replied if each.receipt == notes.receipt]
    return named[-1] if named else ""


def codes(seminar: Seminar) -> list[str]:
    """Return what notes may refer to: countries, outcomes, people with questions, cases, groups."""
    delegations = [*seminar.delegations.values(), *seminar.former.values()]
    people = [person.id for delegation in delegations for person in delegation]
    places = [s.id for s in seminar.sessions] + [
        group.id for groups in seminar.seating.values() for group in groups
    ]
    cases = [case for session in seminar.sessions for case in session.cases]
    outcomes = [outcome.id for outcome in seminar.outcomes]
    return sorted({*seminar.countries, *outcomes, *people, *cases, *places})


def _noted(
    seminar: Seminar,
    form: CompiledForm,
    task: Task,
    session: Session,
    group: DiscussionGroup,
    received: Sequence[Submission],
    replied: Sequence[Replied],
) -> Noted:
    came = [s for s in received if (s.form, s.subject) == (form["form"], group.id)]
    by = note_taker(task, group) or ""
    own = next((s for s in came if s.person == by), None)
    others = tuple(s.person for s in came if s is not own)
    writer = seminar.participant(by) or seminar.people.get(by)
    name = writer.name if writer else ""
    confirmed = group.confirmed or task.per != "rapporteur"
    head = (group.id, group.title, session.id, form["form"], by, name, confirmed)
    if own is None:
        return Noted(*head, "missing", others=others)
    chair, how = chair_of(group, own, replied)
    return Noted(
        *head,
        "complete" if own.complete else "draft",
        own.receipt,
        own.saved_at,
        chair,
        how,
        _missing(form, own),
        others,
    )


def _missing(form: CompiledForm, notes: Submission) -> tuple[str, ...]:
    labels = {field["name"]: field["label"] for field in questions(form["fields"])}
    gaps = progress(form, notes.answers).gaps
    return tuple(dict.fromkeys(labels[gap.path.split(".")[0]] for gap in gaps))
