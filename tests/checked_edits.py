"""One-line edits of seminar.yml, of forms and of notebooks, as a tired person makes them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

from checked_tools import Edit

_PAIR = re.compile(
    r"""(?P<key>[A-Za-z_0-9-]+): (?P<value>"[^"]*"|'[^']*'|\[[^\]]*\]|\{[^{}]*\}|[^,{}\[\]"']+)"""
)
_JSON = re.compile(r'^(?P<indent>\s*)"(?P<key>[^"]+)": (?P<value>.+?)(?P<comma>,?)$')
_STRING = re.compile(r'^(?P<indent>\s*)"(?P<value>.*)"(?P<comma>,?)$')
_NAME = re.compile(r"""\\"(?P<name>[a-z_0-9]+)\\\"""")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WRONG = ("", "wrogn", "7", "[]", "[one, two]", "true", "-1", "null", "{a: b}", "2020-11-27", "'…'")
_IN_JSON = ('""', '"wrogn"', "7", "[]", "null", '{"a": 1}')


def yaml_edits(root: Path, file: str) -> Iterator[Edit]:
    """Yield edits of a YAML file: each line without it or doubled, each value written otherwise."""
    lines = (root / file).read_text("utf-8").split("\n")
    pairs = [(n, m) for n, line in enumerate(lines, 1) for m in _PAIR.finditer(line)]
    others: dict[str, set[str]] = defaultdict(set)
    for _, match in pairs:
        others[match["key"]].add(match["value"].strip())
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield Edit(file, number, None, "line dropped")
            yield Edit(file, number, f"{line}\n{line}", "line doubled")
    for number, match in pairs:
        line = lines[number - 1]
        key, value = match["key"], match["value"].strip()
        if not line.lstrip().startswith("#"):
            for new in (*_values(value), *sorted(others[key] - {value})):
                written = f"{line[: match.start('value')]}{new}{line[match.end('value') :]}"
                yield Edit(file, number, written, f"{key} changed")
            if "{" in line[: match.start()]:
                rest = line[match.end() :].removeprefix(", ")
                yield Edit(file, number, line[: match.start()] + rest, f"{key} dropped")


def _values(value: str) -> Iterator[str]:
    yield from _WRONG
    if found := _DAY.search(value):
        for days in (-400, -30, -1, 1, 30, 400):
            moved = date.fromisoformat(found[0]) + timedelta(days=days)
            yield value.replace(found[0], moved.isoformat())
    word = value.strip("\"'")
    if len(word) > 3:
        yield word[:-2] + word[-1] + word[-2]  # two letters exchanged


def notebook_edits(root: Path, file: str) -> Iterator[Edit]:
    """Yield edits of a notebook's file: lines without it, metadata changed, names misspelt."""
    for number, line in enumerate((root / file).read_text("utf-8").split("\n"), 1):
        if match := _JSON.match(line):
            yield Edit(file, number, None, "line dropped")
            for new in _IN_JSON:
                written = f'{match["indent"]}"{match["key"]}": {new}{match["comma"]}'
                if match["value"] not in ("[", "{"):
                    yield Edit(file, number, written, f"{match['key']} changed")
            key = f'{match["indent"]}"{match["key"]}x": {match["value"]}{match["comma"]}'
            yield Edit(file, number, key, "key misspelt")
        elif match := _STRING.match(line):
            for new in ("wrogn", ""):
                written = f'{match["indent"]}"{new}"{match["comma"]}'
                yield Edit(file, number, written, "text changed")
        for found in _NAME.finditer(line):
            name = found["name"]
            wrong = name[:-2] + name[-1] + name[-2] if len(name) > 2 else name + "x"
            written = line[: found.start("name")] + wrong + line[found.end("name") :]
            yield Edit(file, number, written, "name misspelt")


def all_edits(root: Path) -> list[Edit]:
    """Return every edit of the seminar's files."""
    found = [*yaml_edits(root, "seminar.yml")]
    for path in sorted((root / "templates" / "forms").glob("*.yml")):
        found += yaml_edits(root, path.relative_to(root).as_posix())
    for path in sorted((root / "notebooks").rglob("*.ipynb")):
        found += notebook_edits(root, path.relative_to(root).as_posix())
    return found


def drawn(edits: Sequence[Edit], number: int, seed: int) -> list[Edit]:
    """Draw some: half of seminar.yml, the rest of forms and notebooks in equal parts."""
    rooms: dict[str, list[Edit]] = defaultdict(list)
    for edit in edits:
        rooms[edit.file.partition("/")[0]].append(edit)
    draw = Random(seed)
    chosen: list[Edit] = []
    for room, share in (("seminar.yml", 2), ("templates", 1), ("notebooks", 1)):
        chosen += draw.sample(rooms[room], min(len(rooms[room]), number * share // 4))
    draw.shuffle(chosen)
    return chosen
