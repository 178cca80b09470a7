"""Parts of archives and mails, and the limits on what is unpacked from one file."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from seminarkit.topics.intake.refusal import Refusal

MAX_FILE = 25 * 2**20
MAX_ENTRIES = 2_000
MAX_UNPACKED = 200 * 2**20
# files that operating systems and cloud clients add on their own
JUNK = frozenset(
    {".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", ".localized", ".directory"}
)
APPLE_DOUBLE = b"\0\5\x16\7"
_LOCK = re.compile(r"~\$.*|\.~lock\..*#")
_MAX_LOCK_SIZE = 1_000

Role = Literal["file", "words", "heads"]


class MailWords(NamedTuple):
    """The decoded body of a mail, with its content type, format=flowed parameters and sender."""

    text: str
    kind: str
    format: str = ""
    delsp: str = ""
    sender: str = ""


class Part(NamedTuple):
    """A part of an archive or mail: its name, and its bytes or why they could not be extracted.

    With a ``problem``, ``data`` may still be the beginning of the part. ``arrived`` is the date of
    the mail around it, if known; ``mail`` numbers the mails in one file. The role is "words" for
    the body of a mail, "heads" for its header lines. ``remark`` says which encoding was guessed.
    """

    name: str
    data: bytes | None
    problem: str = ""
    arrived: str = ""
    role: Role = "file"
    words: MailWords | None = None
    mail: int = 0
    remark: str = ""


class Allowance:
    """The remaining unpacking limit of one received file, across all nesting levels."""

    def __init__(self) -> None:
        self.entries, self.size = MAX_ENTRIES, MAX_UNPACKED

    def spend(self, size: int) -> None:
        """Count one entry of this size; raise Refusal above the limits."""
        self.entries -= 1
        self.size -= size
        if self.entries < 0:
            raise Refusal(f"It contains more than {MAX_ENTRIES:,} files; send only the forms.")
        if self.size < 0:
            raise Refusal(
                f"Unpacked, it is larger than {MAX_UNPACKED >> 20} MB, and no set of forms is that "
                "large. Send only the forms."
            )


def base_name(name: str) -> str:
    """Return the last part of a path in an archive, with either kind of slash."""
    return re.split(r"[\\/]", name)[-1]


def is_junk(name: str, data: bytes) -> bool:
    """Return whether an operating system or program added this file on its own.

    A name that begins with '._' is not enough: the file must be empty or AppleDouble.
    """
    base = base_name(name).lower()
    if base in JUNK or data.startswith(APPLE_DOUBLE):
        return True
    if base.startswith("._") and not data:
        return True
    if base == "table_of_contents" and b"\0" in data:  # from a mailbox exported by Apple Mail
        return True
    return bool(_LOCK.fullmatch(base)) and len(data) <= _MAX_LOCK_SIZE and b"{" not in data


def too_large(size: int) -> str:
    """Return the message for a file of ``size`` bytes, which is over the limit."""
    return (
        f"Its size is {size / 2**20:,.0f} MB; the limit is {MAX_FILE >> 20} MB, and a form is far "
        "smaller. Send the form's own file."
    )
