"""What the server of forms logs, to the terminal alone: no token is in it, whatever fails."""

from __future__ import annotations

import logging
import re

_HIDDEN = "…"
# after "link/", up to where an address ends; and what is as long as a token, wherever it is
_TOKEN = re.compile(r"(?<=link/)[^\s\"'<>)]+|(?<![\w-])[\w-]{32}(?![\w-])", re.ASCII)


class WithoutTokens(logging.Formatter):
    """Formats a record, its traceback too, without what opens somebody's forms."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the words of a record."""
        return without_tokens(super().format(record))


def without_tokens(text: str) -> str:
    """Return a text without links and their tokens.

    >>> without_tokens("GET /link/abc_-1 (::1)")
    'GET /link/… (::1)'
    """
    return _TOKEN.sub(_HIDDEN, text)


def log_to_terminal() -> None:
    """Send warnings and errors of all libraries to the terminal, cleaned."""
    handler = logging.StreamHandler()
    handler.setFormatter(WithoutTokens("%(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.captureWarnings(True)
