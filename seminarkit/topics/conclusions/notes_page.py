"""The page of the groups' notes, for organisers and core participants: what came, what lacks."""

from __future__ import annotations

from dataclasses import replace

from seminarkit.core.seminar.clock import city, moment_words
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.page_templates import Frame, render
from seminarkit.core.submissions.audience import receipts_for
from seminarkit.core.submissions.set_aside_files import waiting_sentence
from seminarkit.topics.conclusions.newer_notes import newer_sentences
from seminarkit.topics.conclusions.notes_status import SEEN, Noted


def notes_page(folder: SeminarFolder, groups: list[Noted], site: Frame) -> str:
    """Return the page, for the core site only."""
    seminar, shown = folder.seminar, receipts_for(folder.forms, "core")
    groups = [each if each.form in shown else replace(each, receipt="") for each in groups]
    came = [each for each in groups if each.came]
    seen = sum(each.chair == SEEN for each in came)
    return render(
        folder,
        "notes.html.j2",
        seminar=seminar,
        sessions=[
            (session.title, held)
            for session in seminar.sessions
            if (held := [each for each in groups if each.session == session.id])
        ],
        seen=SEEN,
        waiting=[
            *waiting_sentence(folder),
            *newer_sentences(folder, {session.id for session in seminar.sessions}),
        ],
        saved={each.group: moment_words(seminar, each.saved_at) for each in groups},
        clocks=f"time in {city(seminar.time_zone)}",
        lead=f"{len(came)} of {len(groups)} groups have sent their notes. Seen by the chair: "
        f"{seen}.",
        site=site,
    )
