"""Find the folder of one person's pack, in the seminar or in any other folder."""

from __future__ import annotations

from pathlib import Path

from seminarkit.core.errors import SeminarError, UsageError, did_you_mean
from seminarkit.core.seminar.assignments import assignments
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.former_participants import unknown_words
from seminarkit.lab.task_list import entries_in


def pack_in_seminar(folder: SeminarFolder, person: str) -> Path:
    """Return a person's folder in ``packs/``; raises an error with the next step if none."""
    for place in sorted(folder.packs.glob("*/*/")):
        if place.name.casefold() == person.casefold() and entries_in(place):
            return place
    countries = {task.author.id: task.author.country for task in assignments(folder.seminar)}
    names = {name.casefold(): name for name in countries}
    if person.casefold() not in names:
        raise UsageError(unknown_words(folder.seminar, person, countries))
    name = names[person.casefold()]
    country = f" --country {countries[name]}" if countries[name] else ""
    raise SeminarError(f"There is no pack for {name} yet. Make it: seminar prepare{country}")


def pack_in_folder(place: Path, person: str | None) -> Path:
    """Return the folder with a person's notebooks: ``place``, or a folder in it.

    ``person`` may be None if the pack is for one person. Raises UsageError if there is none.
    """
    if not place.is_dir():
        raise UsageError(f"There is no folder {place}.")
    people: dict[str, Path] = {}
    below = (path for path in sorted(place.glob("*/")) if not path.name.startswith("."))
    for folder in (place, *below):
        for entry in entries_in(folder):
            people.setdefault(entry.person, folder)
    if not people:
        raise UsageError(
            f"There is no notebook with a form in {place}. Name the folder that the pack was "
            "unpacked into: seminar open --pack FOLDER"
        )
    if person is None:
        if len(set(people.values())) == 1:
            return next(iter(people.values()))
        raise UsageError(
            f"Name the person: {place} contains the forms of {', '.join(sorted(people))}."
        )
    for name, folder in people.items():
        if name.casefold() == person.casefold():
            return folder
    raise UsageError(
        f"There are no forms of '{person}' in {place}.{did_you_mean(person.upper(), people)}"
    )
