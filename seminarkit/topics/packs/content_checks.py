"""Checks the texts of a seminar for a careful reader: sources, years, sentence length, workload."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from seminarkit.core.forms.shapes import CompiledForm, all_fields
from seminarkit.core.package_folder import KIT
from seminarkit.core.seminar.clock import day_words
from seminarkit.core.seminar.country_facts import FILE as FACTS_FILE
from seminarkit.core.seminar.folder import SeminarFolder
from seminarkit.core.seminar.model import Seminar
from seminarkit.core.seminar.timetable_checks import CheckFinding
from seminarkit.core.yaml.yaml_file import Loc, YamlFile
from seminarkit.topics.packs.form_notebook import read_prose
from seminarkit.topics.packs.guides import guide_names, guide_text
from seminarkit.topics.packs.reading_time import MINUTES_PER_PAGE, TOLERANCE, form_minutes

LONGEST_SENTENCE = 20  # words, in what participants read
MOST_TO_READ = 90  # minutes, of the texts that everybody reads
_PARTICIPANTS = ("participant", "neo")  # guides that must have short sentences
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LIST = re.compile(r"^- \*\*Outcomes:.*$", re.MULTILINE)  # not a sentence
_SENTENCES = re.compile(r"(?<=[.!?])\s+|\n+")


def check_content(folder: SeminarFolder) -> list[CheckFinding]:
    """Return the findings on the texts, each with its file, and its line where there is one."""
    return [
        *_facts(folder),
        *_sources(folder),
        *_readings(folder),
        *_definitions(folder),
        *_cases(folder),
        *_minutes(folder),
        *_of_another_seminar(folder),
        *_long_sentences(folder),
    ]


def _finding(where: str, text: str) -> CheckFinding:
    return CheckFinding("content", where, text)


def _facts(folder: SeminarFolder) -> Iterator[CheckFinding]:
    """Yield undated facts on years after the seminar, and countries without an entry."""
    facts = folder.facts
    file = YamlFile(folder.material("readings", "facts") / FACTS_FILE)
    ends = folder.seminar.last_day.year
    for code, fact_list in facts.countries.items():
        for i, fact in enumerate(fact_list):
            latest = max(map(int, _YEAR.findall(fact.text)), default=0)
            if latest > ends and (fact.year or 0) <= ends:
                yield _finding(
                    _location(file, ("countries", code, i)),
                    f"{code}: the text mentions {latest}, which is after the seminar. Write "
                    f"'year: {latest}', or remove this.",
                )
    for code in folder.seminar.countries:
        if facts.topics and code not in facts.countries and code not in facts.gaps:
            yield _finding(FACTS_FILE, f"{code}: no fact and no gap is listed for this country.")


def _sources(folder: SeminarFolder) -> Iterator[CheckFinding]:
    """Yield the sources without the date on which they were read."""
    file = YamlFile(folder.material("readings", "facts") / "sources.yml")
    for name, source in folder.sources.items():
        if source.read is None:
            words = f"'{name}' does not say when it was read. Write, say, 'read: 2020-11-26'."
            yield _finding(_location(file, ("sources", name)), words)


def _readings(folder: SeminarFolder) -> Iterator[CheckFinding]:
    """Yield readings not marked as seen, with wrong minutes, or too long altogether."""
    for reading in folder.readings.values():
        where = f"{reading.id}.md"
        if reading.seen is None:
            words = (
                "it does not say what was seen of it, and when; write 'seen: {day: …, what: …}'."
            )
            yield _finding(where, words)
        if reading.must_read and not reading.core:
            words = (
                "everybody must read it, but it was published after the seminar; "
                "write 'must_read: false'."
            )
            yield _finding(where, words)
        pages = reading.pages_asked
        if pages and reading.minutes != pages * MINUTES_PER_PAGE:
            words = (
                f"{pages} pages take {pages * MINUTES_PER_PAGE} minutes, but the file says "
                f"{reading.minutes}."
            )
            yield _finding(where, words)
    total_minutes = sum(r.minutes for r in folder.readings.values() if r.for_everybody)
    if total_minutes > MOST_TO_READ:
        words = (
            f"the texts that everybody must read take {total_minutes} minutes; keep them below "
            f"{MOST_TO_READ}."
        )
        yield _finding("readings/", words)


def _definitions(folder: SeminarFolder) -> Iterator[CheckFinding]:
    """Yield answers in the table of definitions without a reference to the text."""
    data = folder.definitions
    if not data.definitions:
        return
    file = YamlFile(folder.material("readings") / "definitions.yml")
    for i, definition in enumerate(data.definitions):
        for name, cell in definition.elements.items():
            if cell and not cell.place:
                words = f"'{definition.id}': '{name}' does not name the place in the text; write "
                words += f"{{answer: {str(cell.answer).lower()}, place: …}}."
                yield _finding(_location(file, ("definitions", i, "elements", name)), words)


def _cases(folder: SeminarFolder) -> Iterator[CheckFinding]:
    """Yield the cases without sources."""
    for case in folder.cases.values():
        if not case.sources:
            yield _finding(f"{case.id}.md", "it names no source; write 'sources: [...]'.")


def _minutes(folder: SeminarFolder) -> Iterator[CheckFinding]:
    """Yield the tasks whose stated minutes differ from the estimate."""
    for task in folder.seminar.tasks:
        if task.sessions:
            continue  # notes are begun while the group is talking
        estimate = form_minutes(folder.forms[task.form], task.beforehand)
        if abs(task.minutes - estimate) > max(TOLERANCE * estimate, 1):
            words = (
                f"'{task.form}': the task says {task.minutes} minutes, but the form takes about "
                f"{estimate:.0f}."
            )
            yield _finding("seminar.yml", words)


def _of_another_seminar(folder: SeminarFolder) -> Iterator[CheckFinding]:
    """Yield texts that still have words of the sample seminar that comes with the kit."""
    if folder.root == KIT or not (KIT / "seminar.yml").is_file():
        return
    own_text = (folder.root / "seminar.yml").read_text("utf-8").casefold()
    sample = SeminarFolder(KIT).written
    if sample.id == folder.seminar.id:
        return
    words = [word for word in _identifying_words(sample) if word.casefold() not in own_text]
    for where, text in _texts(folder):
        foreign = [word for word in words if word.casefold() in text.casefold()]
        if foreign:
            shown = ", ".join(f"'{word}'" for word in foreign)
            yield _finding(
                where, f"it mentions {shown}: this is from the sample seminar, not from yours."
            )


def _identifying_words(seminar: Seminar) -> Iterator[str]:
    """Yield the words that identify a seminar's texts: its series, its theme, its days."""
    yield from seminar.series.split()[:1]
    yield from (word for word in seminar.theme_words if len(word) > len("course") + 1)
    yield from dict.fromkeys(day_words(session.date) for session in seminar.sessions)


def _long_sentences(folder: SeminarFolder) -> Iterator[CheckFinding]:
    """Yield sentences that are too long for non-native readers; learning outcomes are exempt."""
    outcomes = {outcome.text for outcome in folder.seminar.outcomes}
    for where, text in _texts(folder):
        for sentence in _SENTENCES.split("" if text in outcomes else _LIST.sub("", text)):
            words = [word for word in sentence.split() if any(map(str.isalnum, word))]
            if len(words) > LONGEST_SENTENCE:
                shown = f"“{' '.join(words[:6])} …”"
                yield _finding(where, f"a sentence of {len(words)} words: {shown}")


def _texts(folder: SeminarFolder) -> Iterator[tuple[str, str]]:
    """Yield the texts that participants read, each with its file."""
    for name, form in folder.forms.items():
        yield from ((f"{name}.yml", text) for text in _form_texts(form))
        path = folder.form_notebook(name)
        if path.exists():
            for cell in read_prose(path)["cells"]:
                if cell["cell_type"] == "markdown":
                    yield path.name, "".join(cell["source"])
    for name in guide_names(folder):
        if name in _PARTICIPANTS:
            yield f"{name}.md", guide_text(folder, name)


def _form_texts(form: CompiledForm) -> Iterator[str]:
    yield from (form["title"], form.get("intro", ""))
    for field in all_fields(form["fields"]):
        yield from (field["label"], field.get("hint", ""), field.get("example", ""))


def _location(file: YamlFile, loc: Loc) -> str:
    return f"{Path(file.path).name} line {file.line(loc)}"
