"""The pages of questions: all of them for core participants, the audience's for the public."""

from __future__ import annotations

import json

from seminarkit.core.errors import SeminarError
from seminarkit.core.forms.shapes import Audience
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.page_templates import Frame, render
from seminarkit.topics.questions.dossier import MatterEntry, QuestionsDossier

HERE = "questions.html"
_MARKS = {"chosen": "complete", "parked": "draft", "answered": "complete"}


def questions_page(folder: SeminarFolder, audience: Audience, site: Frame) -> str:
    """Return the page of questions of one site, from its dossier alone.

    Raises SeminarError where the dossiers were made by a kit that had none of them.
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
        place={q["id"]: lead for lead, each in matters.items() for q in each["questions"]},
        every={q["id"]: q for each in matters.values() for q in each["questions"]},
        titles={each["id"]: each["title"] for each in (*data["sessions"], *data["cases"])},
        themes={theme["id"]: theme["title"] for theme in data["themes"]},
        styles=_MARKS,
        lead=_lead(list(matters.values())),
        site=site,
    )


def _lead(matters: list[MatterEntry]) -> str:
    questions = [question for each in matters for question in each["questions"]]
    ahead = [question for question in questions if question["country"]]
    countries = len({question["country"] for question in ahead})
    words = f"{len(ahead)} questions were posted ahead, by {countries} countries"
    words += f"; {len(questions) - len(ahead)} were asked in the chats. "
    marks = [each["mark"] for each in matters]
    counts = [f"{marks.count(mark)} {mark}" for mark in ("chosen", "parked", "answered")]
    return f"{words}{', '.join(counts)}."
