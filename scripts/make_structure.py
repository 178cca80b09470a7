"""Writes the picture of the package and the tables of its folders into CONTRIBUTING.md.

Arrows come from the import contracts in pyproject.toml, descriptions from the first line of each
folder's ``__init__.py``. ``make test`` fails while CONTRIBUTING.md says something else.

Example:
  python scripts/make_structure.py
"""

from __future__ import annotations

import argparse
import ast
import itertools
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "seminarkit"
PAGE = ROOT / "CONTRIBUTING.md"
BEGIN = {  # the file of a topic that explains most of it
    "briefs": "facts.py",
    "cases": "facts.py",
    "conclusions": "statements.py",
    "copies": "merge_copies.py",
    "countries": "facts.py",
    "days": "sheets.py",
    "groups": "planning.py",
    "intake": "collect.py",
    "packs": "write_packs.py",
    "progress": "status_board.py",
    "questions": "discussion.py",
    "survey": "facts.py",
}


def contracts() -> list[dict[str, list[str]]]:
    """Return the import contracts of pyproject.toml."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return settings["tool"]["importlinter"]["contracts"]


def bands() -> list[list[str]]:
    """Return the top-level packages from top to bottom, those of one level together."""
    layers = next(c["layers"] for c in contracts() if "containers" not in c and "layers" in c)
    return [re.findall(r"seminarkit\.(\w+)", layer) for layer in layers]


def topic_imports() -> list[tuple[str, str]]:
    """Return which topic may import which other one, as (importer, imported)."""
    lines = next(c["ignore_imports"] for c in contracts() if c["type"] == "independence")
    pairs = (re.findall(r"topics\.(\w+)", line) for line in lines)
    return sorted((importer, imported) for importer, imported in pairs)


def topics() -> list[str]:
    """Return the names of all topics."""
    return sorted(path.parent.name for path in (PACKAGE / "topics").glob("*/__init__.py"))


def picture() -> str:
    """Return the bands and the topics as a Mermaid flowchart."""
    lines = ["flowchart TB"]
    for number, names in enumerate(bands()):
        if names == ["topics"]:
            lines.append("  subgraph topics")
            lines += [f"    {importer} --> {imported}" for importer, imported in topic_imports()]
            drawn = {name for pair in topic_imports() for name in pair}
            lines += [f"    {name}" for name in topics() if name not in drawn]
            lines.append("  end")
        else:
            lines.append(f'  band{number}["{" · ".join(names)}"]')
    levels = ["topics" if names == ["topics"] else f"band{n}" for n, names in enumerate(bands())]
    lines += [f"  {above} --> {below}" for above, below in itertools.pairwise(levels)]
    return "\n".join(lines)


def purpose(folder: Path) -> str:
    """Return the first line of a folder's docstring."""
    docstring = ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8"))) or ""
    return docstring.split("\n")[0].replace("``", "`")


def band_table() -> str:
    """Return one row per folder of the package, the parts of core included."""
    names = [name for level in bands() for name in level]
    parts = sorted(f"core/{path.parent.name}" for path in (PACKAGE / "core").glob("*/__init__.py"))
    rows = [f"| `{name}/` | {purpose(PACKAGE / name)} |" for name in (*names, *parts)]
    return "\n".join(["| folder | what is in it |", "|---|---|", *rows])


def topic_table() -> str:
    """Return one row per topic."""
    rows = [
        f"| `{name}` | {purpose(PACKAGE / 'topics' / name)} | `topics/{name}/{BEGIN[name]}` |"
        for name in topics()
    ]
    return "\n".join(["| topic | what is in it | begin reading at |", "|---|---|---|", *rows])


def filled(page: str) -> str:
    """Return a page with the text between each pair of markers made anew."""
    made = {
        "picture": f"```mermaid\n{picture()}\n```",
        "folders": band_table(),
        "topics": topic_table(),
    }
    for name, text in made.items():
        marked = re.compile(rf"(<!-- {name} -->\n).*?(\n<!-- end -->)", re.DOTALL)
        page = marked.sub(lambda m, text=text: f"{m[1]}{text}{m[2]}", page)
    return page


if __name__ == "__main__":
    raw = argparse.RawDescriptionHelpFormatter
    argparse.ArgumentParser(description=__doc__, formatter_class=raw).parse_args()
    PAGE.write_text(filled(PAGE.read_text("utf-8")), "utf-8")
