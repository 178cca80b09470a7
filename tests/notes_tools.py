"""A seminar whose groups of day 2 are decided, and notes of a group as people write them."""

from __future__ import annotations

from seminarkit.core.seminar.delegation_decisions import Seated
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.topics.conclusions.notes_status import NotesStatus, all_noted

HEADINGS = (
    "What was discussed",
    "What most agreed on",
    "Where opinions differed",
    "Examples and solutions worth telling",
    "What should happen next, and who should do it",
)
TEXT = """\
d2-group-1, UA-2

What was discussed
- Frameworks come first; nobody takes a badge without one (GE, KZ-1-q2, LO4)
- Fees were named by nobody

What most agreed on
- A register is wanted [UA]

Where opinions differed
- Some want one office, others leave it to faculties (KZ)

Examples and solutions worth telling

What should happen next, and who should do it
- The ministries name a contact by March
"""
ANSWERS = {
    "raised": [
        {
            "raised_text": "Frameworks come first; nobody takes a badge without one",
            "raised_about": "GE, KZ-1-q2, LO4",
        },
        {"raised_text": "Fees were named by nobody"},
    ],
    "agreed": [{"agreed_text": "A register is wanted", "agreed_about": "UA"}],
    "disagreement": "some",
    "disagreed": [
        {
            "disagreed_text": "Some want one office, others leave it to faculties",
            "disagreed_about": "KZ",
        }
    ],
    "next": [{"next_text": "The ministries name a contact by March"}],
}


def seat(folder: SeminarFolder, rapporteur: str = "UA-2") -> SeminarFolder:
    """Decide two groups of day 2 and one of day 1, and return the folder as it is then."""
    people = ["GE-1", "KZ-1", "UA-2", "UA-3"]
    folder.decisions.add(
        [
            Seated(
                "d2-groups",
                [
                    {
                        "id": "d2-group-1",
                        "title": "Policy",
                        "chair": "colucci",
                        "rapporteur": rapporteur,
                        "confirmed": True,
                        "people": people,
                    },
                    {"id": "d2-group-2", "title": "Institutions", "people": ["GE-3"]},
                ],
                at="2020-11-20T10:00:00Z",
            ),
            Seated(
                "d1-groups-1",
                [
                    {"id": f"d1-groups-1-{case}", "title": case, "chair": "colucci"}
                    for case in ("dcu", "ghent")
                ],
                at="2020-11-20T10:00:00Z",
            ),
        ]
    )
    return SeminarFolder(folder.root)


def noted_of(folder: SeminarFolder, group: str) -> NotesStatus:
    """Return the state of one group's notes."""
    return next(each for each in all_noted(folder) if each.group == group)


def mail(text: str) -> bytes:
    """Return a mail whose own words these are."""
    head = "From: who@example.org\nSubject: Notes\nContent-Type: text/plain; charset=utf-8\n\n"
    return f"{head}{text}".encode()
