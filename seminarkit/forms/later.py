"""Which of two states of a form is the later one, where somebody goes on with one of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from seminarkit.forms.versions import descends, version_id


def is_later(new: Mapping[str, Any], old: Mapping[str, Any]) -> bool:
    """Say whether a payload goes on from another, or was saved after it.

    Without windows, as before version 0.3.0, the count of changes decides.
    """
    if version_id(new) == version_id(old):
        return bool(new["rev"] > old["rev"])
    if descends(new, old) or descends(old, new):
        return descends(new, old)
    if not (new.get("window") or old.get("window")):
        return bool(new["rev"] > old["rev"])
    return str(new.get("saved_at", "")) > str(old.get("saved_at", ""))


def is_contained(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Say whether nothing is lost when one payload takes the place of another.

    So it is where the new one goes on from the old one, or has the same answers. Without windows,
    as before version 0.3.0, the count of changes decides.
    """
    if version_id(new) == version_id(old) or new["answers"] == old["answers"]:
        return True
    if new.get("window") or old.get("window"):
        return descends(new, old)
    return bool(new["rev"] > old["rev"])
