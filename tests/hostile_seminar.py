"""A small seminar in which every text is full of what a terminal obeys."""

from __future__ import annotations

import os
import re

from command_walk import send, small_seminar

from seminarkit.core.seminar.folder import SeminarFolder

# A title, a colour, a cursor, a hyperlink, C1, bells, a carriage return, every turn of direction.
CODES = "\x1b]0;owned\x07\x1b[8m\x1b[2J\x9b31m\x9d0;x\x9c\x08\r\x0b\x0c\x7f\u202e\u2066\u200f\u061c\u2028\u200b"
HOSTILE = f"Who {CODES} pays [red]twice[/]?"
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069]")  # fmt: skip


def hostile_seminar(folder: SeminarFolder) -> None:
    """Codes in answers, in the names of people and files, in a chat, in decisions, in seminar.yml."""
    small_seminar(folder, HOSTILE)
    nominees = [
        {"nominee_name": f"K{n}{CODES}", "nominee_function": HOSTILE, "nominee_email": f"k{n}@example.net", "nominee_profile": "policy"}
        for n in range(3)
    ]  # fmt: skip
    send(folder, "GE-NEO", "nomination", {"nominees": nominees})
    (folder.root / "chat.txt").write_text(f"10:00:01 From Ana{CODES.replace(chr(13), '')} to Everyone:\n\t{HOSTILE}\n", "utf-8")  # fmt: skip
    odd = folder.inbox / "a \x1b]0;owned\x07\u202e.ipynb"
    odd.write_text("{", "utf-8")
    os.utime(odd, (1_600_000_000, 1_600_000_000))
    yml = (folder.root / "seminar.yml").read_text("utf-8")
    (folder.root / "seminar.yml").write_text(yml.replace("name: \"NEO of Georgia\"", 'name: "NEO \\e]0;x\\a of Georgia"'), "utf-8")  # fmt: skip
