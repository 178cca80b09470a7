"""What is inside of files that hold others: each part of one, and a bound on all that is opened."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from seminarkit.topics.intake.refusal import Refusal

MAX_FILE = 25 * 2**20
MAX_ENTRIES = 2_000
MAX_UNPACKED = 200 * 2**20
# What systems and cloud programs add by themselves, and nobody sent.
JUNK = frozenset(
    {".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", ".localized", ".directory"}
)
APPLE_DOUBLE = b"\0\5\x16\7"
_LOCK = re.compile(r"~\$.*|\.~lock\..*#")
_LARGEST_LOCK = 1_000

Role = Literal["file", "words", "heads"]


class MailWords(NamedTuple):
    """Words of a mail itself, decoded: the kind of text, how its lines were broken, its 'From'."""

    text: str
    kind: str
    format: str = ""
    delsp: str = ""
    sender: str = ""


class Part(NamedTuple):
    """A file inside another: its name there, and its bytes or the sentence why they are not had.

    Where there is a ``problem``, ``data`` may still be the beginning. ``arrived`` is when the mail
    that holds it came, where that is known; ``mail`` counts the mails of one file. ``words`` are
    those of a mail that are no file; ``heads`` the lines of its header. A ``remark`` says how they
    were decoded, where that was guessed.
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
    """How much may still be unpacked from one received file, all nesting together."""

    def __init__(self) -> None:
        self.entries, self.size = MAX_ENTRIES, MAX_UNPACKED

    def spend(self, size: int) -> None:
        """Count one entry; raises Refusal when the file holds more than a delegation would send."""
        self.entries -= 1
        self.size -= size
        if self.entries < 0:
            raise Refusal(f"It holds more than {MAX_ENTRIES:,} files; send the forms alone.")
        if self.size < 0:
            raise Refusal(
                f"Unpacked it is larger than {MAX_UNPACKED >> 20} MB, which no set of forms is. "
                "Send the forms alone."
            )


def base_name(name: str) -> str:
    """Return the last part of a path in an archive, whichever slash its maker wrote."""
    return re.split(r"[\\/]", name)[-1]


def is_junk(name: str, data: bytes) -> bool:
    """Say whether a file is one that a system adds by itself, by its name and its beginning.

    A file whose name alone begins with '._' is read as any other.
    """
    base = base_name(name).lower()
    if base in JUNK or data.startswith(APPLE_DOUBLE):
        return True
    if base.startswith("._") and not data:
        return True
    if base == "table_of_contents" and b"\0" in data:  # of a mailbox that Apple Mail exported
        return True
    return bool(_LOCK.fullmatch(base)) and len(data) <= _LARGEST_LOCK and b"{" not in data


def too_large(size: int) -> str:
    """Return the sentence for a file over the limit."""
    return (
        f"It is {size / 2**20:,.0f} MB large; {MAX_FILE >> 20} MB is the limit, and a form is far "
        "smaller. Send the form's own file."
    )
