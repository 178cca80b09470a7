"""The running order of a brief: what the programme says, and beside it who speaks how long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.roles import role_of
from seminarkit.core.seminar.session_kinds import kind_of
from seminarkit.core.seminar.session_steps import Step, steps
from seminarkit.core.submissions.audience import Readable, signed
from seminarkit.core.submissions.dossier_parts import Answer
from seminarkit.core.submissions.form_entries import entry_of
from seminarkit.topics.briefs.dossier import RunningOrder, RunningStep
from seminarkit.topics.briefs.speaking_slots import OPENING, Shares, in_turns, shares
from seminarkit.topics.groups.rooms import Briefed

_FAIR = (
    "Each country speaks once before any country speaks twice. The first country was drawn by lot; "
    "then the alphabet goes on. Everybody has the same minutes. At least a quarter of the time is "
    "for all."
)
_AS_WRITTEN = (
    "In the order of the programme, with the same minutes for each. At least a quarter of the time "
    "is for questions."
)


@dataclass(frozen=True)
class Speaker:
    """Somebody who has a turn: what stands in the running order."""

    name: str
    note: str = ""
    answers: Sequence[Answer] = ()


@dataclass(frozen=True)
class Kind:
    """What is said in turns: by which form, most minutes a turn, and whether peers answer in it."""

    form: str
    most: int
    answered: bool = False


PLANS = Kind("strategy_plan", 6, answered=True)
CASES = Kind("recognition_case", 6, answered=True)
STATEMENTS = Kind("mini_statement", 2)
PROGRAMME = Kind("", 10)


def running(folder: SeminarFolder, about: Briefed, submissions: Sequence[Readable]) -> RunningOrder:
    """Return the running order: ``steps``, the ``rule`` of turns, and who has none (``unheard``).

    Of a step ``ours`` says that its time is not the programme's, so that a chair may do otherwise.
    """
    session = about.session
    begin, end = (datetime.combine(session.date, at) for at in (session.start, session.end))
    written = [] if about.group else steps(session)
    kind, speakers = _speakers(folder, about, submissions)
    timed = [step for step in written if step.minutes]
    if timed and timed[-1].clock:
        begin = timed[-1].clock + timedelta(minutes=timed[-1].minutes or 0)
        lines = list(_as_written(written[: written.index(timed[-1]) + 1]))
        if kind != STATEMENTS or not speakers:
            rest = _rest(folder.seminar, about, written[len(lines) :], begin, end)
            return _order([*lines, *rest])
        opening = 0
    elif written and not speakers:
        return _order(_evenly(written, begin, end))
    else:
        lines = [_line(None, None, step.title, step.by) for step in written]
        opening = OPENING
    shared = shares(_minutes(begin, end), len(speakers), kind.most, opening)
    spoken = [each for _, each in speakers]
    if timed:
        lines += [_line(None, None, step.title, step.by) for step in written[len(lines) :]]
    rule = (_AS_WRITTEN if kind == PROGRAMME else _FAIR) if len(spoken) > 1 else ""
    return {
        "steps": [*lines, *_shared(about, begin, shared, kind, spoken)],
        "rule": rule,
        "unheard": [each.name for each in spoken[shared.number :]],
    }


def _order(lines: Iterable[RunningStep]) -> RunningOrder:
    return {"steps": list(lines), "rule": "", "unheard": []}


def _as_written(written: Sequence[Step]) -> Iterator[RunningStep]:
    """Yield steps with the programme's own times; one lasts until the next that has a time."""
    for step, later in zip(written, [*written[1:], None], strict=True):
        minutes = step.minutes
        if not minutes and later and step.clock and later.clock:
            minutes = _minutes(step.clock, later.clock)
        yield _line(step.clock, minutes, step.title, step.by)


def _rest(
    seminar: Seminar, about: Briefed, written: Sequence[Step], begin: datetime, end: datetime
) -> Iterator[RunningStep]:
    """Yield what follows the last step that has minutes, and the time that is left for it."""
    yield from (_line(None, None, step.title, step.by) for step in written)
    if begin < end:
        parts = (part for part in about.session.parts if part.person)
        replies = (p.role for p in parts if role_of(seminar, p.role).speaks == "reply")
        note = f"the {first} speaks first" if (first := next(replies, "")) else ""
        yield _ours(begin, _minutes(begin, end), "Questions and discussion", note)


def _evenly(written: Sequence[Step], begin: datetime, end: datetime) -> Iterator[RunningStep]:
    """Yield steps of which the programme gives no minutes, each with the same."""
    each, over = divmod(_minutes(begin, end), len(written))
    for number, step in enumerate(written):
        minutes = each + (over if number == len(written) - 1 else 0)
        yield _ours(begin, minutes, step.title, step.by)
        begin += timedelta(minutes=minutes)


def _minutes(begin: datetime, end: datetime) -> int:
    return int((end - begin).total_seconds() // 60)


def _speakers(
    folder: SeminarFolder, about: Briefed, submissions: Sequence[Readable]
) -> tuple[Kind, list[tuple[str, Speaker]]]:
    """Return who has a turn, in their order, each with the code of their country."""
    seminar, group = folder.seminar, about.group
    if kind_of(seminar, about.session).statements:
        given = [s for s in submissions if s.form == STATEMENTS.form and s.complete]
        countries = {s.country: Speaker(seminar.display_name(s.country)) for s in given}
        return STATEMENTS, in_turns(list(countries.items()), about.id)
    if group and not group.case:
        wish = next((g.wished_as for g in about.session.groups if g.id == group.id), "") or ""
        found: dict[str, tuple[str, Speaker]] = {}
        for kind in (PLANS, CASES):
            mine = [s for s in submissions if s.form == kind.form and s.person in group.people]
            mine.sort(key=lambda s: (s.subject != wish, s.person))  # the plan for this very group
            for each in mine:
                if each.person not in found and (kind == PLANS) == _plans(folder, wish):
                    found[each.person] = (each.country, _spoken(folder, each))
        return PLANS if _plans(folder, wish) else CASES, in_turns(list(found.values()), about.id)
    if group:
        return PROGRAMME, list(_discussant(folder, about))
    if about.session.seats:
        return PROGRAMME, []
    spoken = {
        part.person: Speaker(seminar.people[part.person].name, part.topic or part.role)
        for part in about.session.parts
        if part.person and role_of(seminar, part.role).speaks
    }
    return PROGRAMME, [("", each) for each in spoken.values()]


def _discussant(folder: SeminarFolder, about: Briefed) -> Iterator[tuple[str, Speaker]]:
    """Yield who begins in a group on a case: its presenter, or that of another one."""
    person = about.group.discussant if about.group else None
    if person:
        own = any(
            part.person == person and part.case == about.case
            for session in folder.seminar.sessions
            for part in session.parts
        )
        note = "the case in brief: what is new since the recording"
        yield (
            "",
            Speaker(
                folder.seminar.people[person].name,
                note if own else "is not from this case: says what they saw in the recording",
            ),
        )


def _plans(folder: SeminarFolder, wish: str) -> bool:
    """Say whether a group by this wish is one for which plans were written."""
    tasks = folder.seminar.tasks
    return any(task.form == PLANS.form and wish in task.subjects for task in tasks)


def _spoken(folder: SeminarFolder, submission: Readable) -> Speaker:
    answers = entry_of(folder, folder.forms[submission.form], submission)["answers"]
    draft = "" if submission.complete else "a draft"
    return Speaker(signed(folder.seminar, submission.person, "core"), draft, answers)


def _shared(
    about: Briefed, begin: datetime, shared: Shares, kind: Kind, speakers: Sequence[Speaker]
) -> Iterator[RunningStep]:
    clock = begin
    if shared.opening:
        yield _ours(clock, shared.opening, "Welcome, with the opening words")
        clock += timedelta(minutes=shared.opening)
    for each in speakers[: shared.number]:
        parts = f"{(shared.each + 1) // 2} + {shared.each // 2}" if kind.answered else ""
        line = _ours(clock, shared.each, each.name, each.note)
        yield {**line, "parts": parts, "answers": list(each.answers)}
        clock += timedelta(minutes=shared.each)
    if shared.talk:
        yield _ours(clock, shared.talk, "Discussion, with the questions")
        clock += timedelta(minutes=shared.talk)
    if shared.closing:
        noted = "Read out what you will report, and ask who disagrees"
        yield _ours(clock, shared.closing, noted if about.session.seats else "Closing")


def _ours(clock: datetime, minutes: int, title: str, note: str = "") -> RunningStep:
    return {**_line(clock, minutes, title, note), "ours": True}


def _line(clock: datetime | None, minutes: int | None, title: str, note: str) -> RunningStep:
    return {
        "clock": f"{clock:%H:%M}" if clock else "",
        "minutes": str(minutes or ""),
        "title": title,
        "note": note,
        "ours": False,
        "parts": "",
        "answers": [],
    }
