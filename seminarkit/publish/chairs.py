"""A chair's own sheet: what the group answered before the seminar. For the chair and organisers."""

from __future__ import annotations

from typing import Any

from seminarkit.publish.rooms import sheet_frame
from seminarkit.publish.site import render
from seminarkit.seminar.clock import session_words
from seminarkit.seminar.folder import SeminarFolder
from seminarkit.seminar.sessions import DiscussionGroup, Session


def chair_page(
    folder: SeminarFolder, session: Session, group: DiscussionGroup, answers: dict[str, Any]
) -> str:
    """Return the sheet of one group; ``answers`` are its slice of the survey, for its chair."""
    seminar = folder.seminar
    return render(
        folder,
        "chair.html.j2",
        seminar=seminar,
        group=group,
        when=session_words(seminar, session, ""),
        chair=seminar.people[group.chair].name if group.chair else "",
        answers=answers,
        site=sheet_frame(seminar, "../"),
    )
