"""Recognise mails whose attachment is missing: a cloud link or a removal notice in its place.

Sending the same mail again would lose the attachment again, so each message suggests another way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_SCRUBBED = re.compile(r"attachment was scrubbed", re.I)
# in the languages of mail servers in the countries; a word for the file and a word for its removal
_FILE = r"(?:attachments?|attached files?|pi[eè]ces? jointes?|anh[aä]nge?|allegat[oi]|вложени[еяй])"
_GONE = (
    r"(?:removed|deleted|blocked|quarantined|stripped|supprim[eé]e?s?|entfernt|gel[oö]scht|blockiert|"
    r"удален[оаы]|заблокирован[оаы]|rimoss[oi])"
)
_SAME_SENTENCE = r"(?:(?![.!?]\s).){0,120}"  # a full stop in a file name does not end the sentence
_TAKEN = re.compile(
    rf"\b{_FILE}\b{_SAME_SENTENCE}\b{_GONE}\b|\b{_GONE}\b{_SAME_SENTENCE}\b{_FILE}\b|"
    rf"\b{_FILE}\b{_SAME_SENTENCE}[.!?] (?:all|the) {_FILE} (?:have|has) been {_GONE}\b",
    re.I,
)
# a notice is short; a long text may use the same words for something else
_LONGEST = 1_500
_CLOUDS = {
    "OneDrive": r"1drv\.ms|onedrive\.live\.com",
    "SharePoint": r"[\w-]+\.sharepoint\.com",
    "Google Drive": r"(?:drive|docs)\.google\.com",
    "Dropbox": r"(?:www\.)?dropbox\.com",
    "iCloud": r"(?:www\.)?icloud\.com|cvws\.icloud-content\.com",
    "WeTransfer": r"(?:www\.)?wetransfer\.com|we\.tl",
    "Yandex Disk": r"disk\.yandex\.\w+|yadi\.sk|disk\.360\.yandex\.\w+",
    "Mail.ru": r"cloud\.mail\.ru",
    "Box": r"(?:\w+\.)?app\.box\.com|(?:www\.)?box\.com",
    "MEGA": r"mega\.nz",
    "pCloud": r"(?:\w+\.)?pcloud\.(?:com|link)",
    "Proton Drive": r"drive\.proton\.me",
    "a cloud": r"[\w.-]+/(?:index\.php/)?s/[A-Za-z0-9]{15}\b",
}
_ADDRESS = re.compile(r"https?://(?:[^\s/@<>\"']*@)?([^\s<>\"']{1,300})", re.I)


def notices_in(texts: Iterable[str]) -> str:
    """Return the message for the first text with a notice or a cloud link, or ''."""
    return next(filter(None, map(notice_in, texts)), "")


def notice_in(text: str) -> str:
    """Return a message about the notice or cloud link in a text, or '' if there is neither."""
    if _SCRUBBED.search(text):
        return (
            "A mailing list removed the attachment from this mail. Ask for the form attached to a "
            "mail that is sent to you directly, not through the list."
        )
    words = " ".join(text.split())
    if len(words) <= _LONGEST and _TAKEN.search(words):
        return (
            "A mail server removed the attachment and left a notice in its place. Ask for the "
            "form in a zip archive or in another way, or for its answers, with 'Copy my answers' "
            "on its page."
        )
    if cloud := _cloud(text):
        return (
            f"No form is attached to this mail; there is a link to {cloud}. Download the file "
            "from there, and put it in the inbox."
        )
    return ""


def _cloud(text: str) -> str:
    """Return the name of the cloud service a text links to, or ''."""
    addresses = [match[1] for match in _ADDRESS.finditer(text)]
    for name, hosts in _CLOUDS.items():
        if any(re.match(rf"(?:{hosts})(?:[/?:]|$)", address, re.I) for address in addresses):
            return name
    return ""
