"""The list of all files that the kit writes, each with its only audience."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from seminarkit.core.forms.shapes import Audience
from seminarkit.core.seminar.ignore_files import IGNORE_FILES

HAND_OVER = "organisers/hand-over.html"  # below output/


@dataclass(frozen=True)
class Output:
    """A folder or file in the seminar's folder; ``*`` in its path matches any one name."""

    path: str
    audience: Audience
    what: str

    def holds(self, path: PurePosixPath) -> bool:
        """Say whether a path in the seminar's folder belongs to this output."""
        parts = path.parts
        return len(parts) >= len(self._parts) and all(
            name in ("*", part) for name, part in zip(self._parts, parts, strict=False)
        )

    @cached_property
    def _parts(self) -> tuple[str, ...]:
        return PurePosixPath(self.path).parts


OUTPUTS = (
    Output("output/public", "public", "the pages for everybody"),
    Output("output/core", "core", "the pages for core participants"),
    Output("output/groups/*", "group", "what the people of one group wrote for each other"),
    Output("output/chairs/*", "chairs", "what one chair reads of the groups that they lead"),
    Output("output/organisers", "organisers", "all answers, rooms and duties, what to give whom"),
    Output("output/mails", "organisers", "draft mails, each for the one person it names"),
    Output("output/reports/public", "public", "executed report notebooks for everybody"),
    Output("output/reports/core", "core", "executed report notebooks for core participants"),
    Output("output/reports/group", "group", "executed briefs of groups"),
    Output(
        "output/own", "organisers", "files written by added cells in reports that are not public"
    ),
    Output("output/reports", "organisers", "records of the runs of reports"),
    Output("output/pages.json", "organisers", "the list of published pages"),
    Output("dossiers/public", "public", "the dossiers of reports for everybody"),
    Output("dossiers/core", "core", "the dossiers of reports for core participants"),
    Output("dossiers/group", "group", "the dossiers of groups' briefs"),
    Output("dossiers/schemas", "public", "the schema of each kind of dossier"),
    Output("dossiers", "organisers", "tables stored next to the dossiers"),
    Output("packs/forms", "public", "the forms themselves, without answers"),
    Output(
        "packs/*", "delegation", "the packs sent to a delegation, or to people of the programme"
    ),
    Output("packs", "organisers", "personal links"),
    Output("received", "organisers", "every received file, and the logs"),
    Output("inbox", "organisers", "what people sent"),
    Output("seminar.db", "organisers", "the index of what was received"),
    Output("output/.pages.stamp.json", "organisers", "the inputs of the last full run"),
    Output(".seminar.alike.json", "organisers", "which questions are similar, by their positions"),
    *(
        Output(name, "organisers", "the list of files that copying programs leave out")
        for name in IGNORE_FILES
    ),
)


def output_of(path: PurePosixPath) -> Output | None:
    """Return the output that a file belongs to: the first in the list that contains it."""
    for output in OUTPUTS:
        if output.holds(path):
            return output
    return None
