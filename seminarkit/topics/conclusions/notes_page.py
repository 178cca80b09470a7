"""The page of the groups' notes, received and missing, for organisers and core participants."""

from __future__ import annotations

from dataclasses import replace

from seminarkit.core.seminar.clock import city, moment_words
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.page_templates import Frame, render
from seminarkit.core.submissions.audience import receipts_for
from seminarkit.core.submissions.set_aside_files import waiting_sentence
from seminarkit.topics.conclusions.newer_notes import newer_sentences
from seminarkit.topics.conclusions.notes_status import SEEN, NotesStatus


def notes_page(folder: SeminarFolder, groups: list[NotesStatus], site: Frame) -> str:
    """Return the page for the core site."""
    seminar, with_receipt = folder.seminar, receipts_for(folder.forms, "core")
    groups = [
        notes if notes.form in with_receipt else replace(notes, receipt="") for notes in groups
    ]
    received = [notes for notes in groups if notes.came]
    seen_count = sum(notes.chair == SEEN for notes in received)
    return render(
        folder,
        "notes.html.j2",
        seminar=seminar,
        sessions=[
            (session.title, session_notes)
            for session in seminar.sessions
            if (session_notes := [notes for notes in groups if notes.session == session.id])
        ],
        seen=SEEN,
        waiting=[
            *waiting_sentence(folder),
            *newer_sentences(folder, {session.id for session in seminar.sessions}),
        ],
        saved={notes.group: moment_words(seminar, notes.saved_at) for notes in groups},
        clocks=f"time in {city(seminar.time_zone)}",
        lead=f"{len(received)} of {len(groups)} groups have sent their notes. Seen by the chair: "
        f"{seen_count}.",
        site=site,
    )
