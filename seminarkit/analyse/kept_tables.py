"""The survey's protected tables, worked out once: that takes seconds, and answers change seldom."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from seminarkit.analyse.protection import protected
from seminarkit.analyse.tables import Asked, Cell, People, Table
from seminarkit.files import to_json, write_whole

_HERE = Path(__file__).parent
_MAKERS = ("protection.py", "tables.py", "worlds.py")


def kept_tables(path: Path, asked: Mapping[str, Asked], people: People) -> dict[str, Table]:
    """Return the protected table of each question, from the file ``path`` if they are in it.

    The file is the organisers' own, as it tells whether answers have changed.
    """
    basis = _basis(asked, people)
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["basis"] == basis:
            return {
                name: {(group, choice): Cell(*ends) for group, choice, *ends in cells}
                for name, cells in kept["tables"].items()
            }
    except (OSError, ValueError, KeyError, TypeError):
        pass  # none yet, or damaged: it is made again
    tables = {name: protected(each, people) for name, each in asked.items()}
    cells = {
        name: [[*place, cell.least, cell.most] for place, cell in table.items()]
        for name, table in tables.items()
    }
    write_whole(path, to_json({"basis": basis, "tables": cells}))
    return tables


def _basis(asked: Mapping[str, Asked], people: People) -> str:
    """Return a hash of all that the tables are made from, this program among it."""
    questions = [
        [name, each.choices, each.each, {p: sorted(v) for p, v in each.picked.items()}]
        for name, each in asked.items()
    ]
    groups = {name: sorted(members) for name, members in people.groups.items()}
    code = [(_HERE / maker).read_text(encoding="utf-8") for maker in _MAKERS]
    text = to_json([questions, groups, sorted(map(sorted, people.delegations)), code])
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
