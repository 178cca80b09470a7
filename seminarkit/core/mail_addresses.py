"""What one e-mail address is: the only door from a text that somebody typed to a mail's header."""

from __future__ import annotations

import re

# Plain letters, and a beginning that no spreadsheet takes for a formula.
_ADDRESS = re.compile(r"\w[\w.+'-]*@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_LONGEST = 254  # characters that a mail server takes
_SEVERAL = re.compile(r"[\s,;<>\"()\[\]\\:\x00-\x1f\x7f-\x9f]|@.*@", re.DOTALL)
RULE = "Write one address, such as name@example.org, without a name, a comma or a line break"


def one_address(text: str | None) -> str:
    """Return the one address that a text is, or nothing.

    >>> one_address(" k2@example.net "), one_address("k2@example.net, k3@example.net")
    ('k2@example.net', '')
    """
    address = (text or "").strip(" ")
    return address if len(address) <= _LONGEST and _ADDRESS.fullmatch(address) else ""


def is_more_than_one(text: str) -> bool:
    """Say whether a text is more than an address that somebody has not typed to its end."""
    return _SEVERAL.search(text.strip(" ")) is not None


def is_for_address(question: str) -> bool:
    """Say whether a question, by its name, asks for an e-mail address."""
    return question == "email" or question.endswith(("_email", "-email"))
