"""Which links lead to the same page, however they were copied. Nothing is ever fetched.

form.js has the same rule; tests/core/forms/vectors.json holds both.
"""

from __future__ import annotations

import re

_MAY_DIFFER = re.compile(
    r"^https?://(www\.)?|#.*|[?&]((utm_|fbclid=|gclid=)[^&#]*)?|/(?=[?&#]|\Z)", re.DOTALL
)


def bare_link(link: str) -> str:
    """Return a link without what may differ between links to one page: to compare, not to open.

    That is its protocol, ``www.``, capitals, a last slash, the fragment, and what newsletters and
    search engines add to follow a reader.
    """
    return _MAY_DIFFER.sub("", link.lower())
