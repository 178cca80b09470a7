"""What ``seminar check`` says of references: each with its file, its line, and what to write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from seminarkit.core.errors import did_you_mean
from seminarkit.core.forms.contracts import Breach, breaches
from seminarkit.core.forms.shapes import CompiledForm, choices_of
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.read_by import leaves
from seminarkit.core.seminar.references import reference_problems
from seminarkit.core.seminar.timetable_checks import Finding
from seminarkit.core.yaml.yaml_file import Loc, YamlFile


def check_references(folder: SeminarFolder) -> Iterator[Finding]:
    """Yield a finding for each name in seminar.yml and in the forms that leads nowhere."""
    path = folder.root / "seminar.yml"
    yield from _at_lines(path, reference_problems(folder.written, folder.forms, folder.cases))
    for name, form in folder.forms.items():
        notes = any(task.sessions for task in folder.written.tasks if task.form == name)
        found = [*breaches(form, notes=notes), *_profiles(folder.written, form)]
        file = folder.form_file(name)
        if found:
            data = YamlFile(file).data
            yield from _at_lines(file, ((_place(data, each.name), each.words) for each in found))


def _at_lines(path: Path, problems: Iterator[tuple[Loc, str]]) -> Iterator[Finding]:
    """Yield problems with their lines, in the order of the file."""
    listed = list(problems)
    if not listed:
        return  # to know lines a file is read once more, and that takes long
    file = YamlFile(path)
    for line, words in sorted({(file.line(loc), words) for loc, words in listed}):
        yield Finding("error", f"{path.name} line {line}", words)


def _profiles(seminar: Seminar, form: CompiledForm) -> Iterator[Breach]:
    """Yield the profiles that a nomination offers, and that nobody in the seminar can have."""
    if form["form"] != "nomination":
        return
    known = seminar.profile_titles
    for column in leaves(form):
        if column["name"] == "nominee_profile":
            offered = [name.replace("_", " ") for name, _ in choices_of(column)]
            for profile in offered:
                if profile not in known:
                    hint = did_you_mean(profile, known)
                    words = f"the profile '{profile}' is not one of this seminar.{hint} "
                    words += "Other profiles are written at profiles: in seminar.yml."
                    yield Breach("nominee_profile", words)
            must = seminar.delegation.must_include
            if must and must not in offered:
                words = f"each delegation must include the profile '{must}', and no choice is it."
                yield Breach("nominee_profile", words)


def _place(data: Mapping[str, object], name: str) -> Loc:
    """Return where a form's file asks a question; the file's beginning for one it does not ask."""

    def find(fields: object, loc: Loc) -> Loc:
        for number, field in enumerate(fields if isinstance(fields, Sequence) else ()):
            at: Loc = (*loc, number)
            if isinstance(field, Mapping) and field.get("name") == name:
                return (*at, "name")
            if isinstance(field, Mapping) and (
                inside := find(field.get("fields"), (*at, "fields"))
            ):
                return inside
        return ()

    return find(data.get("fields"), ("fields",)) or ("fields",)
