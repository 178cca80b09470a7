"""Changes Word files as people and programs do: takes parts of the XML away, or puts some in."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from seminarkit.core.forms.shapes import questions

DOCUMENT = "word/document.xml"
SOFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(
    not SOFFICE,
    reason="LibreOffice (soffice) is not installed here, so its way of saving is not tried. "
    "Install libreoffice-writer; .ci/run does.",
)


def edited(data: bytes, change: Callable[[str], str], name: str = DOCUMENT) -> bytes:
    """Return a Word file with one part changed."""
    parts = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    parts[name] = change(parts[name].decode("utf-8")).encode("utf-8")
    return packed(parts.items())


def without(data: bytes, *names: str) -> bytes:
    """Return a Word file without some of its parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return packed((n, archive.read(n)) for n in archive.namelist() if n not in names)


def packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return buffer.getvalue()


def without_controls(xml: str) -> str:
    """Take every control away and leave what it shows."""
    xml = re.sub(r"<w:sdtPr>.*?</w:sdtPr>", "", xml, flags=re.DOTALL)
    return re.sub(r"</?w:sdt(Content)?>", "", xml)


def without_bookmarks(xml: str) -> str:
    return re.sub(r"<w:bookmark(Start|End)[^>]*/>", "", xml)


def without_labels(xml: str) -> str:
    """Take the first row of every question's table away."""
    return re.sub(r"<w:tr>(?:(?!</w:tr>).)*SeminarQuestion.*?</w:tr>", "", xml, flags=re.DOTALL)


def in_form_order(form: dict[str, Any], answers: dict[str, Any]) -> dict[str, Any]:
    """Return answers with several choices in the order of the form, as any form writes them."""
    ordered = dict(answers)
    for field in questions(form["fields"]):
        if field["type"] == "select_multiple" and field["name"] in answers:
            picked = answers[field["name"]]
            ordered[field["name"]] = [name for name, _ in field["choices"] if name in picked]
    return ordered


AT_ONCE = 150  # of some 250 files LibreOffice leaves the rest, and says nothing


def resave(place: Path, target: Path, profile: Path, kind: str = "docx") -> None:
    """Let LibreOffice open and save every document of a folder, as many at once as it takes."""
    files = sorted(place.glob("*.docx"))
    for first in range(0, len(files), AT_ONCE):
        some = map(str, files[first : first + AT_ONCE])
        subprocess.run(
            [
                str(SOFFICE), f"-env:UserInstallation={profile.as_uri()}", "--headless",
                "--convert-to", kind, "--outdir", str(target), *some,
            ],
            check=True,
            capture_output=True,
            timeout=280,
        )  # fmt: skip
