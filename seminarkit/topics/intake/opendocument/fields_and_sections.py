"""Controls, fields, tables and sections of an OpenDocument text: what they show by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from seminarkit.core.forms.word_form import PLACEHOLDER, plain
from seminarkit.topics.intake.opendocument.styles import Styles
from seminarkit.topics.intake.word.text_pieces import OPEN, TICKED
from seminarkit.topics.intake.word.untrusted_xml import attribute, children, whole

_ROWS = ("table-header-rows", "table-rows", "table-row-group")
_MOST_BLANKS = 1000


def box_sign(node: Element, words: str) -> str:
    """Return a box as the plain signs, where its own signs for ticked and open are others."""
    for name, sign in (("checked-state", TICKED), ("unchecked-state", OPEN)):
        if words.strip() and words.strip() == attribute(node, name):
            return sign
    return words


def is_placeholder(node: Element, words: str, styles: Styles) -> bool:
    """Say whether a control still shows its placeholder, and nothing that was typed."""
    if attribute(node, "showing-place-holder") != "true":
        return False
    spans = children(node, "span")
    names = {styles.name(attribute(each, "style-name"), "text") for each in spans}
    styled = names == {"Placeholder Text"} and not (node.text or "").strip()
    return styled or plain(words) == plain(PLACEHOLDER)


def old_field(node: Element) -> str:
    """Return what a field of an older Word form shows: a box, or the choice from a list."""
    entries = [(attribute(p, "name"), attribute(p, "value")) for p in children(node, "param")]
    known = dict(entries)
    if attribute(node, "type").endswith("FORMCHECKBOX"):
        return TICKED if known.get("Checkbox_Checked") == "true" else OPEN
    choices = [words for name, words in entries if name == "Dropdown_ListEntry"]
    at = whole(known.get("Dropdown_Selected", ""), len(choices))
    return choices[at] if at < len(choices) else ""


def rows_of(table: Element) -> Iterator[Element]:
    """Yield the rows of a table, also of its head and of groups."""
    for each in table:
        if each.tag == "table-row":
            yield each
        elif each.tag in _ROWS:
            yield from rows_of(each)


def is_hidden_section(node: Element) -> bool:
    """Say whether a section is one that nobody sees."""
    return attribute(node, "display") in ("none", "condition")


def blanks(node: Element) -> int:
    """Return how many blanks an element is, within reason."""
    return min(whole(attribute(node, "c"), 1), _MOST_BLANKS)
