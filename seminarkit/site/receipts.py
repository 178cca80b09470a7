"""Check that no page shows a receipt of a form that its readers may not read."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from pathlib import PurePosixPath

from seminarkit.core.forms.shapes import Audience
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.read_store import submissions
from seminarkit.core.store.submission import Submission
from seminarkit.core.submissions.audience import receipts_for
from seminarkit.site.outputs import output_of

# the pattern begins at the dash, which is fast to search for
_RECEIPT = re.compile(r"-(?<=\b([A-Z]{2})-)([0-9A-Z]{4})\b")


def receipt_leaks(folder: SeminarFolder, pages: Iterable[tuple[str, str | bytes]]) -> list[str]:
    """Return a sentence for each receipt on a page whose readers may not see it.

    ``pages`` are pages and files with their paths under ``output/``, read one at a time. Word
    documents and slides are searched too; a PDF is made from the same dossier as the Word document
    beside it.
    """
    received = [s for s in submissions(folder.database) if s.form in folder.forms]
    hidden = cache(partial(_closed, folder, received))
    return [
        f"{path} shows the receipt {receipt} of the form '{form}', which its readers may not read. "
        "Remove it: answers can be guessed from a receipt."
        for path, page in pages
        if (output := output_of(PurePosixPath("output") / path)) and hidden(output.audience)
        for receipt in _receipts(_text(page))
        for form in hidden(output.audience).get(receipt, ())
    ]


def _receipts(text: str) -> list[str]:
    """Return the receipts in a text, without duplicates."""
    return list(dict.fromkeys(f"{country}-{code}" for country, code in _RECEIPT.findall(text)))


def _closed(
    folder: SeminarFolder, received: Sequence[Submission], audience: Audience
) -> dict[str, list[str]]:
    """Return the receipts that an audience may not see, with their forms.

    A receipt that also belongs to a form for this audience is left out.
    """
    open_forms = receipts_for(folder.forms, audience)
    open_receipts = {s.receipt for s in received if s.form in open_forms}
    closed: dict[str, list[str]] = {}
    for submission in received:
        if submission.form not in open_forms and submission.receipt not in open_receipts:
            closed.setdefault(submission.receipt, []).append(submission.form)
    return closed


def _text(page: str | bytes) -> str:
    return page if isinstance(page, str) else " ".join(_packed(page))


def _packed(data: bytes) -> Iterator[str]:
    if data[:2] != b"PK":
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                yield archive.read(name).decode("utf-8", errors="replace")
