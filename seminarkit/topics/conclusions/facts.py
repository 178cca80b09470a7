"""The dossiers of what groups said: the recap of the days before, and the conclusions.

For the public they hold no more than the words that the general rapporteur took over, without
country, group, person or code.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache, partial

from seminarkit.core.disk.attempts import Attempts, dossier_name
from seminarkit.core.forms.shapes import Audience
from seminarkit.core.seminar.clock import day_words
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.session_kinds import CONCLUSIONS, SUMMARIES, kind_of
from seminarkit.core.seminar.sessions import Session
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.audience import readable, with_receipts
from seminarkit.core.submissions.set_aside_files import waiting_sentence
from seminarkit.topics.conclusions.all_notes import Notes, alike, notes
from seminarkit.topics.conclusions.dossier import (
    AnySummary,
    NotesState,
    Outcome,
    PublicSummaryDossier,
    ReferenceLink,
    SaidPoint,
    SaidSection,
    SaidStatement,
    SummaryDossier,
    SummaryHead,
)
from seminarkit.topics.conclusions.gaps import Gap, attention, noted_by, sheet_by, urgent
from seminarkit.topics.conclusions.mini_statements import mini_statements
from seminarkit.topics.conclusions.newer_notes import newer_sentences
from seminarkit.topics.conclusions.next_group import goes_to
from seminarkit.topics.conclusions.points import Point
from seminarkit.topics.conclusions.public_wording import as_taken, taken_over
from seminarkit.topics.conclusions.speaking_time import PACE, spoken, words_of
from seminarkit.topics.conclusions.statement_codes import Reference
from seminarkit.topics.conclusions.statement_ids import Statement
from seminarkit.topics.conclusions.statements import OPEN, GroupNotes, headings


def summary_dossiers(
    folder: SeminarFolder, submissions: Sequence[Submission], attempts: Attempts | None = None
) -> dict[tuple[Audience, str], AnySummary]:
    """Return the dossiers by audience and subject; none on groups that were never decided.

    There is a public one once something was taken over; of the recap where its session is public.
    What fails is noted in ``attempts``; without them it is raised.
    """
    noted = attempts or Attempts()
    seen = with_receipts(readable(folder, submissions, "core"), submissions)
    found = notes(folder, seen)
    if not found.groups and not found.sheets:
        return {}
    near = cache(partial(alike, folder, found, submissions))
    dossiers: dict[tuple[Audience, str], AnySummary] = {}
    for subject in SUMMARIES:
        with noted.at(dossier_name("core", subject)):
            core = _core(folder, found, near(), subject)
            dossiers["core", subject] = core
            if subject == CONCLUSIONS:
                mini, missing = mini_statements(folder, seen)
                dossiers["core", subject] = {**core, "mini": mini, "mini_missing": missing}
        with noted.at(dossier_name("public", subject)):
            public = _public(folder, found, subject)
            if public["sections"]:
                dossiers["public", subject] = public
    if attempts is None:
        noted.raise_first()
    return dossiers


def _core(
    folder: SeminarFolder, found: Notes, near: dict[str, list[str]], subject: str
) -> SummaryDossier:
    seminar = folder.seminar
    session = _session(seminar, subject)
    held = _held(seminar, found, subject, session)
    points = _points(found.points, held)
    speech = spoken(seminar, points, session)
    groups = [each for each in found.groups if each.session.id in held]
    shown = {statement.id for point in points for statement in point.statements}
    first = _first(folder, found, held)
    waiting = [Gap(words, "seminar collect") for words in waiting_sentence(folder)]
    gaps = [*first, *attention(seminar, found, session, held), *waiting]
    return {
        **_head(seminar, "core", subject, session),
        "sections": _sections(folder, found, points),
        "groups": [_group(seminar, each) for each in groups],
        "urgent": [gap.words for gap in first],
        "attention": [gap.words for gap in gaps],
        "steps": {gap.words: gap.step for gap in gaps if gap.step},
        "near": {
            each: others
            for each, ids in near.items()
            if each in shown and (others := [i for i in ids if i in shown])
        },
        "outcomes": [_outcome(each.id, each.text, points) for each in seminar.outcomes],
        "spoken": {
            "words": speech.words,
            "pace": PACE,
            "minutes": round(speech.minutes, 1),
            "allowed": round(speech.allowed, 1),
            "given": speech.given,
            "over": round(speech.over, 1),
            "cut": [
                {"id": p.lead.id, "text": p.lead.text, "words": words_of(p)} for p in speech.cut
            ],
        },
        "footnotes": seminar.footnote_lines(),
        "has_survey": (folder.dossiers / "core" / "survey.json").is_file(),
    }


def _first(folder: SeminarFolder, found: Notes, held: Collection[str]) -> list[Gap]:
    """Return what is to be decided before anybody speaks."""
    newer = map(Gap, newer_sentences(folder, held))
    return [*newer, *urgent(folder.seminar, found, held)]


def _session(seminar: Seminar, subject: str) -> Session | None:
    """Return the session in which a summary is spoken."""
    return next((s for s in seminar.sessions if kind_of(seminar, s).summary == subject), None)


def _points(points: Sequence[Point], sessions: Collection[str]) -> list[Point]:
    """Return the points of some sessions, without what others said of the same."""
    here = (tuple(s for s in p.statements if s.session in sessions) for p in points)
    return [Point(statements) for statements in here if statements]


def _held(seminar: Seminar, found: Notes, subject: str, session: Session | None) -> Collection[str]:
    """Return the sessions that a summary is on: the recap's are of the days before it."""
    ids = {each.session.id for each in found.groups} | {sheet.session for sheet in found.sheets}
    if subject == CONCLUSIONS or session is None:
        return ids
    return {each.id for each in seminar.sessions if each.id in ids and each.date < session.date}


def _head(
    seminar: Seminar, audience: Audience, subject: str, session: Session | None
) -> SummaryHead:
    when = f"{day_words(session.date)}, {session.start:%H:%M}" if session else ""
    return {
        "subject": subject,
        "audience": audience,
        "seminar": {"title": seminar.title, "series": seminar.series},
        "title": session.title if session else subject,
        "when": when,
    }


def _sections(folder: SeminarFolder, found: Notes, points: Sequence[Point]) -> list[SaidSection]:
    """Return the points under the headings of the notes, those that several groups share apart."""
    last = {each.id: each.date for each in folder.seminar.sessions}
    newest = sorted(points, key=lambda point: last[point.lead.session], reverse=True)
    titles = headings(folder.seminar, folder.forms)
    sections: list[SaidSection] = []
    for kind, title in titles.items():
        here = [_point(folder.seminar, found, p) for p in newest if p.kind == kind]
        if here:
            shared = [each for each in here if each["shared"]]
            single = [each for each in here if not each["shared"]]
            sections.append({"kind": kind, "title": title, "shared": shared, "single": single})
    return sections


def _point(seminar: Seminar, found: Notes, point: Point) -> SaidPoint:
    return {
        "shared": point.shared,
        "groups": len(point.groups),
        "differs": len({each.kind for each in point.statements}) > 1,
        "statements": [_statement(seminar, found, each) for each in point.statements],
    }


def _statement(seminar: Seminar, found: Notes, statement: Statement) -> SaidStatement:
    sheet = next(each for each in found.sheets if statement in each.statements)
    session = next(each for each in seminar.sessions if each.id == statement.session)
    when = f"{session.date.day} {session.date:%B}, {session.start:%H:%M}"
    return {
        "id": statement.id,
        "kind": statement.kind,
        "text": statement.text,
        "group": f"{sheet.title.split(':')[0]}, {when}",
        "by": sheet_by(seminar, sheet),
        "references": [_reference(found, each) for each in statement.references],
        "unknown": list(statement.unknown),
        "draft": not sheet.complete,
        "seen": sheet.seen in ("", "agreed"),
        "taken": found.taken.get(statement.id, ""),
        "goes_to": goes_to(seminar, statement) if statement.kind == OPEN else "",
    }


def _reference(found: Notes, reference: Reference) -> ReferenceLink:
    """Return a code with the place on the pages for core participants that it leads to."""
    href = {
        "country": f"countries/{reference.code}.html",
        "question": f"questions.html#{found.places.get(reference.code, '')}",
        "outcome": f"#{reference.code}",
        "case": f"cases.html#{reference.code}",
        "group": f"groups.html#{reference.code}",
    }
    return {"code": reference.code, "words": reference.words, "href": href[reference.kind]}


def _group(seminar: Seminar, each: GroupNotes) -> NotesState:
    return {
        "id": each.group.id,
        "title": each.group.title,
        "when": f"{day_words(each.session.date)}, {each.session.start:%H:%M}",
        "state": each.state,
        "asked": noted_by(seminar, each.group.id, each.asked) if each.asked else "",
        "by": [sheet_by(seminar, sheet) for sheet in each.sheets],
        "statements": sum(len(sheet.statements) for sheet in each.sheets),
        "seen": all(sheet.seen in ("", "agreed") for sheet in each.sheets),
        "changes": any(sheet.seen == "changes" for sheet in each.sheets),
        "none_differed": any(sheet.none_differed for sheet in each.sheets),
    }


def _outcome(code: str, text: str, points: Sequence[Point]) -> Outcome:
    said = [s for p in points for s in p.statements if code in {r.code for r in s.references}]
    groups = {each.group for each in said}
    return {"id": code, "text": text, "statements": [s.id for s in said], "groups": len(groups)}


def _public(folder: SeminarFolder, found: Notes, subject: str) -> PublicSummaryDossier:
    seminar = folder.seminar
    session = _session(seminar, subject)
    open_ = subject == CONCLUSIONS or (session is not None and session.access == "public")
    points = _points(found.public, _held(seminar, found, subject, session)) if open_ else []
    return {
        **_head(seminar, "public", subject, session),
        "sections": taken_over(folder, found, points),
        "as_taken": as_taken(seminar, found, points),
    }
