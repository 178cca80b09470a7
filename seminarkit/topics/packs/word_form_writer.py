"""A form as a Word document, to be filled in there or to be read when filled in.

Each question is a table, with its label above a single answer cell. Tables survive other word
processors, and the answer can be found by its content control, its bookmark or its label.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from seminarkit.core.disk.files import NEVER
from seminarkit.core.documents.docx_file import WordFile
from seminarkit.core.documents.docx_xml import (
    Words,
    cell,
    choice_place,
    paragraph,
    table,
    text_place,
)
from seminarkit.core.forms.question_kinds import kind_of
from seminarkit.core.forms.shapes import (
    AnswerField,
    Answers,
    Field,
    NoteField,
    Payload,
    PersonalForm,
    RepeatField,
    choices_of,
    is_group,
    is_note,
    is_repeat,
    rows_of,
)
from seminarkit.core.forms.word_form import (
    BEGIN,
    DIFFERS,
    FRAME_PROPERTY,
    HANDED_PROPERTY,
    PLACEHOLDER,
    TOP_PROPERTY,
    AnswerPlace,
    answers_mark,
    hint_lines,
    identity,
    identity_line,
    label_line,
    note_line,
    top_mark,
)

_EMPTY_ROWS = 3
_WIDTH = 9638


def form_document(
    form: PersonalForm, filled: Payload | None = None, *, handed_out: bool = False
) -> bytes:
    """Return the form as .docx, with the answers of a payload in place.

    With ``handed_out``, the file records the answers it was handed out with, so that a file sent
    back unchanged does not count as filled in.
    """
    saved = filled.get("saved_at", "") if filled else ""
    changed = datetime.fromisoformat(saved.removesuffix("Z")) if saved else NEVER
    document = _FormDocument(form, filled["answers"] if filled else {}, changed)
    return document.save(handed_out=handed_out)


class _FormDocument:
    def __init__(self, form: PersonalForm, answers: Answers, changed: datetime) -> None:
        self.form, self.answers = form, answers
        self.file = WordFile(form["title"], form["lang"], changed)
        self.questions = 0
        self.notes: list[str] = []

    def save(self, *, handed_out: bool) -> bytes:
        form, head = self.form, dict(self.form["header"])
        send_to = head.get("Send your file to", "")
        how = (
            "How to fill it in: write in the boxes, click the squares that apply, save this file, "
            f"and send it {f'to {send_to}' if send_to else 'back'}. You may send a form that is "
            "not finished, and send it again later. The newer one counts."
        )
        notes = [text for text in (how, form.get("intro", "")) if text]
        remarks = [f"The organisers ask: {text}" for text in form.get("remarks", ())]
        for text in notes:
            self.file.text(text, "Seminar Note")
        for text in remarks:
            self.file.text(text, "Seminar Note")
        self.file.rows(form["header"], (1, 4))
        self.file.add(paragraph("", "Seminar Gap", bookmark=(0, BEGIN)))
        self._fields(form["fields"], 1)
        self.file.text(identity_line(form), "Seminar Mark")
        top = [form["title"], *notes, *remarks, *(text for line in form["header"] for text in line)]
        marks = {TOP_PROPERTY: top_mark(top), FRAME_PROPERTY: top_mark(self.notes)}
        if handed_out and self.answers:
            marks[HANDED_PROPERTY] = answers_mark(form, self.answers)
        return self.file.save({**identity(form), **marks})

    def _fields(self, fields: Sequence[Field], level: int) -> None:
        for field in fields:
            if is_group(field):
                self._title(field, level)
                self._fields(field["fields"], min(level + 1, 3))
            elif is_repeat(field):
                self._title(field, level)
                self._rows(field, min(level + 1, 3))
            elif is_note(field):
                self._note(field)
            else:
                self._question(AnswerPlace(field), self.answers.get(field["name"]))

    def _note(self, field: NoteField) -> None:
        for text in (field["label"], *(note_line(line) for line in field.get("lines", ()))):
            self._shown(text)

    def _shown(self, text: str) -> None:
        """Add a line that is for information only."""
        self.file.text(text, "Seminar Note")
        self.notes.append(text)

    def _title(self, field: Field, level: int) -> None:
        self.file.heading([Words(label_line(field))], level)
        for line in hint_lines(field, self.form):
            self.file.text(line, "Seminar Hint")

    def _rows(self, field: RepeatField, level: int) -> None:
        rows = rows_of(self.answers.get(field["name"]))
        number = max(min(max(field["min"], _EMPTY_ROWS), field["max"]), len(rows))
        for i in range(number):
            self.file.heading([Words(f"{field['row']} {i + 1}")], level)
            row: Answers = rows[i] if i < len(rows) else {}
            for inner in field["fields"]:
                if is_note(inner):
                    self._note(inner)
                else:
                    self._question(AnswerPlace(inner, field["name"], i), row.get(inner["name"]))

    def _question(self, place: AnswerPlace, value: object) -> None:
        field = place.field
        self.questions += 1
        for line in _offers(field):
            self._shown(line)
        bookmark = (self.questions, place.bookmark)
        question = paragraph(label_line(field), "Seminar Question", bookmark=bookmark) + "".join(
            paragraph(line, "Seminar Hint") for line in hint_lines(field, self.form)
        )
        kind = kind_of(field)
        if kind.choices:
            selected = value if isinstance(value, list) else [value]
            answer = "".join(
                choice_place(place._replace(choice=name).tag, label, ticked=name in selected)
                for name, label in choices_of(field)
            )
        else:
            text = "" if value is None else kind.words(value)
            answer = text_place(place.tag, field["label"], text, PLACEHOLDER)
        rows = [[cell(question, _WIDTH, shade=True)], [cell(answer, _WIDTH)]]
        self.file.add(table(rows, [_WIDTH], whole=kind.choices))
        self.file.text("", "Seminar Gap")


def _offers(field: AnswerField) -> list[str]:
    """Return the differing answers of the delegation's people, to choose from."""
    offers = [f"{name} wrote: {words}" for name, words, _ in field.get("offers", ())]
    return [DIFFERS, *offers] if offers else []
