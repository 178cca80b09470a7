"""Log to the terminal only, and remove tokens of links from every record."""

from __future__ import annotations

import logging
import re

_HIDDEN = "…"
# the rest of a URL after "link/", and any word as long as a token
_TOKEN = re.compile(r"(?<=link/)[^\s\"'<>)]+|(?<![\w-])[\w-]{32}(?![\w-])", re.ASCII)


class WithoutTokens(logging.Formatter):
    """Formats a record and its traceback without tokens."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the text of a record."""
        return without_tokens(super().format(record))


def without_tokens(text: str) -> str:
    """Return a text without the tokens of links.

    >>> without_tokens("GET /link/abc_-1 (::1)")
    'GET /link/… (::1)'
    """
    return _TOKEN.sub(_HIDDEN, text)


def log_to_terminal() -> None:
    """Send the warnings and errors of all libraries to the terminal, without tokens."""
    handler = logging.StreamHandler()
    handler.setFormatter(WithoutTokens("%(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.captureWarnings(True)
