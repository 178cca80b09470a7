"""Is a file read that came as the address of itself, and no text taken for one?"""

from __future__ import annotations

import base64
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from make_inbox import archive, with_answers
from shared import only

from seminarkit.topics.intake.file_types import kind_of
from seminarkit.topics.intake.reader import read_bytes

GOOD = with_answers()


@pytest.mark.parametrize(
    "head",
    ["data:application/json;base64,", '"data:application/x-ipynb+json;charset=utf-8;base64,', "\n DATA:text/plain;name=q.ipynb;BASE64,"],
)  # fmt: skip
@pytest.mark.parametrize("file", [GOOD, archive(("q.ipynb", GOOD))])
def test_a_file_in_base_64_is_read(head: str, file: bytes, expected: Any) -> None:
    """P09"""
    tail = b'"' if head.startswith('"') else b"\n"
    data = head.encode() + base64.b64encode(file) + tail
    assert only(read_bytes(data, expected)).reading


def test_a_file_in_percents_is_read(expected: Any) -> None:
    """P09"""
    data = b"data:application/json," + quote_from_bytes(GOOD).encode()
    assert only(read_bytes(data, expected)).reading


@pytest.mark.parametrize("text", [b"data: we have none, sorry", b"data:text", b"Data, and more: 1"])
def test_a_text_that_begins_with_the_word_is_a_text(text: bytes) -> None:
    assert kind_of(text).name == "a text"


def test_what_holds_itself_ends(expected: Any) -> None:
    data = GOOD
    for _ in range(9):
        data = b"data:a/b;base64," + base64.b64encode(data)
    assert (
        "too many archives or mails inside each other" in only(read_bytes(data, expected)).problem
    )
