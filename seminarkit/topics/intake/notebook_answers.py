"""Finds the answers in a notebook: in what a form wrote, and in cells written by hand.

A form writes into its output, and a copy into its cell's metadata, which is still there where the
outputs were cleared. Where the two differ, the one that a form would go on with is taken.

The notebook is data. It is never executed, never trusted, never given to a converter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from seminarkit.core.forms.answer_versions import is_newer, is_whole, newest, version_id
from seminarkit.core.forms.bundle import ANSWERS_MIME, ANSWERS_TAG, FORM_MIME
from seminarkit.core.forms.notebook_forms import Notebook, copy_of, handed_in
from seminarkit.core.forms.shapes import Payload, is_object, list_of, object_of
from seminarkit.topics.intake.handwritten_answers import read_literal
from seminarkit.topics.intake.refusal import OwnPage, Refusal
from seminarkit.topics.intake.strict_json import check_values

_SHOWS_FORM = "from seminarkit import form"  # where its metadata was cleared as well
_IDENTITY = ("form", "subject", "instance", "seminar", "country", "author")


@dataclass(frozen=True)
class Found:
    """A payload as it stands in a file, not yet checked, and a remark on how it was chosen.

    ``timeless`` where the file says neither how often it was changed nor when; ``above`` and
    ``below`` are the words beside it for people; ``untouched`` where it is as the kit handed it
    out.
    """

    payload: object
    remark: str = ""
    timeless: bool = False
    above: str = ""
    below: str = ""
    untouched: bool = False


def find_payloads(book: object) -> list[Found]:
    """Return the payload of each form in a notebook; raises Refusal when there is none."""
    cells = _cells(book)
    written = [p for cell in cells for p in _outputs(cell, ANSWERS_MIME)]
    copies = [copy for cell in cells if is_whole(copy := copy_of(cell))]
    written += [copy for copy in copies if copy not in written]
    written += _by_hand(cells)
    for payload in written:
        check_values(payload)
    if not written:
        if object_of(object_of(object_of(book).get("metadata")).get("seminarkit")).get("start"):
            raise OwnPage
        raise Refusal(_why_nothing(cells))
    forms: dict[tuple[str, str], list[object]] = {}
    for payload in written:
        key = (_key(payload, "form"), _key(payload, "instance"))
        forms.setdefault(key, []).append(payload)
    return [_marked(object_of(book), _newest(versions)) for versions in forms.values()]


def _marked(book: Notebook, found: Found) -> Found:
    """Return what was found, marked if nobody has written in it since the kit handed it out."""
    if not is_whole(found.payload):
        return found
    handed = handed_in(book, found.payload["instance"])
    return replace(found, untouched=handed == version_id(found.payload))


def _cells(book: object) -> list[dict[str, object]]:
    if not is_object(book):
        raise Refusal("It is not a notebook. Ask for the file whose name ends in .ipynb.")
    if "worksheets" in book or (isinstance(number := book.get("nbformat"), int) and number < 4):
        raise Refusal(
            "It is a notebook of the old format 3. Open it in JupyterLab, save it, send it again."
        )
    cells = book.get("cells")
    if not isinstance(cells, list):
        raise Refusal("It is not a notebook: it has no cells. Ask for the file again.")
    return [cell for cell in cells if is_object(cell)]


def _outputs(cell: dict[str, object], mime: str) -> Iterator[object]:
    outputs = cell.get("outputs")
    for output in outputs if isinstance(outputs, list) else []:
        data = object_of(object_of(output).get("data"))
        if mime in data:
            yield data[mime]


def _tags(cell: dict[str, object]) -> list[object]:
    return list_of(object_of(cell.get("metadata")).get("tags"))


def _by_hand(cells: list[dict[str, object]]) -> Iterator[dict[str, object]]:
    """Yield the answers of tagged cells, signed by the form that stands in the same notebook."""
    tagged = [cell for cell in cells if ANSWERS_TAG in _tags(cell)]
    if not tagged:
        return
    forms = [f for cell in cells for f in (_own_form(cell), *_outputs(cell, FORM_MIME)) if f]
    for cell in tagged:
        literal = read_literal(_text(cell.get("source")))
        if "answers" in literal and "form" in literal:
            yield literal
            continue
        if not forms:
            raise Refusal(
                "It holds answers written by hand, but not the form they belong to. Write them "
                "into the notebook that was sent out."
            )
        form = object_of(forms[0])
        yield {
            **{key: form.get(key) for key in _IDENTITY},
            "form_version": form.get("version"),
            "rev": 1,
            "saved_at": "",
            "answers": literal,
        }


def _newest(versions: list[object]) -> Found:
    """Return the version that a form goes on with; the first of equals, and say if they differ."""
    whole = [v for v in versions if is_whole(v)]
    best: object = newest(whole) if whole else max(versions, key=_rev)
    if is_whole(best) and any(_is_rival(v, best) for v in whole):
        return Found(
            best,
            "The notebook holds two versions with the same number, saved at the same time, and "
            "different answers; the first was taken. Ask which one counts.",
        )
    by_hand = [v for v in versions if v is not best and object_of(v).get("saved_at") == ""]
    if any(
        _rev(v) and object_of(v).get("answers") != object_of(best).get("answers") for v in by_hand
    ):
        return Found(
            best,
            "The answers in the form and those written by hand differ; the form's were taken, "
            "which were saved later. Ask which ones count.",
        )
    return Found(best)


def _is_rival(other: Payload, best: Payload) -> bool:
    return other["answers"] != best["answers"] and not is_newer(best, other)


def _why_nothing(cells: list[dict[str, object]]) -> str:
    if any(_own_form(cell) or _SHOWS_FORM in _text(cell.get("source")) for cell in cells):
        return (
            "The form's answers are no longer in it: its outputs were cleared. Ask for the file "
            "again: on the computer where it was filled in, the form still has the words. Open "
            "the form's page there, press 'Save my file' and send that file."
        )
    return "It is a notebook without a form of this seminar. Ask for the file that holds the form."


def _own_form(cell: dict[str, object]) -> dict[str, object]:
    return object_of(object_of(object_of(cell.get("metadata")).get("seminarkit")).get("form"))


def _rev(payload: object) -> int:
    rev = object_of(payload).get("rev")
    return rev if isinstance(rev, int) else -1


def _key(payload: object, name: str) -> str:
    value = object_of(payload).get(name)
    return value if isinstance(value, str) else ""


def _text(source: object) -> str:
    return (
        "".join(s for s in source if isinstance(s, str))
        if isinstance(source, list)
        else str(source)
    )
