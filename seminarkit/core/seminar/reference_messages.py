"""Report broken references for ``seminar check``, each with file, line and remedy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from seminarkit.core.errors import did_you_mean
from seminarkit.core.forms.contracts import ContractBreach, breaches
from seminarkit.core.forms.shapes import CompiledForm, choices_of
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.read_by import leaves
from seminarkit.core.seminar.references import reference_problems
from seminarkit.core.seminar.timetable_checks import CheckFinding
from seminarkit.core.yaml.yaml_file import Loc, YamlFile


def check_references(folder: SeminarFolder) -> Iterator[CheckFinding]:
    """Yield a finding for each broken reference in seminar.yml and in the forms."""
    path = folder.root / "seminar.yml"
    yield from _findings_with_lines(
        path, reference_problems(folder.written, folder.forms, folder.cases)
    )
    for name, form in folder.forms.items():
        is_for_notes = any(task.sessions for task in folder.written.tasks if task.form == name)
        errors = [*breaches(form, notes=is_for_notes), *_unknown_profiles(folder.written, form)]
        file = folder.form_file(name)
        if errors:
            data = YamlFile(file).data
            yield from _findings_with_lines(
                file, ((_path_of_question(data, breach.name), breach.words) for breach in errors)
            )


def _findings_with_lines(path: Path, problems: Iterator[tuple[Loc, str]]) -> Iterator[CheckFinding]:
    entries = list(problems)
    if not entries:
        return  # reading a file with line numbers is slow
    file = YamlFile(path)
    for line, words in sorted({(file.line(loc), words) for loc, words in entries}):
        yield CheckFinding("error", f"{path.name} line {line}", words)


def _unknown_profiles(seminar: Seminar, form: CompiledForm) -> Iterator[ContractBreach]:
    if form["form"] != "nomination":
        return
    titles = seminar.profile_titles
    for column in leaves(form):
        if column["name"] == "nominee_profile":
            offered = [name.replace("_", " ") for name, _ in choices_of(column)]
            for profile in offered:
                if profile not in titles:
                    hint = did_you_mean(profile, titles)
                    words = f"the profile '{profile}' is not one of this seminar.{hint} "
                    words += "Other profiles are written at profiles: in seminar.yml."
                    yield ContractBreach("nominee_profile", words)
            required = seminar.delegation.must_include
            if required and required not in offered:
                words = (
                    f"each delegation must include the profile '{required}', but it is not a "
                    "choice here."
                )
                yield ContractBreach("nominee_profile", words)


def _path_of_question(data: Mapping[str, object], name: str) -> Loc:
    def find(fields: object, loc: Loc) -> Loc:
        for number, field in enumerate(fields if isinstance(fields, Sequence) else ()):
            at: Loc = (*loc, number)
            if isinstance(field, Mapping) and field.get("name") == name:
                return (*at, "name")
            if isinstance(field, Mapping) and (
                location := find(field.get("fields"), (*at, "fields"))
            ):
                return location
        return ()

    return find(data.get("fields"), ("fields",)) or ("fields",)
