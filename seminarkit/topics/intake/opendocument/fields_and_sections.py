"""Evaluate content controls, form fields and sections of an OpenDocument text."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from seminarkit.core.forms.word_form import PLACEHOLDER, plain
from seminarkit.topics.intake.opendocument.styles import Styles
from seminarkit.topics.intake.word.text_pieces import OPEN, TICKED
from seminarkit.topics.intake.word.untrusted_xml import as_int, attribute, children

_ROWS = ("table-header-rows", "table-rows", "table-row-group")
_MOST_BLANKS = 1000


def box_sign(node: Element, words: str) -> str:
    """Return ☒ or ☐ for a check box that shows symbols of its own, else its text."""
    for name, sign in (("checked-state", TICKED), ("unchecked-state", OPEN)):
        if words.strip() and words.strip() == attribute(node, name):
            return sign
    return words


def is_placeholder(node: Element, words: str, styles: Styles) -> bool:
    """Return whether a content control shows only its placeholder."""
    if attribute(node, "showing-place-holder") != "true":
        return False
    spans = children(node, "span")
    names = {styles.name(attribute(span, "style-name"), "text") for span in spans}
    has_placeholder_style = names == {"Placeholder Text"} and not (node.text or "").strip()
    return has_placeholder_style or plain(words) == plain(PLACEHOLDER)


def field_value(node: Element) -> str:
    """Return the value of a legacy Word form field: the box sign, or the selected list entry."""
    entries = [
        (attribute(parameter, "name"), attribute(parameter, "value"))
        for parameter in children(node, "param")
    ]
    values = dict(entries)
    if attribute(node, "type").endswith("FORMCHECKBOX"):
        return TICKED if values.get("Checkbox_Checked") == "true" else OPEN
    choices = [words for name, words in entries if name == "Dropdown_ListEntry"]
    at = as_int(values.get("Dropdown_Selected", ""), len(choices))
    return choices[at] if at < len(choices) else ""


def rows_of(table: Element) -> Iterator[Element]:
    """Yield the rows of a table, including header rows and row groups."""
    for element in table:
        if element.tag == "table-row":
            yield element
        elif element.tag in _ROWS:
            yield from rows_of(element)


def is_hidden_section(node: Element) -> bool:
    """Return whether a section is hidden."""
    return attribute(node, "display") in ("none", "condition")


def blanks(node: Element) -> int:
    """Return the number of spaces an element stands for, at most 1000."""
    return min(as_int(attribute(node, "c"), 1), _MOST_BLANKS)
