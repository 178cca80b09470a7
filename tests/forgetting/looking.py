"""Looks for somebody in a folder with other tools than the kit's: pdftotext, unzip, sqlite3, email.

Written apart from seminarkit/forgetting, of which it uses nothing, so that both must be wrong in
the same way for a trace to be overlooked.
"""

from __future__ import annotations

import email
import html
import re
import shutil
import sqlite3
import subprocess
import tempfile
import unicodedata
from collections.abc import Iterator
from email import policy
from hashlib import sha256
from pathlib import Path


def hits(root: Path, words: dict[str, str], without: set[str] = frozenset()) -> dict[str, set[str]]:  # type: ignore[assignment]
    """Return which words, by what they are, are found in which file. ``without`` are files left out."""
    found: dict[str, set[str]] = {}
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        place = path.relative_to(root).as_posix()
        if place in without:
            continue
        inside = looked_through(path, words)
        for word, what in words.items():
            if inside[word, what] or holds(place, word, what):
                found.setdefault(place, set()).add(f"{what}: {word}")
    return found


# what was found in bytes, by their hash: most files are the same before, after and in other tests
_FOUND: dict[bytes, dict[tuple[str, str], bool]] = {}


def looked_through(path: Path, words: dict[str, str]) -> dict[tuple[str, str], bool]:
    """Return of each word whether it is in the bytes of a file, or in what can be got out of them."""
    known = _FOUND.setdefault(sha256(path.read_bytes()).digest(), {})
    new = [each for each in words.items() if each not in known]
    if new:
        known |= dict.fromkeys(new, False)
        texts = {text for data in contents(path) for text in readings(data)}
        for text in texts:
            known |= dict.fromkeys((each for each in new if holds(text, *each)), True)
    return known


def holds(text: str, word: str, what: str) -> bool:
    if what == "id":
        near = (
            word.casefold() in text.casefold()
        )  # much faster than the pattern, which most never need
        return near and bool(
            re.search(rf"(?<![A-Za-z0-9]){re.escape(word)}(?![A-Za-z0-9])", text, re.I)
        )
    return letters(word) in letters(text)


_LETTERS: dict[str, str] = {}


def letters(text: str) -> str:
    if text not in _LETTERS:
        if len(_LETTERS) > 500:
            _LETTERS.clear()
        folded = unicodedata.normalize("NFKC", text).casefold()
        _LETTERS[text] = " ".join(re.findall(r"\w+", folded))
    return _LETTERS[text]


def contents(path: Path) -> Iterator[bytes]:
    """Yield a file and all that can be got out of it."""
    yield from opened(path.read_bytes(), path)


def opened(data: bytes, path: Path | None = None, deep: int = 0) -> Iterator[bytes]:
    yield data
    if deep > 5:
        return
    if data[:2] == b"PK":
        yield from unzipped(data, deep)
    elif data[:4] == b"%PDF":
        yield run("pdftotext", "-enc", "UTF-8", "{file}", "-", data=data)
        yield run("pdfinfo", "{file}", data=data)
    elif data[:16] == b"SQLite format 3\0" and path:
        with tempfile.TemporaryDirectory() as place:
            copy = Path(shutil.copy(path, place))
            connection = sqlite3.connect(copy)
            yield "\n".join(connection.iterdump()).encode("utf-8", "replace")
            connection.close()
    elif data[:2] == b"\x1f\x8b":
        yield from opened(run("gzip", "-dc", "{file}", data=data), None, deep + 1)
    elif re.match(rb"[A-Za-z-]+: ", data[:60]) or data[:5] == b"From ":
        for mail in re.split(rb"\n(?=From )", data):
            message = email.message_from_bytes(mail, policy=policy.default)
            yield "\n".join(f"{k}: {v}" for k, v in message.items()).encode("utf-8", "replace")
            for part in message.walk():
                payload = part.get_payload(decode=True)
                if isinstance(payload, bytes):
                    yield str(part.get_filename()).encode()
                    yield from opened(payload, None, deep + 1)


def unzipped(data: bytes, deep: int) -> Iterator[bytes]:
    with tempfile.TemporaryDirectory() as place:
        archive = Path(place, "a.zip")
        archive.write_bytes(data)
        out = Path(place, "out")
        subprocess.run(["unzip", "-qq", "-o", "-P", "", str(archive), "-d", str(out)], capture_output=True, timeout=60, check=False)  # fmt: skip
        for inner in out.rglob("*"):
            if inner.is_file():
                yield str(inner.relative_to(out)).encode("utf-8", "surrogateescape")
                yield from opened(inner.read_bytes(), None, deep + 1)


def run(*words: str, data: bytes) -> bytes:
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        command = [word.format(file=file.name) for word in words]
        return subprocess.run(command, capture_output=True, timeout=60, check=False).stdout


def readings(data: bytes) -> Iterator[str]:
    """Yield the ways in which bytes may be read."""
    text = data.decode("utf-8", "replace")
    yield text
    if b"\0" in data:
        yield data.decode("utf-16", "ignore")
        yield data.decode("utf-16-le", "ignore")
    plain = re.sub(r"\\+u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)
    plain = (
        re.sub(r"\\[nrt\"]", " ", plain)
        .encode("utf-16", "surrogatepass")
        .decode("utf-16", "replace")
    )
    if "&" in plain:
        plain = html.unescape(plain)
    yield plain
    if "</" in plain:
        yield re.sub(r"<[^<>]*>", "", plain)
        yield re.sub(r"<[^<>]*>", " ", plain)
