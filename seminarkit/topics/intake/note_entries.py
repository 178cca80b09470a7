"""Places the lines below headings of notes into the answers of their form."""

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
from seminarkit.topics.intake.mail.endings import Row, rows_of_ending

_TICK = re.compile(r"\s*[-*•]?\s*\[\s*(?P<mark>[^\s\]]?)\s*\]\s*(?P<words>.*)")
_BEHIND = re.compile(r"[\s.]*[(\[](?P<codes>[^()\[\]]{2,200})[)\]][\s.]*$")
_CODE = re.compile(r"[A-Z]{2}[A-Za-z0-9]*(?:-[A-Za-z0-9]+)*")
_QUESTION = re.compile(r"[A-Z]{2}-[A-Z0-9]+-q\d+\b")
_NOTHING = re.compile(
    r"n/a|there was (?:none|nothing)|no disagreements?|"
    r"(?:none|no(?: decisions?| steps?)?|nothing)(?: (?:was|were|has been|is))?"
    r"(?: (?:decided|agreed|agreed on|raised|named|noted|said|planned|to (?:add|report|tell)))?"
    r"(?: (?:yet|so far))?"
)
_FULL_LINE = 60  # mail programs break a line somewhere above


class Notes:
    """Takes lines one by one, each with its question; ``result`` gives the answers.

    ``is_mail`` where what stands last may be how a mail ends. After ``result``, ``remarks`` are
    sentences on what was not taken as it stands, and ``ending`` the lines that are in doubt.
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
        self._rows: dict[str, list[Row]] = {}  # of lists, until their answers are made
        self._unplaced: list[str] = []
        self._surplus: list[str] = []
        self._lists = False  # whether points were written behind bullets
        self._last: tuple[str, bool, str] | None = None  # question, bullet, line
        self._below = ""  # the question whose heading came last
        self._part = 0  # how many blank lines came behind it

    def take(self, field: AnswerField | None, line: str) -> None:
        """Take a line below the heading of a question; an empty one ends an entry."""
        if field and field["name"] != self._below:
            self._below, self._part = field["name"], -1
        if not line.strip():
            self._last = None
            self._part += 1
        elif field is None:
            self._unplaced.append(line.strip())
        elif is_repeat(field):
            self._row(field, line)
        elif kind_of(field).choices:
            self._choice(field, line)
        else:
            before = self._answers.get(field["name"], "")
            self._answers[field["name"]] = f"{before}\n{line.strip()}".strip()

    def result(self) -> tuple[dict[str, object], int]:
        """Return the answers, and how many lines had no place and went into the private field."""
        aside = self._take_ending() if self._is_mail else []
        for field in questions(self._form["fields"]):
            if is_repeat(field) and field["name"] in self._rows:
                self._finish(field)
            elif is_question(field) and isinstance(text := self._answers.get(field["name"]), str):
                read = kind_of(field).read(text)
                self._answers[field["name"]] = text if read is None else read
        self._unplaced = [words for words in self._unplaced if re.search(r"\w", words)]
        aside += self._surplus
        private = next((f for f in questions(self._form["fields"]) if f.get("private")), None)
        if (self._unplaced or aside) and private and self._answers:
            before = str(self._answers.get(private["name"], ""))
            words = [before, *self._unplaced, *aside]
            self._answers[private["name"]] = "\n".join(filter(None, words))
        return self._answers, len(self._unplaced)

    def _row(self, field: RepeatField, line: str) -> None:
        name = field["name"]
        bullet, words = entry(line)
        rows = self._rows.setdefault(name, [])
        if not words.strip(".…_-– "):
            self._last = None
            rows += [Row(True, "")] if bullet else []
            return
        self._lists |= bullet
        if rows and not bullet and self._goes_on(name, line):
            rows[-1] = rows[-1]._replace(words=f"{rows[-1].words} {words}")
            bullet = rows[-1].bullet
        else:
            rows.append(Row(bullet, words, max(self._part, 0)))
        self._last = (name, bullet, line)

    def _goes_on(self, name: str, line: str) -> bool:
        """Say whether a line without a bullet belongs to the entry above.

        Below a bullet it does where it is indented, goes on in small letters, or where its first
        word did not fit into the line above: any other line is one of its own.
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
        """Take away, and return, what stands below the last heading and may end the mail."""
        repeats = [f for f in questions(self._form["fields"]) if is_repeat(f)]
        below = {f["name"]: self._rows.get(f["name"], []) for f in repeats}
        rows: list[Row] = [row for row in below.pop(self._below, []) if row.words or self._lists]
        others = [[row for row in other if row.words] for other in below.values()]
        field = {f["name"]: f for f in repeats}.get(self._below)
        size = rows_of_ending(rows, others, partial(self._is_point, field)) if field else 0
        if not field or not size:
            return []
        self.ending = [row.words for row in rows[-size:]]
        self._rows[self._below] = rows[:-size]
        self.remarks.append(note_leftovers.ending_words(self.ending, field["label"]))
        return list(self.ending)

    def _is_point(self, field: RepeatField, words: str) -> bool:
        """Say whether a line is one of notes by its words alone: codes behind it, or "none"."""
        return len(self._with_codes(field, words)) > 1 or bool(
            _NOTHING.fullmatch(bare_heading(words))
        )

    def _finish(self, field: RepeatField) -> None:
        """Make rows of the words: the codes behind each in their own place, not more than asked."""
        words = list(self._own_rows(self._rows.pop(field["name"])))
        if not words:
            return
        if all(_NOTHING.fullmatch(bare_heading(each)) for each in words):
            implied = self._implied(field, there=False)
            self._against(field, implied, there=False)
            self._answers = {**implied, **self._answers}
            return
        rows = [self._with_codes(field, each) for each in words]
        if surplus := words[field["max"] :]:
            self._surplus += surplus
            self.remarks.append(note_leftovers.surplus_words(field["label"], field["max"], surplus))
        self._answers[field["name"]] = rows[: field["max"]]
        implied = self._implied(field, there=True)
        self._against(field, implied, there=True)
        self._answers |= implied

    def _against(self, field: AnswerField, implied: dict[str, str], *, there: bool) -> None:
        """Note where what stands below a heading is not what the question before it says."""
        asked = {f["name"]: f for f in questions(self._form["fields"])}
        for name, value in implied.items():
            answer = str(self._answers.get(name, ""))
            if is_blank(answer) or answer == value:
                continue
            labels = labels_of(asked[name])
            stored = labels[value if there else answer]
            self.remarks.append(
                note_leftovers.against_words(
                    asked[name]["label"], labels[answer], field["label"], there=there, stored=stored
                )
            )

    def _own_rows(self, rows: list[Row]) -> Iterator[str]:
        """Yield the words of rows; those without a bullet below the last with one have no place.

        Whoever lists points goes on to do so: what comes then is a farewell, or a remark. A bullet
        with nothing behind it is the sheet's own, and counts where others were written behind.
        """
        bullets = (at for at, row in enumerate(rows) if row.bullet and (row.words or self._lists))
        last = max(bullets, default=-1)
        for at, (bullet, words, _) in enumerate(rows):
            if bullet or at < last or last < 0:
                yield from [words] if words else []
            else:
                self._unplaced.append(words)

    def _with_codes(self, field: RepeatField, words: str) -> dict[str, str]:
        text = next((f["name"] for f in field["fields"] if not f.get("codes")), "")
        about = next((f["name"] for f in field["fields"] if f.get("codes")), "")
        behind = _BEHIND.search(words) if about else None
        if behind and all(self._is_code(each) for each in re.split(r"[\s,;]+", behind["codes"])):
            codes = ", ".join(filter(None, re.split(r"[\s,;]+", behind["codes"])))
            return {text: words[: behind.start()].strip(), about: codes}
        return {text: words}

    def _is_code(self, word: str) -> bool:
        return not word or word.casefold() in self._codes or bool(_CODE.fullmatch(word))

    def _implied(self, field: AnswerField, *, there: bool) -> dict[str, str]:
        """Return what entries, or the word that there are none, say of the question before them."""
        match field.get("relevant"):
            case ["=", ["ref", str(name)], str(value)]:
                asked = {f["name"]: f for f in questions(self._form["fields"])}
                choices = choices_of(asked[name]) if name in asked else ()
                others = [choice for choice, _ in choices if choice != value]
                return dict(zip([name], [value] if there else others, strict=False))
        return {}

    def _choice(self, field: QuestionField, line: str) -> None:
        tick = _TICK.fullmatch(line)
        if tick and not tick["mark"]:
            return
        words = tick["words"] if tick else line
        if kind_of(field).several:
            self._choices(field, words.strip())
            return
        name = choice_named(field, words)
        before = str(self._answers.get(field["name"], ""))
        if not name:
            self._unplaced.append(line.strip())
        elif is_blank(before):
            self._answers[field["name"]] = name
        elif name != before:
            both = [labels_of(field)[each] for each in (before, name)]
            self.remarks.append(note_leftovers.twice_words(field["label"], *both))

    def _choices(self, field: QuestionField, words: str) -> None:
        """Take a choice of several; one that the seminar fills in is named by its code."""
        stored = self._answers.get(field["name"])
        before = stored if is_texts(stored) else []
        code = _QUESTION.match(words)
        labels = {bare_heading(label): name for name, label in choices_of(field)}
        if "fill" in field and code:
            self._answers[field["name"]] = [*before, code[0]]
        elif name := labels.get(bare_heading(words)):
            self._answers[field["name"]] = [*before, name]
        else:
            self._unplaced.append(words)
