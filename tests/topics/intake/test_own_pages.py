"""Is a whole pack that comes back taken without trouble about what the kit put into it?"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from seminarkit.core.disk.files import to_json
from seminarkit.core.seminar.assignments import assignments
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.store.received_files import ReceivedFiles
from seminarkit.lab.start_page import write_start
from seminarkit.serve.links_sheet import write_links
from seminarkit.serve.personal_links import Links
from seminarkit.topics.intake.collect import collect
from seminarkit.topics.packs.write_packs import prepare

Send = Callable[[str, Any], Path]
Filled = Callable[..., dict[str, Any]]


def zipped(folder: Path) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, path.relative_to(folder.parent))
    return data.getvalue()


def test_a_whole_opened_pack_tells_trouble_of_none_of_the_kits_own_pages(
    folder: SeminarFolder, send: Send, filled: Filled
) -> None:
    """C05: start.ipynb, README, lists of tasks, guides and the link; all kept byte for byte."""
    prepare(folder, ["GE"])
    people = {a.author.id: a.author for a in assignments(folder.seminar) if a.author.id == "GE-2"}
    links = Links(folder.links)
    write_links(folder, people, people, links.make(["GE-2"]), "", links.active())
    pack = folder.pack("GE")
    report = filled("questions", "GE-2", {"questions": [{"about": "ghent", "question": "Who?"}]})
    (pack / "GE-2" / "GE-2-questions.ipynb").write_text(to_json(report), encoding="utf-8")
    write_start(pack / "GE-2")
    content = zipped(pack)
    send("all of it.zip", content)
    ended = {outcome.part: outcome for _, outcome in collect(folder).outcomes}
    words = "It is the kit's own page, with nothing to collect."
    own = {part.split("/", 1)[1] for part, outcome in ended.items() if outcome.text == words}
    assert own == {
        "README.txt", "guide-neo.html", "guide-participant.html", "GE-2/start.ipynb", "readings.html", "terms.html",
        "GE-2/my link.txt", *(f"{each}/index.html" for each in ("GE-1", "GE-2", "GE-3", "GE-NEO")),
    }  # fmt: skip
    kinds = Counter(outcome.kind for outcome in ended.values())
    assert kinds == {"draft": 1, "own": len(ended) - 1}  # forms that nobody wrote in too
    received = ReceivedFiles(folder.received)
    (arrival,) = received.arrivals()
    assert received.path(arrival.sha256).read_bytes() == content


def test_a_form_page_sent_alone_is_still_told(folder: SeminarFolder, send: Send) -> None:
    """C05: its answers are in the browser; so it is no page of the kit's with nothing in it."""
    prepare(folder, ["GE"])
    send("form.html", (folder.pack("GE") / "GE-2" / "GE-2-questions.html").read_bytes())
    ((_, outcome),) = collect(folder).outcomes
    assert outcome.kind == "aside"
    assert "press 'Save my file'" in outcome.text
