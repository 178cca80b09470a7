"""Write the personal links: one sheet for organisers, and one file in each person's pack."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from seminarkit.core.clean_text import Text, clean_text
from seminarkit.core.disk.files import write_whole
from seminarkit.core.seminar.assignments import Author
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.serve.personal_links import Link, hash_of
from seminarkit.topics.packs.write_packs import LINK_FILE

_HEAD = ("person", "name", "role", "country", "link")
_PRIVATE = 0o600
HERE = "http://127.0.0.1:8020"  # where 'seminar serve' listens by default


def write_links(
    folder: SeminarFolder,
    people: Mapping[str, Author],
    everybody: Mapping[str, Author],
    made: Mapping[str, str],
    url: str,
    active: Mapping[str, Link],
) -> list[str]:
    """Rewrite the sheet with the new links in ``made`` and its old links that are still valid.

    ``url`` is the server's address in all links, '' to keep the old one. Return the people among
    ``people`` whose active link is in no file any more.
    """
    old = {
        row["person"]: row["link"]
        for row in _rows(folder)
        if row["person"] in everybody and _is_good(row, active)
    }
    url = url or next((link.rpartition("/link/")[0] for link in old.values()), HERE)
    tokens = {person: link.rpartition("/")[2] for person, link in old.items()} | dict(made)
    rows = {}
    for person, token in tokens.items():
        author, link = everybody[person], f"{url}/link/{token}"
        cells = (person, author.name, author.role, author.country, link)
        rows[person] = dict(zip(_HEAD, map(_plain, cells), strict=True))
        write_whole(_of_pack(folder, author), _note(author, link), _PRIVATE)
    for person, author in people.items():
        if person not in active:
            _of_pack(folder, author).unlink(missing_ok=True)
    table = io.StringIO()
    writer = csv.DictWriter(table, _HEAD, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows[person] for person in sorted(rows))
    write_whole(folder.links_sheet, table.getvalue(), _PRIVATE)
    return [person for person in people if person in active and person not in rows]


def _rows(folder: SeminarFolder) -> list[dict[str, str]]:
    if not folder.links_sheet.exists():
        return []
    with folder.links_sheet.open(encoding="utf-8", newline="") as sheet:
        return [row for row in csv.DictReader(sheet) if set(row) == set(_HEAD)]


def _is_good(row: Mapping[str, str], active: Mapping[str, Link]) -> bool:
    link = active.get(row["person"])
    return link is not None and link.sha256 == hash_of(row["link"].rpartition("/")[2])


def _of_pack(folder: SeminarFolder, author: Author) -> Path:
    return folder.pack(author.country) / author.id / LINK_FILE


def _note(author: Author, link: str) -> str:
    return (
        f"The link of {author.name}\n\n  {link}\n\n"
        "It opens your forms on the organisers' server, without a file to save or send. It is\n"
        "yours alone: anybody who has it can write in your name. If somebody else has seen it,\n"
        "ask for a new one.\n"
        "\nThis file is for you to read; there is nothing to send back in it.\n"
    )


def _plain(text: str) -> Text:
    """Return a cell that no spreadsheet reads as a formula."""
    return clean_text(f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r", "＝") else text)
