"""Does every cell of a report show pieces, so that each format shows the same?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from seminarkit.core.documents.html import html
from seminarkit.core.documents.piece_json import read_piece
from seminarkit.core.documents.pieces import MIME, Fold, Group, Piece, Table
from seminarkit.core.seminar.folder import SeminarFolder

COMMAND = re.compile(r"\bseminar (?:statement|question|groups|collect|conclude|ask|notes) ")


def cells(folder: SeminarFolder) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the outputs of every cell of the reports that were run."""
    for book in sorted((folder.root / "output" / "reports").glob("*/*.ipynb")):
        for cell in json.loads(book.read_text("utf-8"))["cells"]:
            for output in cell.get("outputs", []):
                yield f"{book.parent.name}/{book.stem}, {cell['id']}", output


def tables(piece: Piece) -> Iterator[Table]:
    if isinstance(piece, Table):
        yield piece
    if isinstance(piece, Group | Fold):
        for part in piece.pieces:
            yield from tables(part)


def test_every_cell_of_a_report_gives_pieces_that_are_what_is_seen(demo: SeminarFolder) -> None:
    """X02 X08: the page, the text and the data are of one piece; an empty cell shows nothing."""
    seen = set()
    for place, output in cells(demo):
        data = output["data"]
        assert set(data) == {MIME, "text/html", "text/plain"}, place
        piece = read_piece(data[MIME], place)
        assert "".join(data["text/html"]) == html(piece), place
        assert "".join(data["text/plain"]) == str(piece), place
        assert not re.search(r"</?[a-z]+[ >]|Span\(|&amp;", "".join(data["text/plain"])), place
        seen.add(place.partition(", ")[2])
        for table in tables(piece):
            assert re.fullmatch(r"\w+", table.name) and table.caption, place
            names = [column.name for column in table.columns]
            assert all(re.fullmatch(r"\w+", name) for name in names), place
            assert len(set(names)) == len(names), place
    assert {
        "title",
        "report",
        "facts",
        "tasks",
        "words",
        "matrix",
        "numbers",
        "points",
        "running",
    } <= seen


def test_commands_are_on_organisers_pages_alone(demo: SeminarFolder) -> None:
    """H02 O25: what others read says what is the matter, not what to type into a terminal."""
    for audience in ("core", "public"):
        pages = demo.site(audience).rglob("*.html")
        for page in sorted(page for page in pages if page.parent.name != "guides"):
            found = COMMAND.search(page.read_text("utf-8"))
            assert not found, f"{page.relative_to(demo.root)}: {found}"
