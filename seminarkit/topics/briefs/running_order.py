"""The running order of a brief: the programme's steps, and the minutes of each speaker."""

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
from seminarkit.topics.briefs.speaking_slots import OPENING, Shares, in_fair_order, share_minutes
from seminarkit.topics.groups.rooms import BriefedRoom

_FAIR_RULE = (
    "Each country speaks once before any country speaks twice. The first country was drawn by lot; "
    "the others follow in alphabetical order. Everybody has the same time. At least a quarter of "
    "the time is for everybody to discuss."
)
_PROGRAMME_RULE = (
    "People speak in the order of the programme, and each has the same time. At least a quarter of "
    "the time is for questions."
)


@dataclass(frozen=True)
class Speaker:
    """A speaker with a turn, as shown in the running order."""

    name: str
    note: str = ""
    answers: Sequence[Answer] = ()


@dataclass(frozen=True)
class TurnKind:
    """A kind of turn: the form behind it, its longest minutes, and whether peers answer in it."""

    form: str
    most: int
    has_replies: bool = False


PLANS = TurnKind("strategy_plan", 6, has_replies=True)
CASES = TurnKind("recognition_case", 6, has_replies=True)
STATEMENTS = TurnKind("mini_statement", 2)
PROGRAMME = TurnKind("", 10)


def running_order(
    folder: SeminarFolder, about: BriefedRoom, submissions: Sequence[Readable]
) -> RunningOrder:
    """Return the running order of a session or group.

    ``ours`` marks steps timed by the kit rather than by the programme: a chair may change them.
    """
    session = about.session
    begin, end = (datetime.combine(session.date, clock) for clock in (session.start, session.end))
    programme_steps = [] if about.group else steps(session)
    kind, speakers = _speakers(folder, about, submissions)
    with_minutes = [step for step in programme_steps if step.minutes]
    if with_minutes and with_minutes[-1].clock:
        begin = with_minutes[-1].clock + timedelta(minutes=with_minutes[-1].minutes or 0)
        lines = list(_timed_steps(programme_steps[: programme_steps.index(with_minutes[-1]) + 1]))
        if kind != STATEMENTS or not speakers:
            rest = _remaining_steps(
                folder.seminar, about, programme_steps[len(lines) :], begin, end
            )
            return _without_turns([*lines, *rest])
        opening = 0
    elif programme_steps and not speakers:
        return _without_turns(_equal_steps(programme_steps, begin, end))
    else:
        lines = [_line(None, None, step.title, step.by) for step in programme_steps]
        opening = OPENING
    time_shares = share_minutes(_minutes(begin, end), len(speakers), kind.most, opening)
    turn_takers = [speaker for _, speaker in speakers]
    if with_minutes:
        lines += [_line(None, None, step.title, step.by) for step in programme_steps[len(lines) :]]
    rule = (_PROGRAMME_RULE if kind == PROGRAMME else _FAIR_RULE) if len(turn_takers) > 1 else ""
    return {
        "steps": [*lines, *_turn_steps(about, begin, time_shares, kind, turn_takers)],
        "rule": rule,
        "unheard": [speaker.name for speaker in turn_takers[time_shares.number :]],
    }


def _without_turns(lines: Iterable[RunningStep]) -> RunningOrder:
    return {"steps": list(lines), "rule": "", "unheard": []}


def _timed_steps(programme_steps: Sequence[Step]) -> Iterator[RunningStep]:
    """Yield the steps with the programme's times; a step lasts until the next one with a time."""
    for step, next_step in zip(programme_steps, [*programme_steps[1:], None], strict=True):
        minutes = step.minutes
        if not minutes and next_step and step.clock and next_step.clock:
            minutes = _minutes(step.clock, next_step.clock)
        yield _line(step.clock, minutes, step.title, step.by)


def _remaining_steps(
    seminar: Seminar,
    about: BriefedRoom,
    programme_steps: Sequence[Step],
    begin: datetime,
    end: datetime,
) -> Iterator[RunningStep]:
    """Yield the steps after the last one with minutes, then the remaining time as discussion."""
    yield from (_line(None, None, step.title, step.by) for step in programme_steps)
    if begin < end:
        parts = (part for part in about.session.parts if part.person)
        replies = (p.role for p in parts if role_of(seminar, p.role).speaks == "reply")
        note = f"the {replier} speaks first" if (replier := next(replies, "")) else ""
        yield _ours(begin, _minutes(begin, end), "Questions and discussion", note)


def _equal_steps(
    programme_steps: Sequence[Step], begin: datetime, end: datetime
) -> Iterator[RunningStep]:
    """Yield the steps with equal minutes, for a programme that states none."""
    share, remainder = divmod(_minutes(begin, end), len(programme_steps))
    for number, step in enumerate(programme_steps):
        minutes = share + (remainder if number == len(programme_steps) - 1 else 0)
        yield _ours(begin, minutes, step.title, step.by)
        begin += timedelta(minutes=minutes)


def _minutes(begin: datetime, end: datetime) -> int:
    return int((end - begin).total_seconds() // 60)


def _speakers(
    folder: SeminarFolder, about: BriefedRoom, submissions: Sequence[Readable]
) -> tuple[TurnKind, list[tuple[str, Speaker]]]:
    """Return the kind of turn and the speakers in order, each with a country code."""
    seminar, group = folder.seminar, about.group
    if kind_of(seminar, about.session).statements:
        received = [s for s in submissions if s.form == STATEMENTS.form and s.complete]
        countries = {s.country: Speaker(seminar.display_name(s.country)) for s in received}
        return STATEMENTS, in_fair_order(list(countries.items()), about.id)
    if group and not group.case:
        choice = next((g.wished_as for g in about.session.groups if g.id == group.id), "") or ""
        by_person: dict[str, tuple[str, Speaker]] = {}
        for kind in (PLANS, CASES):
            own = [s for s in submissions if s.form == kind.form and s.person in group.people]
            own.sort(key=lambda s: (s.subject != choice, s.person))  # the plan for this very group
            for submission in own:
                person = submission.person
                if person not in by_person and (kind == PLANS) == _writes_plans(folder, choice):
                    by_person[person] = (submission.country, _speaker(folder, submission))
        turns = in_fair_order(list(by_person.values()), about.id)
        return PLANS if _writes_plans(folder, choice) else CASES, turns
    if group:
        return PROGRAMME, list(_discussant(folder, about))
    if about.session.seats:
        return PROGRAMME, []
    by_speaker = {
        part.person: Speaker(seminar.people[part.person].name, part.topic or part.role)
        for part in about.session.parts
        if part.person and role_of(seminar, part.role).speaks
    }
    return PROGRAMME, [("", speaker) for speaker in by_speaker.values()]


def _discussant(folder: SeminarFolder, about: BriefedRoom) -> Iterator[tuple[str, Speaker]]:
    """Yield the discussant, who opens a group on a case: its presenter, or that of another case."""
    person = about.group.discussant if about.group else None
    if person:
        is_own_case = any(
            part.person == person and part.case == about.case
            for session in folder.seminar.sessions
            for part in session.parts
        )
        note = "the case in brief: what is new since the recording"
        yield (
            "",
            Speaker(
                folder.seminar.people[person].name,
                note
                if is_own_case
                else "is from another case: says what they saw in the recording",
            ),
        )


def _writes_plans(folder: SeminarFolder, choice: str) -> bool:
    """Return whether the groups of a registration choice prepare strategy plans."""
    tasks = folder.seminar.tasks
    return any(task.form == PLANS.form and choice in task.subjects for task in tasks)


def _speaker(folder: SeminarFolder, submission: Readable) -> Speaker:
    answers = entry_of(folder, folder.forms[submission.form], submission)["answers"]
    draft = "" if submission.complete else "a draft"
    return Speaker(signed(folder.seminar, submission.person, "core"), draft, answers)


def _turn_steps(
    about: BriefedRoom,
    begin: datetime,
    time_shares: Shares,
    kind: TurnKind,
    speakers: Sequence[Speaker],
) -> Iterator[RunningStep]:
    clock = begin
    if time_shares.opening:
        yield _ours(clock, time_shares.opening, "Welcome, with the opening words")
        clock += timedelta(minutes=time_shares.opening)
    for speaker in speakers[: time_shares.number]:
        minutes = time_shares.per_speaker
        parts = f"{(minutes + 1) // 2} + {minutes // 2}" if kind.has_replies else ""
        line = _ours(clock, minutes, speaker.name, speaker.note)
        yield {**line, "parts": parts, "answers": list(speaker.answers)}
        clock += timedelta(minutes=minutes)
    if time_shares.talk:
        yield _ours(clock, time_shares.talk, "Discussion, with the questions")
        clock += timedelta(minutes=time_shares.talk)
    if time_shares.closing:
        closing_words = "Read out what you will report, and ask who disagrees"
        yield _ours(clock, time_shares.closing, closing_words if about.session.seats else "Closing")


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
