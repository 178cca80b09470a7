"""Turn the lines below the headings of notes into answers of the form."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import partial

from seminarkit.core.forms.answers import is_blank
from seminarkit.core.forms.plain_text_form import bare_heading, choice_named, entry
from seminarkit.core.forms.question_kinds import kind_of
from seminarkit.core.forms.shapes import (
    AnswerField,
    CompiledForm,
    QuestionField,
    RepeatField,
    choices_of,
    is_question,
    is_repeat,
    is_texts,
    labels_of,
    questions,
)
from seminarkit.topics.intake import note_leftovers
from seminarkit.topics.intake.mail.endings import EndingLine, rows_of_ending

_TICK = re.compile(r"\s*[-*•]?\s*\[\s*(?P<mark>[^\s\]]?)\s*\]\s*(?P<words>.*)")
_TRAILING_CODES = re.compile(r"[\s.]*[(\[](?P<codes>[^()\[\]]{2,200})[)\]][\s.]*$")
_CODE = re.compile(r"[A-Z]{2}[A-Za-z0-9]*(?:-[A-Za-z0-9]+)*")
_QUESTION = re.compile(r"[A-Z]{2}-[A-Z0-9]+-q\d+\b")
_NOTHING = re.compile(
    r"n/a|there was (?:none|nothing)|no disagreements?|"
    r"(?:none|no(?: decisions?| steps?)?|nothing)(?: (?:was|were|has been|is))?"
    r"(?: (?:decided|agreed|agreed on|raised|named|noted|said|planned|to (?:add|report|tell)))?"
    r"(?: (?:yet|so far))?"
)
_FULL_LINE = 60  # mail programs break lines at some length above this


class Notes:
    """Collects lines with their question; ``result`` returns the answers.

    With ``is_mail``, the last lines may be the ending of a mail. After ``result``, ``remarks`` are
    warnings about lines that were not read as written, and ``ending`` the possible mail ending.
    """

    def __init__(
        self, form: CompiledForm, codes: Collection[str], *, is_mail: bool = False
    ) -> None:
        self.remarks: list[str] = []
        self.ending: list[str] = []
        self._is_mail = is_mail
        self._form = form
        self._codes = {code.casefold() for code in codes}
        self._answers: dict[str, object] = {}
        self._rows: dict[str, list[EndingLine]] = {}  # entries per list question, until ``result``
        self._unplaced: list[str] = []
        self._surplus: list[str] = []
        self._bulleted = False  # whether any point has a bullet
        self._last: tuple[str, bool, str] | None = None  # question, bullet, line
        self._current = ""  # the question of the last heading
        self._blank_lines = 0  # number of blank lines since that heading

    def take(self, field: AnswerField | None, line: str) -> None:
        """Add a line below the heading of a question; an empty line ends an entry."""
        if field and field["name"] != self._current:
            self._current, self._blank_lines = field["name"], -1
        if not line.strip():
            self._last = None
            self._blank_lines += 1
        elif field is None:
            self._unplaced.append(line.strip())
        elif is_repeat(field):
            self._add_row(field, line)
        elif kind_of(field).choices:
            self._add_choice(field, line)
        else:
            earlier = self._answers.get(field["name"], "")
            self._answers[field["name"]] = f"{earlier}\n{line.strip()}".strip()

    def result(self) -> tuple[dict[str, object], int]:
        """Return the answers, and the number of unplaced lines, now in the private field."""
        removed = self._take_ending() if self._is_mail else []
        for field in questions(self._form["fields"]):
            if is_repeat(field) and field["name"] in self._rows:
                self._store_list(field)
            elif is_question(field) and isinstance(text := self._answers.get(field["name"]), str):
                value = kind_of(field).read(text)
                self._answers[field["name"]] = text if value is None else value
        self._unplaced = [words for words in self._unplaced if re.search(r"\w", words)]
        removed += self._surplus
        private = next((f for f in questions(self._form["fields"]) if f.get("private")), None)
        if (self._unplaced or removed) and private and self._answers:
            earlier = str(self._answers.get(private["name"], ""))
            words = [earlier, *self._unplaced, *removed]
            self._answers[private["name"]] = "\n".join(filter(None, words))
        return self._answers, len(self._unplaced)

    def _add_row(self, field: RepeatField, line: str) -> None:
        name = field["name"]
        bullet, words = entry(line)
        rows = self._rows.setdefault(name, [])
        if not words.strip(".…_-– "):
            self._last = None
            rows += [EndingLine(True, "")] if bullet else []
            return
        self._bulleted |= bullet
        if rows and not bullet and self._continues(name, line):
            rows[-1] = rows[-1]._replace(words=f"{rows[-1].words} {words}")
            bullet = rows[-1].bullet
        else:
            rows.append(EndingLine(bullet, words, max(self._blank_lines, 0)))
        self._last = (name, bullet, line)

    def _continues(self, name: str, line: str) -> bool:
        """Return whether a line without a bullet continues the entry above.

        Below a bullet it does if it is indented, does not begin with a capital letter, or if its
        first word did not fit into the line above.
        """
        if self._last is None or self._last[0] != name:
            return False
        _, bullet, above = self._last
        if not bullet:
            return len(above.strip()) >= _FULL_LINE and above.rstrip()[-1] not in ".!?)]"
        first = line.split()[0]
        full = len(above.strip()) + 1 + len(first) > _FULL_LINE
        return full or line[0].isspace() or not first[0].isalpha() or first[0].islower()

    def _take_ending(self) -> list[str]:
        """Remove and return the lines below the last heading that may be the mail ending."""
        repeats = [f for f in questions(self._form["fields"]) if is_repeat(f)]
        by_field = {f["name"]: self._rows.get(f["name"], []) for f in repeats}
        rows = [row for row in by_field.pop(self._current, []) if row.words or self._bulleted]
        others = [[row for row in other if row.words] for other in by_field.values()]
        field = {f["name"]: f for f in repeats}.get(self._current)
        size = rows_of_ending(rows, others, partial(self._is_point, field)) if field else 0
        if not field or not size:
            return []
        self.ending = [row.words for row in rows[-size:]]
        self._rows[self._current] = rows[:-size]
        self.remarks.append(note_leftovers.ending_warning(self.ending, field["label"]))
        return list(self.ending)

    def _is_point(self, field: RepeatField, words: str) -> bool:
        """Return whether a line is surely a point: it ends with codes, or says "none"."""
        return len(self._row_of(field, words)) > 1 or bool(_NOTHING.fullmatch(bare_heading(words)))

    def _store_list(self, field: RepeatField) -> None:
        """Store the entries of a list as rows, with their codes apart and up to the maximum."""
        points = list(self._points(self._rows.pop(field["name"])))
        if not points:
            return
        if all(_NOTHING.fullmatch(bare_heading(point)) for point in points):
            implied = self._implied(field, has_entries=False)
            self._compare(field, implied, has_entries=False)
            self._answers = {**implied, **self._answers}
            return
        rows, maximum = [self._row_of(field, point) for point in points], field["max"]
        if surplus := points[maximum:]:
            self._surplus += surplus
            self.remarks.append(note_leftovers.surplus_warning(field["label"], maximum, surplus))
        self._answers[field["name"]] = rows[:maximum]
        implied = self._implied(field, has_entries=True)
        self._compare(field, implied, has_entries=True)
        self._answers |= implied

    def _compare(self, field: AnswerField, implied: dict[str, str], *, has_entries: bool) -> None:
        """Add a warning if entries contradict the answer to the question before them."""
        fields = {f["name"]: f for f in questions(self._form["fields"])}
        for name, value in implied.items():
            answer = str(self._answers.get(name, ""))
            if is_blank(answer) or answer == value:
                continue
            label, labels = fields[name]["label"], labels_of(fields[name])
            stored = labels[value if has_entries else answer]
            self.remarks.append(
                note_leftovers.contradiction_warning(
                    label, labels[answer], field["label"], has_entries=has_entries, stored=stored
                )
            )

    def _points(self, rows: list[EndingLine]) -> Iterator[str]:
        """Yield the text of each row; rows after the last bullet are unplaced.

        In a list with bullets, a later line without one is a farewell or a remark. An empty bullet
        comes from the sheet; it counts if other points have bullets.
        """
        bullets = (i for i, row in enumerate(rows) if row.bullet and (row.words or self._bulleted))
        last = max(bullets, default=-1)
        for i, (bullet, words, _) in enumerate(rows):
            if bullet or i < last or last < 0:
                yield from [words] if words else []
            else:
                self._unplaced.append(words)

    def _row_of(self, field: RepeatField, words: str) -> dict[str, str]:
        text_field = next((f["name"] for f in field["fields"] if not f.get("codes")), "")
        codes_field = next((f["name"] for f in field["fields"] if f.get("codes")), "")
        match = _TRAILING_CODES.search(words) if codes_field else None
        if match and all(self._is_code(code) for code in re.split(r"[\s,;]+", match["codes"])):
            codes = ", ".join(filter(None, re.split(r"[\s,;]+", match["codes"])))
            return {text_field: words[: match.start()].strip(), codes_field: codes}
        return {text_field: words}

    def _is_code(self, word: str) -> bool:
        return not word or word.casefold() in self._codes or bool(_CODE.fullmatch(word))

    def _implied(self, field: AnswerField, *, has_entries: bool) -> dict[str, str]:
        """Return the answer that entries (or "none") imply for the question before them."""
        match field.get("relevant"):
            case ["=", ["ref", str(name)], str(value)]:
                fields = {f["name"]: f for f in questions(self._form["fields"])}
                choices = choices_of(fields[name]) if name in fields else ()
                others = [choice for choice, _ in choices if choice != value]
                return dict(zip([name], [value] if has_entries else others, strict=False))
        return {}

    def _add_choice(self, field: QuestionField, line: str) -> None:
        tick = _TICK.fullmatch(line)
        if tick and not tick["mark"]:
            return
        words = tick["words"] if tick else line
        if kind_of(field).several:
            self._add_choices(field, words.strip())
            return
        name = choice_named(field, words)
        previous = str(self._answers.get(field["name"], ""))
        if not name:
            self._unplaced.append(line.strip())
        elif is_blank(previous):
            self._answers[field["name"]] = name
        elif name != previous:
            both = [labels_of(field)[choice] for choice in (previous, name)]
            self.remarks.append(note_leftovers.two_answers_warning(field["label"], *both))

    def _add_choices(self, field: QuestionField, words: str) -> None:
        """Add one choice of several; choices filled in by the seminar are named by their code."""
        answer = self._answers.get(field["name"])
        chosen = answer if is_texts(answer) else []
        code = _QUESTION.match(words)
        labels = {bare_heading(label): name for name, label in choices_of(field)}
        if "fill" in field and code:
            self._answers[field["name"]] = [*chosen, code[0]]
        elif name := labels.get(bare_heading(words)):
            self._answers[field["name"]] = [*chosen, name]
        else:
            self._unplaced.append(words)
