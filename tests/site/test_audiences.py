"""Every answer, in every output: nobody reads what was not promised to them.

That everybody reads what was is in test_readers.py.
"""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from email import message_from_bytes
from email import policy as mail_policy
from html import unescape
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import pytest
from canary_tools import CONSENTING, GROUPS, Place, field_at
from pypdf import PdfReader

from seminarkit.core.forms.audiences import READERS
from seminarkit.core.forms.shapes import Audience
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import JOINT
from seminarkit.site.outputs import OUTPUTS, output_of

# What the forms of the sample promise in words, written down once more by hand: a form that is
# opened to more readers by mistake fails here.
PROMISED: dict[str, Audience] = {
    "case_review": "group",
    "case_study_submission": "core",
    "country_report": "public",
    "day_notes": "core",
    "group_notes": "core",
    "learning_check": "organisers",
    "mini_statement": "core",
    "nomination": "core",
    "own_institution": "core",
    "pre_survey": "chairs",
    "questions": "core",
    "reading_notes": "chairs",
    "recognition_case": "group",
    "registration": "organisers",
    "sign_off": "delegation",
    "strategy_plan": "group",
}
KEPT = ("inbox", "received", "seminar.db")  # what came, as it came, for organisers alone


class Found(NamedTuple):
    """A word in a file: whose answer it is, and the path below the seminar's folder."""

    place: Place
    path: PurePosixPath


@pytest.fixture(scope="module")
def found(planted: SeminarFolder, words: Mapping[Place, str]) -> list[Found]:
    """Every word in every file that was made."""
    places = {word: place for place, word in words.items()}
    odd = [word for word in places if not re.fullmatch("zq[a-z]{8}", word)]  # cut to fit a question
    hits = []
    for path in made(planted):
        text = "\n".join(texts(planted.root / path))
        seen = set(re.findall("zq[a-z]{8}", text)) | {word for word in odd if word in text}
        hits += [Found(places[word], path) for word in seen & set(places)]
    return hits


def made(folder: SeminarFolder) -> Iterator[PurePosixPath]:
    for path in sorted(folder.root.rglob("*")):
        inside = PurePosixPath(path.relative_to(folder.root).as_posix())
        if path.is_file() and inside.parts[0] not in (*KEPT, "seminar.yml", ".seminar.lock"):
            yield inside


def texts(path: Path) -> Iterator[str]:
    """Yield all text of a file: packed parts, pages of a PDF, pictures in pages, parts of mails."""
    data = path.read_bytes()
    if data[:4] == b"%PDF":
        yield from (page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    elif data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for name in packed.namelist():
                yield packed.read(name).decode("utf-8", "replace")
    elif path.suffix == ".eml":
        for part in message_from_bytes(data, policy=mail_policy.default).walk():
            if not part.is_multipart():
                yield (part.get_payload(decode=True) or b"").decode("utf-8", "replace")
    else:
        text = data.decode("utf-8", "replace")
        yield unescape(text)
        for picture in re.findall(r"base64,([A-Za-z0-9+/=]+)", text):
            yield base64.b64decode(picture).decode("utf-8", "replace")


def audience_of(folder: SeminarFolder, place: Place) -> Audience | None:
    """Whom an answer is for; None for nobody but its writer."""
    form = folder.forms[place.form]
    assert form["audience"] == PROMISED[place.form]
    field = field_at(form, place.path)
    if field.get("private"):
        return None
    audience: Audience = field.get("audience", form["audience"])
    return audience


def may_be_public(folder: SeminarFolder, place: Place) -> bool:
    """Whether its writer agreed to the public, of this very question."""
    form = folder.forms[place.form]
    agreed = place.person in CONSENTING or place.subject == JOINT
    shown = place.path.split(".")[0] in form.get("consent_shows", ())
    return agreed and (shown or audience_of(folder, place) == "public")


def rooms_of(place: Place) -> set[str]:
    """The groups that an answer is for: those on its case, or those that its writer sits in."""
    groups = [group for held in GROUPS.values() for group in held]
    if any(group.get("case") == place.subject for group in groups) or place.form == "case_review":
        return {group["id"] for group in groups if group.get("case") == place.subject}
    if place.form == "recognition_case":
        return {"d2-group-3"}
    held = GROUPS["d2-groups"] if place.form == "strategy_plan" else groups
    return {group["id"] for group in held if place.person in group["people"]}


def led_by(person: str) -> set[str]:
    return {g["id"] for held in GROUPS.values() for g in held if g.get("chair") == person}


def is_promised(folder: SeminarFolder, each: Found) -> bool:
    """Whether the readers of an output were promised an answer."""
    output, audience = output_of(each.path), audience_of(folder, each.place)
    assert output, f"{each.path} is in no list of outputs"
    if audience is None:
        return False
    reader, parts = output.audience, each.path.parts
    if reader == "public":
        return may_be_public(folder, each.place)
    if reader in READERS["core"] and "core" in READERS[audience] and reader != "delegation":
        return True
    if reader == "group":
        room = parts[2] if parts[0] == "output" and parts[1] == "groups" else ""
        room = room or each.path.name.removeprefix("brief-").split(".")[0]
        return "group" in READERS[audience] and room in rooms_of(each.place)
    if reader == "chairs":
        return "chairs" in READERS[audience] and bool(led_by(parts[2]) & rooms_of(each.place))
    if reader == "delegation":  # a pack: one's own words, one's country's, and what is for all
        own = each.place.person[:2] == parts[1]
        return own or "core" in READERS[audience]
    return reader == "organisers"


def test_no_answer_is_read_by_whom_it_was_not_promised(
    planted: SeminarFolder, found: list[Found]
) -> None:
    """P01 P08 C29 O25: every field, every audience, every output of the one list."""
    assert {each.place.form for each in found} == set(PROMISED)
    wrong = [each for each in found if not is_promised(planted, each)]
    assert wrong == []


def test_every_file_is_in_the_list_of_outputs(planted: SeminarFolder) -> None:
    """P01: an output that no audience was given is not made."""
    unknown = [path for path in made(planted) if output_of(path) is None]
    assert unknown == []
    used = {output_of(path) for path in made(planted)}
    # records beside reports, what people's own cells write, the sheet of links
    never = {"output/reports", "output/own", "packs"}
    assert {o.path for o in OUTPUTS if o not in used} <= never | set(KEPT) | {"dossiers"}
