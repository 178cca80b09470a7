"""The pages of questions, for core participants and for the public."""

from __future__ import annotations

import json

from seminarkit.core.errors import SeminarError
from seminarkit.core.forms.shapes import Audience
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.page_templates import Frame, render
from seminarkit.topics.questions.dossier import MatterEntry, QuestionsDossier

_MARKS = {"chosen": "complete", "parked": "draft", "answered": "complete"}


def questions_page(folder: SeminarFolder, audience: Audience, site: Frame) -> str:
    """Return the page of questions of one site, from its dossier alone.

    Raises SeminarError if there is no dossier yet.
    """
    path = folder.dossiers / audience / "questions.json"
    if not path.is_file():
        raise SeminarError("There is no dossier of the questions yet. Make it: seminar report")
    data: QuestionsDossier = json.loads(path.read_text(encoding="utf-8"))
    if audience == "public":
        return render(folder, "asked.html.j2", data=data, site=site)
    matters = data["matters"]
    return render(
        folder,
        "questions.html.j2",
        data=data,
        matters=matters,
        place={q["id"]: lead for lead, matter in matters.items() for q in matter["questions"]},
        every={q["id"]: q for matter in matters.values() for q in matter["questions"]},
        titles={entry["id"]: entry["title"] for entry in (*data["sessions"], *data["cases"])},
        themes={theme["id"]: theme["title"] for theme in data["themes"]},
        styles=_MARKS,
        lead=_lead(list(matters.values())),
        site=site,
    )


def _lead(matters: list[MatterEntry]) -> str:
    questions = [question for matter in matters for question in matter["questions"]]
    posted_ahead = [question for question in questions if question["country"]]
    countries = len({question["country"] for question in posted_ahead})
    words = f"{len(posted_ahead)} questions were posted ahead, by {countries} countries"
    words += f"; {len(questions) - len(posted_ahead)} were asked in the chats. "
    marks = [matter["mark"] for matter in matters]
    counts = [f"{marks.count(mark)} {mark}" for mark in ("chosen", "parked", "answered")]
    return f"{words}{', '.join(counts)}."
