"""Explain why a text that is nearly notes or a reply was not read."""

from __future__ import annotations

import re
from collections.abc import Iterable

from seminarkit.core.shown_names import shown_name
from seminarkit.topics.intake.chair_replies import receipts_in
from seminarkit.topics.intake.mail.attachment_notices import notices_in
from seminarkit.topics.intake.note_headings import headings_in
from seminarkit.topics.intake.payload import Expected

_TOKEN = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+")
_FIRST_LINES = 3
_MAX_LINES = 400


def why_unread(texts: Iterable[str], expected: Expected) -> str:
    """Return a message on the first text that is nearly notes or a reply, or ''.

    If there is none, report notices that an attachment was removed or is stored elsewhere.
    """
    texts = list(texts)
    for text in texts:
        lines = [line.strip() for line in text.splitlines()[:_MAX_LINES] if line.strip()]
        tokens = [code for line in lines[:_FIRST_LINES] for code in _TOKEN.findall(line)]
        labels = headings_in(lines, expected)
        if group := next(
            (code for code in tokens if code.lower() in _similar_groups(code, expected)), ""
        ):
            return (
                f"It names the group {group.lower()}, but has {_label_count(labels)} of the "
                "headings of notes. Write the points below the headings of the form, and send it "
                "again."
            )
        if unknown := next((code for code in tokens if _similar_groups(code, expected)), ""):
            similar = _similar_groups(unknown, expected)
            return (
                f"There is no group {shown_name(unknown.lower())}. There "
                f"{'is' if len(similar) == 1 else 'are'} {', '.join(similar)}. Write the group in "
                "its first line, the points below the headings of the form, and send it again."
            )
        if labels and expected.groups:
            example = min(expected.groups)
            return (
                f"It has only one heading of notes, “{labels[0]}”. Write the group (such as "
                f"{example}) in its first line, and all headings of the form, and send it again."
            )
        if receipts := receipts_in(text):
            return (
                f"It names the receipt {receipts[0]}, but no line has only OK or Changes and this "
                f"receipt. Ask for a line such as: OK {receipts[0]}"
            )
    return notices_in(texts)


def _label_count(labels: list[str]) -> str:
    return f"only one (“{labels[0]}”)" if labels else "none"


def _similar_groups(code: str, expected: Expected) -> list[str]:
    """Return the groups whose code differs from this one only after the last hyphen.

    This includes groups without a rapporteur.
    """
    prefix = code.lower().rpartition("-")[0]
    if prefix not in {group.rpartition("-")[0] for group in expected.groups}:
        return []
    codes = {group.lower() for group in expected.codes} | set(expected.groups)
    return sorted(group for group in codes if group.rpartition("-")[0] == prefix)
