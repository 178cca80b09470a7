"""Find the answers in a notebook, saved by a form or typed into a tagged cell.

A form saves its answers in its output, and a copy in the metadata of its cell, which survives when
outputs are cleared. If the two differ, the version that the form itself would open is taken.

The notebook is untrusted data: it is never executed and never passed to a converter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from seminarkit.core.forms.answer_versions import is_newer, is_whole, newest, version_id
from seminarkit.core.forms.bundle import ANSWERS_MIME, ANSWERS_TAG, FORM_MIME
from seminarkit.core.forms.notebook_forms import Notebook, copy_of, issued_version
from seminarkit.core.forms.shapes import Payload, is_object, list_of, object_of
from seminarkit.topics.intake.handwritten_answers import read_literal
from seminarkit.topics.intake.refusal import OwnPage, Refusal
from seminarkit.topics.intake.strict_json import check_values

_SHOWS_FORM = "from seminarkit import form"  # finds a form cell whose metadata was cleared too
_IDENTITY = ("form", "subject", "instance", "seminar", "country", "author")


@dataclass(frozen=True)
class FoundPayload:
    """An unchecked payload from a file, with a remark on how it was chosen.

    ``timeless``: the file has no revision number and no time. ``above`` and ``below``: the readable
    text around a pasted block. ``untouched``: the form is as the kit handed it out.
    """

    payload: object
    remark: str = ""
    timeless: bool = False
    above: str = ""
    below: str = ""
    untouched: bool = False


def find_payloads(book: object) -> list[FoundPayload]:
    """Return the payload of each form in a notebook; raise Refusal if there is none."""
    cells = _cells(book)
    payloads = [p for cell in cells for p in _outputs(cell, ANSWERS_MIME)]
    copies = [copy for cell in cells if is_whole(copy := copy_of(cell))]
    payloads += [copy for copy in copies if copy not in payloads]
    payloads += _typed_answers(cells)
    for payload in payloads:
        check_values(payload)
    if not payloads:
        if object_of(object_of(object_of(book).get("metadata")).get("seminarkit")).get("start"):
            raise OwnPage
        raise Refusal(_no_answers_message(cells))
    forms: dict[tuple[str, str], list[object]] = {}
    for payload in payloads:
        key = (_key(payload, "form"), _key(payload, "instance"))
        forms.setdefault(key, []).append(payload)
    return [_with_untouched_mark(object_of(book), _newest(versions)) for versions in forms.values()]


def _with_untouched_mark(book: Notebook, source: FoundPayload) -> FoundPayload:
    """Return the payload, marked as untouched if it is as the kit handed it out."""
    if not is_whole(source.payload):
        return source
    handed_out = issued_version(book, source.payload["instance"])
    return replace(source, untouched=handed_out == version_id(source.payload))


def _cells(book: object) -> list[dict[str, object]]:
    if not is_object(book):
        raise Refusal("It is not a notebook. Ask for the file whose name ends in .ipynb.")
    if "worksheets" in book or (isinstance(number := book.get("nbformat"), int) and number < 4):
        raise Refusal(
            "It is a notebook of the old format 3. Open it in JupyterLab, save it and send it "
            "again."
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


def _typed_answers(cells: list[dict[str, object]]) -> Iterator[dict[str, object]]:
    """Yield the answers of tagged cells, with the author and subject of the form beside them."""
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
                "It contains answers typed into the notebook, but not the form they belong to. "
                "Type them into the notebook that was sent out."
            )
        form = object_of(forms[0])
        yield {
            **{key: form.get(key) for key in _IDENTITY},
            "form_version": form.get("version"),
            "rev": 1,
            "saved_at": "",
            "answers": literal,
        }


def _newest(versions: list[object]) -> FoundPayload:
    """Return the version that the form itself would open, with a remark if another is as new."""
    valid = [version for version in versions if is_whole(version)]
    best: object = newest(valid) if valid else max(versions, key=_rev)
    if is_whole(best) and any(_is_rival(version, best) for version in valid):
        return FoundPayload(
            best,
            "The notebook holds two versions with the same number, saved at the same time, but "
            "different answers; the first was used. Ask which one counts.",
        )
    typed = [
        version
        for version in versions
        if version is not best and object_of(version).get("saved_at") == ""
    ]
    if any(
        _rev(version) and object_of(version).get("answers") != object_of(best).get("answers")
        for version in typed
    ):
        return FoundPayload(
            best,
            "The answers in the form differ from those typed into the notebook. The form's "
            "answers were used, because they were saved later. Ask which ones count.",
        )
    return FoundPayload(best)


def _is_rival(other: Payload, best: Payload) -> bool:
    return other["answers"] != best["answers"] and not is_newer(best, other)


def _no_answers_message(cells: list[dict[str, object]]) -> str:
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
