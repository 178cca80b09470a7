"""Builds the dossiers of the recap (earlier days' groups) and of the conclusions.

The public dossier has only the wording chosen by the general rapporteur, without country, group,
person or code.
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
from seminarkit.topics.conclusions.all_notes import Notes, notes, similar_statements
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
from seminarkit.topics.conclusions.next_group import next_group
from seminarkit.topics.conclusions.points import Point
from seminarkit.topics.conclusions.public_wording import choice_date, public_sections
from seminarkit.topics.conclusions.speaking_time import PACE, speaking_time, word_count
from seminarkit.topics.conclusions.statement_codes import Reference
from seminarkit.topics.conclusions.statement_ids import Statement
from seminarkit.topics.conclusions.statements import OPEN, GroupNotes, headings


def summary_dossiers(
    folder: SeminarFolder, submissions: Sequence[Submission], attempts: Attempts | None = None
) -> dict[tuple[Audience, str], AnySummary]:
    """Return the dossiers by audience and subject; none if no groups were ever decided.

    A public dossier exists once a statement has been chosen for the public; that of the recap only
    if its session is public. Failures are recorded in ``attempts``; without ``attempts``, the first
    one is raised.
    """
    recorder = attempts or Attempts()
    readable_submissions = with_receipts(readable(folder, submissions, "core"), submissions)
    all_notes = notes(folder, readable_submissions)
    if not all_notes.groups and not all_notes.sheets:
        return {}
    similar = cache(partial(similar_statements, folder, all_notes, submissions))
    dossiers: dict[tuple[Audience, str], AnySummary] = {}
    for subject in SUMMARIES:
        with recorder.at(dossier_name("core", subject)):
            core = _core(folder, all_notes, similar(), subject)
            dossiers["core", subject] = core
            if subject == CONCLUSIONS:
                mini, missing = mini_statements(folder, readable_submissions)
                dossiers["core", subject] = {**core, "mini": mini, "mini_missing": missing}
        with recorder.at(dossier_name("public", subject)):
            public = _public(folder, all_notes, subject)
            if public["sections"]:
                dossiers["public", subject] = public
    if attempts is None:
        recorder.raise_first()
    return dossiers


def _core(
    folder: SeminarFolder, all_notes: Notes, similar: dict[str, list[str]], subject: str
) -> SummaryDossier:
    seminar = folder.seminar
    session = _session(seminar, subject)
    covered = _covered_sessions(seminar, all_notes, subject, session)
    points = _points(all_notes.points, covered)
    timing = speaking_time(seminar, points, session)
    groups = [group for group in all_notes.groups if group.session.id in covered]
    shown = {statement.id for point in points for statement in point.statements}
    urgent_gaps = _urgent_gaps(folder, all_notes, covered)
    waiting = [Gap(words, "seminar collect") for words in waiting_sentence(folder)]
    gaps = [*urgent_gaps, *attention(seminar, all_notes, session, covered), *waiting]
    return {
        **_head(seminar, "core", subject, session),
        "sections": _sections(folder, all_notes, points),
        "groups": [_group(seminar, group) for group in groups],
        "urgent": [gap.words for gap in urgent_gaps],
        "attention": [gap.words for gap in gaps],
        "steps": {gap.words: gap.step for gap in gaps if gap.step},
        "near": {
            statement_id: others
            for statement_id, ids in similar.items()
            if statement_id in shown and (others := [i for i in ids if i in shown])
        },
        "outcomes": [_outcome(outcome.id, outcome.text, points) for outcome in seminar.outcomes],
        "spoken": {
            "words": timing.words,
            "pace": PACE,
            "minutes": round(timing.minutes, 1),
            "allowed": round(timing.allowed, 1),
            "given": timing.given,
            "over": round(timing.over, 1),
            "cut": [
                {"id": p.lead.id, "text": p.lead.text, "words": word_count(p)} for p in timing.cut
            ],
        },
        "footnotes": seminar.footnote_lines(),
        "has_survey": (folder.dossiers / "core" / "survey.json").is_file(),
    }


def _urgent_gaps(folder: SeminarFolder, all_notes: Notes, covered: Collection[str]) -> list[Gap]:
    """Return the gaps that somebody has to decide on before the session."""
    newer = map(Gap, newer_sentences(folder, covered))
    return [*newer, *urgent(folder.seminar, all_notes, covered)]


def _session(seminar: Seminar, subject: str) -> Session | None:
    """Return the session in which a summary is presented."""
    return next((s for s in seminar.sessions if kind_of(seminar, s).summary == subject), None)


def _points(points: Sequence[Point], sessions: Collection[str]) -> list[Point]:
    """Return the points of some sessions, without the statements of other sessions."""
    selections = (tuple(s for s in p.statements if s.session in sessions) for p in points)
    return [Point(statements) for statements in selections if statements]


def _covered_sessions(
    seminar: Seminar, all_notes: Notes, subject: str, session: Session | None
) -> Collection[str]:
    """Return the ids of the sessions that a summary covers; the recap covers the days before it."""
    ids = {g.session.id for g in all_notes.groups} | {s.session for s in all_notes.sheets}
    if subject == CONCLUSIONS or session is None:
        return ids
    return {s.id for s in seminar.sessions if s.id in ids and s.date < session.date}


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


def _sections(
    folder: SeminarFolder, all_notes: Notes, points: Sequence[Point]
) -> list[SaidSection]:
    """Return the points by heading, those of several groups separate from those of one."""
    dates = {session.id: session.date for session in folder.seminar.sessions}
    newest = sorted(points, key=lambda point: dates[point.lead.session], reverse=True)
    titles = headings(folder.seminar, folder.forms)
    sections: list[SaidSection] = []
    for kind, title in titles.items():
        section_points = [_point(folder.seminar, all_notes, p) for p in newest if p.kind == kind]
        if section_points:
            shared = [point for point in section_points if point["shared"]]
            single = [point for point in section_points if not point["shared"]]
            sections.append({"kind": kind, "title": title, "shared": shared, "single": single})
    return sections


def _point(seminar: Seminar, all_notes: Notes, point: Point) -> SaidPoint:
    return {
        "shared": point.shared,
        "groups": len(point.groups),
        "differs": len({statement.kind for statement in point.statements}) > 1,
        "statements": [_statement(seminar, all_notes, statement) for statement in point.statements],
    }


def _statement(seminar: Seminar, all_notes: Notes, statement: Statement) -> SaidStatement:
    sheet = next(candidate for candidate in all_notes.sheets if statement in candidate.statements)
    session = next(candidate for candidate in seminar.sessions if candidate.id == statement.session)
    when = f"{session.date.day} {session.date:%B}, {session.start:%H:%M}"
    return {
        "id": statement.id,
        "kind": statement.kind,
        "text": statement.text,
        "group": f"{sheet.title.split(':')[0]}, {when}",
        "by": sheet_by(seminar, sheet),
        "references": [_reference(all_notes, reference) for reference in statement.references],
        "unknown": list(statement.unknown),
        "draft": not sheet.complete,
        "seen": sheet.seen in ("", "agreed"),
        "taken": all_notes.taken.get(statement.id, ""),
        "goes_to": next_group(seminar, statement) if statement.kind == OPEN else "",
    }


def _reference(all_notes: Notes, reference: Reference) -> ReferenceLink:
    """Return a code with its link within the pages for core participants."""
    href = {
        "country": f"countries/{reference.code}.html",
        "question": f"questions.html#{all_notes.places.get(reference.code, '')}",
        "outcome": f"#{reference.code}",
        "case": f"cases.html#{reference.code}",
        "group": f"groups.html#{reference.code}",
    }
    return {"code": reference.code, "words": reference.words, "href": href[reference.kind]}


def _group(seminar: Seminar, notes: GroupNotes) -> NotesState:
    return {
        "id": notes.group.id,
        "title": notes.group.title,
        "when": f"{day_words(notes.session.date)}, {notes.session.start:%H:%M}",
        "state": notes.state,
        "asked": noted_by(seminar, notes.group.id, notes.asked) if notes.asked else "",
        "by": [sheet_by(seminar, sheet) for sheet in notes.sheets],
        "statements": sum(len(sheet.statements) for sheet in notes.sheets),
        "seen": all(sheet.seen in ("", "agreed") for sheet in notes.sheets),
        "changes": any(sheet.seen == "changes" for sheet in notes.sheets),
        "none_differed": any(sheet.none_differed for sheet in notes.sheets),
    }


def _outcome(code: str, text: str, points: Sequence[Point]) -> Outcome:
    matches = [s for p in points for s in p.statements if code in {r.code for r in s.references}]
    groups = {statement.group for statement in matches}
    return {"id": code, "text": text, "statements": [s.id for s in matches], "groups": len(groups)}


def _public(folder: SeminarFolder, all_notes: Notes, subject: str) -> PublicSummaryDossier:
    seminar = folder.seminar
    session = _session(seminar, subject)
    is_public = subject == CONCLUSIONS or (session is not None and session.access == "public")
    covered = _covered_sessions(seminar, all_notes, subject, session) if is_public else ()
    points = _points(all_notes.public, covered)
    return {
        **_head(seminar, "public", subject, session),
        "sections": public_sections(folder, all_notes, points),
        "as_taken": choice_date(seminar, all_notes, points),
    }
