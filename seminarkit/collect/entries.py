"""Places the lines below headings of notes into the answers of their form."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from seminarkit.forms.answers import CompiledForm, is_blank, questions
from seminarkit.forms.plaintext import bare_heading, entry

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
    """Takes lines one by one, each with its question; ``result`` gives the answers."""

    def __init__(self, form: CompiledForm, codes: Collection[str]) -> None:
        self._form = form
        self._codes = {code.casefold() for code in codes}
        self._answers: dict[str, Any] = {}
        self._unplaced: list[str] = []
        self._last: tuple[str, bool, str] | None = None  # question, bullet, line

    def take(self, field: Mapping[str, Any] | None, line: str) -> None:
        """Take a line below the heading of a question; an empty one ends an entry."""
        if not line.strip():
            self._last = None
        elif field is None:
            self._unplaced.append(line.strip())
        elif field["type"] == "repeat":
            self._row(field, line)
        elif "choices" in field:
            self._choice(field, line)
        else:
            before = self._answers.get(field["name"], "")
            self._answers[field["name"]] = f"{before}\n{line.strip()}".strip()

    def result(self) -> tuple[dict[str, Any], int]:
        """Return the answers, and how many lines had no place and went into the private field."""
        for field in questions(self._form["fields"]):
            if field["type"] == "repeat" and field["name"] in self._answers:
                self._finish(field)
        private = next((f for f in questions(self._form["fields"]) if f.get("private")), None)
        if self._unplaced and private and self._answers:
            words = [self._answers.get(private["name"], ""), *self._unplaced]
            self._answers[private["name"]] = "\n".join(filter(None, words))
        return self._answers, len(self._unplaced)

    def _row(self, field: Mapping[str, Any], line: str) -> None:
        name = field["name"]
        bullet, words = entry(line)
        if not words.strip(".…_-– "):
            self._last = None
            return
        rows: list[str] = self._answers.setdefault(name, [])
        if rows and not bullet and self._goes_on(name):
            rows[-1] += f" {words}"
        else:
            rows.append(words)
        self._last = (name, bullet or (self._last or ("", False))[1], line)

    def _goes_on(self, name: str) -> bool:
        """Say whether a line without a bullet belongs to the entry above."""
        if self._last is None or self._last[0] != name:
            return False
        _, bullet, above = self._last
        broken = len(above.strip()) >= _FULL_LINE and above.rstrip()[-1] not in ".!?)]"
        return bullet or broken

    def _finish(self, field: Mapping[str, Any]) -> None:
        """Make rows of the words: the codes behind each in their own place, not more than asked."""
        words = self._answers.pop(field["name"])
        if all(_NOTHING.fullmatch(bare_heading(each)) for each in words):
            self._answers = {**self._implied(field, there=False), **self._answers}
            return
        rows = [self._with_codes(field, each) for each in words]
        self._unplaced += words[field["max"] :]
        if rows:
            self._answers[field["name"]] = rows[: field["max"]]
            self._answers |= self._implied(field, there=True)

    def _with_codes(self, field: Mapping[str, Any], words: str) -> dict[str, str]:
        text = next((f["name"] for f in field["fields"] if not f.get("codes")), "")
        about = next((f["name"] for f in field["fields"] if f.get("codes")), "")
        behind = _BEHIND.search(words) if about else None
        if behind and all(self._is_code(each) for each in re.split(r"[\s,;]+", behind["codes"])):
            codes = ", ".join(filter(None, re.split(r"[\s,;]+", behind["codes"])))
            return {text: words[: behind.start()].strip(), about: codes}
        return {text: words}

    def _is_code(self, word: str) -> bool:
        return not word or word.casefold() in self._codes or bool(_CODE.fullmatch(word))

    def _implied(self, field: Mapping[str, Any], *, there: bool) -> dict[str, str]:
        """Return what entries, or the word that there are none, say of the question before them."""
        match field.get("relevant"):
            case ["=", ["ref", str(name)], str(value)]:
                asked = {f["name"]: f for f in questions(self._form["fields"])}
                choices = [choice for choice, _ in asked.get(name, {}).get("choices", ())]
                others = [choice for choice in choices if choice != value]
                found = [value] if there else others[:1]
                return dict(zip([name], found, strict=False))
        return {}

    def _choice(self, field: Mapping[str, Any], line: str) -> None:
        tick = _TICK.fullmatch(line)
        if tick and not tick["mark"]:
            return
        words = tick["words"] if tick else line
        if field["type"] == "select_multiple":
            self._choices(field, words.strip())
            return
        words = bare_heading(words)
        labels = {bare_heading(label): name for name, label in field["choices"]}
        first = words.split(",")[0].split(" ")[0]
        begin = [n for label, n in labels.items() if label.split(",")[0].split(" ")[0] == first]
        name = labels.get(words) or (begin[0] if len(begin) == 1 else "")
        if not name or not is_blank(self._answers.get(field["name"], "")):
            self._unplaced.append(line.strip())
        else:
            self._answers[field["name"]] = name

    def _choices(self, field: Mapping[str, Any], words: str) -> None:
        """Take a choice of several; one that the seminar fills in is named by its code."""
        before = self._answers.get(field["name"], [])
        code = _QUESTION.match(words)
        labels = {bare_heading(label): name for name, label in field["choices"]}
        if "fill" in field and code:
            self._answers[field["name"]] = [*before, code[0]]
        elif name := labels.get(bare_heading(words)):
            self._answers[field["name"]] = [*before, name]
        else:
            self._unplaced.append(words)
