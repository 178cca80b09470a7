"""Data that crosses a module has a type: what may hold anything says why."""

from __future__ import annotations

import re

from seminarkit.core.package_folder import KIT

ANYTHING = re.compile(r"\b(?:dict|Mapping)\[str, Any\]")
MOST = 40


def test_what_may_hold_anything_is_rare_and_has_a_reason() -> None:
    """O18: at most 40 in the package, each with a comment on its line or above it."""
    places, bare = 0, []
    for path in sorted((KIT / "seminarkit").rglob("*.py")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            places += len(ANYTHING.findall(line))
            above = lines[number - 1].strip() if number else ""
            if ANYTHING.search(line) and "  # " not in line and not above.startswith("#"):
                bare.append(f"{path.relative_to(KIT)}:{number + 1}")
    assert bare == []
    assert 0 < places <= MOST
