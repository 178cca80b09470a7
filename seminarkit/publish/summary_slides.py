"""The recap and the conclusions as slides that a team can edit, from the dossier of their page.

On the slides stand the sentences, in the notes where each comes from. What several groups share
comes before what one group said, and groups without notes are named on the first slide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from typing import Any

from seminarkit.publish.slides import Deck, Slide, write_slides
from seminarkit.publish.summary_document import source_words
from seminarkit.report.dossier import Dossier
from seminarkit.report.speech import spoken_words
from seminarkit.report.summary import lead, not_covered

_POINTS = 4  # on one slide, so that its notes are of what is seen


def summary_slides(dossier: Dossier) -> bytes:
    """Return the slides of one summary for its audience, as .pptx."""
    seminar = dossier["seminar"]
    core = "For the core participants of the seminar. Not for the public."
    deck = Deck(
        title=dossier["title"],
        subtitle=" – ".join([seminar["title"], seminar["series"], dossier["when"]]),
        foot=seminar["series"] if dossier.public else core,
    )
    return write_slides(deck, list(_public(dossier) if dossier.public else _core(dossier)))


def _public(dossier: Dossier) -> Iterator[Slide]:
    for section in dossier["sections"]:
        yield from _listed(section["title"], [([each["text"]], "") for each in section["points"]])


def _core(dossier: Dossier) -> Iterator[Slide]:
    notes = "\n".join([*dossier["attention"], spoken_words(dossier["spoken"])])
    yield Slide("What this is made of", tuple(_made_of(dossier)), notes=notes)
    for section in dossier["sections"]:
        for name, words in (("shared", "several groups"), ("single", "one group each")):
            said = [(_words(point), _sources(point)) for point in section[name]]
            yield from _listed(f"{section['title']}: {words}", said)
    yield _outcomes(dossier)
    if dossier.get("mini") or dossier.get("mini_missing"):
        yield _mini(dossier)


def _made_of(dossier: Dossier) -> Iterator[str]:
    yield lead(dossier)
    silent = [each["title"] for each in dossier["groups"] if each["state"] == "missing"]
    if silent:
        yield f"No notes have come from: {'; '.join(silent)}."
    unseen = [
        each["title"] for each in dossier["groups"] if each["statements"] and not each["seen"]
    ]
    if unseen:
        yield f"Not yet seen by the chair: {'; '.join(unseen)}."


def _listed(title: str, said: Sequence[tuple[Sequence[str], str]]) -> Iterator[Slide]:
    """Yield points as slides of a few, each with the sources of its own in the notes."""
    slides = ceil(len(said) / _POINTS)
    parts = [said[len(said) * i // slides : len(said) * (i + 1) // slides] for i in range(slides)]
    for number, part in enumerate(parts, start=1):
        more = f" ({number} of {len(parts)})" if len(parts) > 1 else ""
        notes = "\n\n".join(source for _, source in part if source)
        yield Slide(title + more, tuple(w for words, _ in part for w in words), notes=notes)


def _words(point: Mapping[str, Any]) -> list[str]:
    """Return a point as it stands on a slide: the leading sentence, of disagreement all."""
    differs = any(each["kind"] == "disagreed" for each in point["statements"])
    said = point["statements"] if differs else point["statements"][:1]
    texts = [each["text"] for each in said]
    if point["shared"]:
        texts[-1] += f" ({point['groups']} groups)"
    return texts


def _sources(point: Mapping[str, Any]) -> str:
    return "\n".join(f"{each['text']}\n{source_words(each)}" for each in point["statements"])


def _outcomes(dossier: Dossier) -> Slide:
    covered = [
        f"{each['id']}: {len(each['statements'])} statements in {each['groups']} groups"
        for each in dossier["outcomes"]
        if each["statements"]
    ]
    bare = not_covered(dossier)
    more = [f"Not named by any statement: {', '.join(bare)}"] if bare else []
    notes = "\n".join(f"{each['id']}: {each['text']}" for each in dossier["outcomes"])
    return Slide("The learning outcomes", (*covered, *more), notes=notes)


def _mini(dossier: Dossier) -> Slide:
    here = ", ".join(dict.fromkeys(each["country"] for each in dossier["mini"]))
    points = [f"Here: {here}"] if here else []
    if dossier["mini_missing"]:
        points.append(f"None yet from: {', '.join(dossier['mini_missing'])}")
    notes = "\n\n".join(
        "\n".join([each["country"], *(answer["shown"] for answer in each["answers"])])
        for each in dossier["mini"]
    )
    return Slide("Mini statements of the countries", tuple(points), notes=notes)
