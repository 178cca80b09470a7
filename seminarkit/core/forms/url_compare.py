"""Compare links, to see whether they lead to the same page. Nothing is fetched.

form.js has the same rule; tests/core/forms/vectors.json checks both.
"""

from __future__ import annotations

import re

_IGNORED = re.compile(
    r"^https?://(www\.)?|#.*|[?&]((utm_|fbclid=|gclid=)[^&#]*)?|/(?=[?&#]|\Z)", re.DOTALL
)


def bare_link(link: str) -> str:
    """Return a link normalised for comparison; it is not meant to be opened.

    Protocol, ``www.``, capitals, a final slash, the fragment, and the tracking parameters of
    newsletters and search engines are removed.
    """
    return _IGNORED.sub("", link.lower())
