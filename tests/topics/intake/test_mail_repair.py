"""Is a mail mended where what was meant is certain, and left alone everywhere else?"""

from __future__ import annotations

import base64
from email import message_from_bytes
from email.policy import default as modern

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seminarkit.topics.intake.containers import Allowance
from seminarkit.topics.intake.mail.parts import mail_parts
from seminarkit.topics.intake.mail.repair import content_of, from_base_64, repaired_mail

DATA = '{"cells": ["რატომ?", "é"]}\n'.encode()
MAIL = (
    b"From: a@example.org\r\nSubject: Ours\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n\r\nHello\r\n--x--\r\n'
)


@given(st.lists(st.binary(max_size=40), max_size=6), st.integers(1, 60), st.booleans())
def test_base_64_comes_back_in_any_number_of_pieces(
    pieces: list[bytes], width: int, padded: bool
) -> None:
    """P09: whatever the lengths and the line breaks; the last padding may lack."""
    coded = b"\r\n".join(base64.b64encode(each) for each in pieces)
    coded = coded if padded else coded.rstrip(b"=")
    # where a piece needs no padding nothing shows its end, and nothing has to
    broken = b"\r\n ".join(coded[at : at + width] for at in range(0, len(coded), width))
    assert from_base_64(broken) == b"".join(pieces)


@given(st.binary(max_size=300))
def test_no_bytes_are_too_odd(data: bytes) -> None:
    from_base_64(data)
    repaired_mail(data)


@pytest.mark.parametrize(
    "way", ["base64", "BASE64  ", '"base64"', "base64;", "Base64\r\n ", " base64 "]
)
def test_an_encoding_named_with_a_slip_is_that_encoding(way: str) -> None:
    """P09"""
    mail = b"Content-Transfer-Encoding:" + way.encode() + b"\r\n\r\n" + base64.encodebytes(DATA)
    assert content_of(message_from_bytes(mail, policy=modern)) == DATA


@pytest.mark.parametrize("way", ["8bit", "8bits", '8bit"', "utf-8", "binary", "none", ""])
def test_what_is_not_encoded_comes_as_it_is(way: str) -> None:
    """P09"""
    mail = b"Content-Transfer-Encoding: " + way.encode() + b"\r\n\r\n" + DATA
    assert content_of(message_from_bytes(mail, policy=modern)) == DATA


@pytest.mark.parametrize("gap", [b"\r\n", b"\r\n\r\n", b"  \r\n", b"\n\t\n"])
def test_headers_that_empty_lines_part_are_joined(gap: bytes) -> None:
    """P09"""
    for before in (b"MIME-Version", b"Content-Type"):
        broken = MAIL.replace(before, gap + before, 1)
        assert message_from_bytes(repaired_mail(broken), policy=modern).is_multipart(), before


@pytest.mark.parametrize(
    "text",
    [
        b"From: a@example.org\r\n\r\nDear all,\r\nContent-Type: multipart/mixed is wrong.\r\n",
        b"From: a@example.org\r\n\r\nGroup: d2-group-1\r\nNotes: none\r\n\r\nText\r\n",
        MAIL.replace(b"Hello", b"\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n--y"),
        b"From: a@example.org\r\n\r\nOne\r\rTwo\r\n",
        MAIL,
    ],
)
def test_everything_else_is_left_as_it_is(text: bytes) -> None:
    assert repaired_mail(text) == text


def test_doubled_carriage_returns_are_one_line_end() -> None:
    """P09"""
    assert repaired_mail(MAIL.replace(b"\r\n", b"\r\r\n")) == MAIL


@pytest.mark.parametrize(
    ("heads", "moment"),
    [
        ("Received: from a; Fri, 27 Nov 2020 10:00:00 +0100\nDate: Thu, 26 Nov 2020 17:00:00 +0100", "2020-11-27T09:00:00Z"),
        ("Date: Thu, 26 Nov 2020 17:00:00 +0100", "2020-11-26T16:00:00Z"),
        ("Received: by hand\nDate: Thu, 26 Nov 2020 17:00:00 +0100", "2020-11-26T16:00:00Z"),
        ("Date: yesterday", ""),
        ("Subject: none", ""),
    ],
)  # fmt: skip
def test_a_mail_counts_as_of_its_arrival_else_of_its_date(heads: str, moment: str) -> None:
    """G09 P02: so that an older mail, saved by its sender, takes the place of no newer notes."""
    data = f"From: a@example.org\nTo: b@example.org\n{heads}\n\nWords\n".encode()
    assert {part.arrived for part in mail_parts(data, Allowance())} == {moment}
