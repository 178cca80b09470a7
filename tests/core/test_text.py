"""Is a text cleaned once, told of, and written through one door only?"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import seminarkit
from seminarkit.core.clean_text import character_counts, clean, clean_text, cleaned

PACKAGE = Path(seminarkit.__file__).parent
TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ANY = st.text(st.one_of(st.characters(), st.sampled_from(f"{TURNS}\n\r\x0b\x0c\x85\u2028\0\ufffe")))


@given(ANY)
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    """P09: once is enough; what is left can be written in UTF-8 and in XML."""
    once = clean(text).text
    assert clean(once) == (once, ())
    once.encode("utf-8")
    assert not set("\r\x0b\x0c\0\x7f\x9f\ufffe\uffff\U0001fffe") & set(once)


@given(
    st.text(
        st.characters(exclude_categories=("Cs", "Cc", "Cn")).filter(
            lambda s: s not in TURNS and s not in "\u2028\u2029"
        )
    )
)
def test_letters_of_every_script_are_never_changed(text: str) -> None:
    """P09 C22: joiners, marks, signs of direction, private signs and emoji stay."""
    assert clean(text) == (text, ())


CASES = [
    ("a\r\nb\rc\x0bd\x0ce\x85f\u2028g\u2029h", "a\nb\nc\nd\ne\nf\ng\nh", ""),
    ("a\x07b\x07", "ab", "U+0007 (2 times)"),
    ("\ufdd0\U0010ffff", "", "U+FDD0, U+10FFFF"),
    ("report\u202egpj.exe", "reportgpj.exe", "U+202E RIGHT-TO-LEFT OVERRIDE"),
    ("\u202dx\u202c y", "x y", "U+202D LEFT-TO-RIGHT OVERRIDE, U+202C POP DIRECTIONAL FORMATTING"),
    ("a \u2067שלום\u2069 b", "a \u2067שלום\u2069 b", ""),
    ("\u202bשלום\u202c", "\u202bשלום\u202c", ""),
    ("a\u2067b\nc\u2069d", "ab\ncd", "U+2067 RIGHT-TO-LEFT ISOLATE, U+2069 POP DIRECTIONAL ISOLATE"),
    ("\u2066\u202ba\u2069b", "\u2066a\u2069b", "U+202B RIGHT-TO-LEFT EMBEDDING"),
    ("ق\u200fa\u200eb\u061cc\u200dd\u200ce\ufeff", "ق\u200fa\u200eb\u061cc\u200dd\u200ce\ufeff", ""),
    ("\ud83d", "", "U+D83D"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "left", "removed"), CASES)
def test_what_goes_is_named(text: str, left: str, removed: str) -> None:
    """P09"""
    result = clean(text)
    assert (result.text, character_counts(result.removed)) == (left, removed)


def test_a_value_is_cleaned_however_deep() -> None:
    """P09"""
    deep = {"a": ["\x00b", {"c": "\ufffe"}], "n": 3, "t": ("\x07",)}
    assert cleaned(deep) == {"a": ["b", {"c": ""}], "n": 3, "t": ("",)}
    assert clean_text("a\x0b") == "a\n"


# What puts a text into a file: a call by its name, and which of its arguments is the text.
CALLS = {
    "add_run": 0, "add_heading": 0, "add_worksheet": 0, "write_string": 2, "write_comment": 2,
    "write_rich_string": 2, "write": 2, "writerow": 0, "writerows": 0, "set_content": 0, "add_comment": 0,
}  # fmt: skip
ATTRIBUTES = {"text", "title", "subject", "category", "comments", "keywords", "author", "description"}  # fmt: skip
XML = {"descr", "title", "name", "val"}
WRITERS = {"docx", "pptx", "xlsxwriter", "csv", "email.message", "typst"}


def setters(tree: ast.Module) -> Iterator[tuple[ast.AST, ast.expr]]:
    """Yield each place of a module that hands a text to a library, with the text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            place = CALLS.get(node.func.attr)
            if place is not None and len(node.args) > place:
                yield node, node.args[place]
            if node.func.attr == "set" and len(node.args) == 2 and _constant(node.args[0]) in XML:
                yield node, node.args[1]
        if isinstance(node, ast.Assign):
            for target in node.targets:
                yield from ((node, value) for t, value in _pairs(target, node.value) if _is_set(t))


def _pairs(target: ast.expr, value: ast.expr) -> list[tuple[ast.expr, ast.expr]]:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        return list(zip(target.elts, value.elts, strict=True))
    return [(target, value)]


def _is_set(target: ast.expr) -> bool:
    if isinstance(target, ast.Attribute):
        of_self = isinstance(target.value, ast.Name) and target.value.id == "self"
        return target.attr in ATTRIBUTES and not of_self
    return isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name) and target.value.id == "mail"  # fmt: skip


def _constant(node: ast.expr) -> object:
    return node.value if isinstance(node, ast.Constant) else None


def is_clean(value: ast.expr, makers: set[str]) -> bool:
    """Say whether an expression is text of the kit's own, or came out of the door."""
    if isinstance(value, ast.Constant) or (isinstance(value, ast.Name) and value.id.isupper()):
        return True
    if isinstance(value, ast.Call):
        if isinstance(
            value.func, ast.Attribute
        ):  # str(int(…)) and the like are not texts of others
            return value.func.attr in makers
        return isinstance(value.func, ast.Name) and value.func.id in {*makers, "round"}
    if isinstance(value, ast.Subscript):
        return is_clean(value.value, makers)
    if isinstance(value, ast.Tuple | ast.List):
        return all(is_clean(each, makers) for each in value.elts)
    if isinstance(value, ast.ListComp):
        return is_clean(value.elt, makers)
    return False


def makers_in(tree: ast.Module) -> set[str]:
    """Return the functions of a module that say they return cleaned text."""
    functions = (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.returns)
    return {f.name for f in functions if "Text" in ast.unparse(f.returns or f)} | {"clean_text"}


def unclean(source: str) -> list[str]:
    """Return the lines of a module that write text which did not come out of the door."""
    tree = ast.parse(source)
    imported = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module}
    imported |= {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    if not any(name == w or name.startswith(f"{w}.") for name in imported for w in WRITERS):
        return []
    makers = makers_in(tree)
    return [ast.unparse(node) for node, value in setters(tree) if not is_clean(value, makers)]


# Not texts of others: the language of a document, numbers of a style, cells made by ``_plain``.
KNOWN = {
    "docx_file.py": {"default.set(qn('w:val'), lang)"},
    "serve/links_sheet.py": {"writer.writerows((rows[person] for person in sorted(rows)))"},
}


def test_no_writer_is_handed_a_text_that_was_not_cleaned() -> None:
    """P09: titles, alternative texts, notes, properties, cells and mails go through one door."""
    looked = 0
    for path in PACKAGE.rglob("*.py"):
        source = path.read_text("utf-8")
        if not any(f"import {name}" in source or f"from {name}" in source for name in WRITERS):
            continue
        looked += sum(1 for _ in setters(ast.parse(source)))
        known = KNOWN.get(path.relative_to(PACKAGE).as_posix(), set())
        assert set(unclean(source)) <= known, path
    assert looked > 15


@pytest.mark.parametrize("line", [
    "shape.text = words", "core.title = words[:255]", "core.title, core.author = words, ''",
    "picture.set('descr', words)", "notes.text_frame.text = f'{words}'", "page.write_string(0, 0, words)",
    "writer.writerow([words])", "writer.writerow([str(w) for w in words])", "mail['Subject'] = words",
    "mail.set_content(words)", "paragraph.add_run(words)", "book.add_worksheet(words)",
])  # fmt: skip
def test_the_look_for_other_doors_sees_them(line: str) -> None:
    """P09"""
    imports = "import csv\nfrom pptx import Presentation\nfrom seminarkit.core.clean_text import clean_text\n"
    assert unclean(f"{imports}{line}")
    clean_line = line.replace("words[", "clean_text(words)[").replace(
        "f'{words}'", "clean_text(words)"
    )
    clean_line = clean_line.replace("str(w)", "clean_text(w)").replace(
        "[words]", "[clean_text(words)]"
    )
    for before, after in (("= words", "= clean_text(words)"), (", words)", ", clean_text(words))"), ("(words)", "(clean_text(words))")):  # fmt: skip
        if "clean_text" not in clean_line:
            clean_line = clean_line.replace(before, after)
    assert not unclean(f"{imports}{clean_line}"), clean_line


def test_signs_are_named_from_any_collection() -> None:
    """P09: the keys of a mapping are signs, its values are no counts."""
    assert character_counts({"\x07": None, "\x01": None}) == "U+0007, U+0001"
