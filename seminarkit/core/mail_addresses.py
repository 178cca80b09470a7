"""Validate e-mail addresses before they are written to mail headers."""

from __future__ import annotations

import re

# ASCII only, and a first character that does not begin a formula in a spreadsheet.
_ADDRESS = re.compile(r"\w[\w.+'-]*@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_MAX_LENGTH = 254  # characters that mail servers accept
_SEVERAL = re.compile(r"[\s,;<>\"()\[\]\\:\x00-\x1f\x7f-\x9f]|@.*@", re.DOTALL)
RULE = "Write one address, such as name@example.org, without a name, a comma or a line break"


def one_address(text: str | None) -> str:
    """Return the text if it is exactly one e-mail address, else an empty text.

    >>> one_address(" k2@example.net "), one_address("k2@example.net, k3@example.net")
    ('k2@example.net', '')
    """
    address = (text or "").strip(" ")
    return address if len(address) <= _MAX_LENGTH and _ADDRESS.fullmatch(address) else ""


def is_more_than_one(text: str) -> bool:
    """True if a text contains more than one address, even if the second is incomplete."""
    return _SEVERAL.search(text.strip(" ")) is not None


def is_for_address(question: str) -> bool:
    """True if the name of a question shows that it asks for an e-mail address."""
    return question == "email" or question.endswith(("_email", "-email"))
