"""Parse and evaluate the expressions in ``relevant`` and ``constraint``, a subset of XLSForm's.

A text such as ``selected(${uses}, 'yes') and string-length(.) > 3`` becomes a tree of JSON lists,
``["and", ["selected", ["ref", "uses"], "yes"], [">", ["string-length", ["self"]], 3]]``.
``evaluate`` here and in form.js return the same value for the same tree; the tests' vectors.json
checks both. The functions are some of XLSForm's (https://xlsform.org). Expressions are never
passed to an interpreter.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from seminarkit.core.forms.shapes import Answers, Tree

FUNCTIONS = {
    "selected": 2,
    "count-selected": 1,
    "count": 1,
    "string-length": 1,
    "regex": 2,
    "not": 1,
}
_TOKEN = re.compile(
    r"""\s*(?:
      \$\{(?P<ref>[A-Za-z_][A-Za-z0-9_]*)\}
    | (?P<text>'[^']*'|"[^"]*")
    | (?P<number>\d+(?:\.\d+)?)
    | (?P<word>[a-z]+(?:-[a-z]+)*)
    | (?P<sign><=|>=|!=|[=<>(),.])
    )""",
    re.VERBOSE,
)
# Only patterns that Python's re and JavaScript's RegExp read in the same way.
_PATTERN = re.compile(r"(?:[^\\]|\\[.\\/()\[\]{}+*?|^$dw])*", re.DOTALL)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)


class ExpressionError(ValueError):
    """An expression has a syntax error; the message says where."""


def parse(text: str) -> Tree:
    """Return the tree of an expression; raise ExpressionError with the place of a mistake."""
    parser = _Parser(text)
    tree = parser.either()
    if parser.kind is not None:
        raise ExpressionError(f"'{parser.value}' is not expected in '{text}'")
    return tree


def references(tree: Tree) -> Iterator[str]:
    """Yield the name of every question that a tree refers to."""
    if isinstance(tree, list):
        if tree[0] == "ref":
            yield tree[1]
        else:
            for part in tree[1:]:
                yield from references(part)


def evaluate(tree: Tree, answers: Answers, own: Any = "") -> Any:
    """Return the value of a tree: a text, number, list or bool.

    ``answers`` are by question name, ``own`` is the value of ``.``. An unanswered question is ''.
    """
    if not isinstance(tree, list):
        return tree
    name, args = tree[0], tree[1:]
    if name == "ref":
        return answers.get(args[0], "")
    if name == "self":
        return own
    if name == "and":
        return all(truth(evaluate(a, answers, own)) for a in args)
    if name == "or":
        return any(truth(evaluate(a, answers, own)) for a in args)
    values = [evaluate(a, answers, own) for a in args]
    first = values[0]
    if name == "not":
        return not truth(first)
    if name == "selected":
        return _text(values[1]) in first if isinstance(first, list) else _text(first) == values[1]
    if name in ("count", "count-selected"):
        return len(first) if isinstance(first, list) else int(_text(first) != "")
    if name == "string-length":
        return len(_text(first))
    if name == "regex":
        return re.fullmatch(str(values[1]), _text(first), re.ASCII | re.DOTALL) is not None
    return _compare(name, first, values[1])


def truth(value: Any) -> bool:
    """Return whether a value counts as true: not empty, not 0, not false."""
    return bool(value)


def _compare(sign: str, left: Any, right: Any) -> bool:
    if sign in ("=", "!="):
        numeric = any(isinstance(v, int | float) for v in (left, right))
        same = _number(left) == _number(right) if numeric else _text(left) == _text(right)
        return same if sign == "=" else not same
    a, b = _number(left), _number(right)  # NaN makes a comparison with a non-number false
    return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[sign]


def _text(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(v for v in value if isinstance(v, str))
    return str(value) if isinstance(value, str | int | float) else ""


def _number(value: Any) -> float:
    if isinstance(value, int | float):
        return float(value)
    text = _text(value).strip(" \t\r\n")
    return float(text) if _NUMBER.fullmatch(text) else math.nan


class _Parser:
    """A recursive descent parser with one token of lookahead, one method per grammar rule."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.kind: str | None = None
        self.value = ""
        self.advance()

    def advance(self) -> str:
        token = self.value
        if not self.text[self.at :].strip():
            self.kind, self.value = None, "the end"
            return token
        match = _TOKEN.match(self.text, self.at)
        if not match:
            raise ExpressionError(f"'{self.text[self.at :].strip()[:20]}' cannot be read")
        self.at, self.kind = match.end(), match.lastgroup
        self.value = match[match.lastgroup or 0]
        return token

    def take(self, value: str) -> None:
        if self.kind is None or self.value != value:
            raise ExpressionError(f"'{value}' is expected before '{self.value}' in '{self.text}'")
        self.advance()

    def is_word(self, word: str) -> bool:
        return self.kind == "word" and self.value == word

    def either(self) -> Tree:
        parts = [self.both()]
        while self.is_word("or"):
            self.advance()
            parts.append(self.both())
        return ["or", *parts] if len(parts) > 1 else parts[0]

    def both(self) -> Tree:
        parts = [self.comparison()]
        while self.is_word("and"):
            self.advance()
            parts.append(self.comparison())
        return ["and", *parts] if len(parts) > 1 else parts[0]

    def comparison(self) -> Tree:
        left = self.operand()
        if self.kind == "sign" and self.value in ("=", "!=", "<", "<=", ">", ">="):
            return [self.advance(), left, self.operand()]
        return left

    def operand(self) -> Tree:
        if self.kind == "ref":
            return ["ref", self.advance()]
        if self.kind == "text":
            return self.advance()[1:-1]
        if self.kind == "number":
            number = float(self.advance())
            return int(number) if number.is_integer() else number
        if self.kind == "word":
            return self.call()
        if self.kind == "sign" and self.value == ".":
            self.advance()
            return ["self"]
        if self.value != "(":
            raise ExpressionError(
                f"a question as ${{name}}, a text or a number is expected before '{self.value}'"
            )
        self.advance()
        tree = self.either()
        self.take(")")
        return tree

    def call(self) -> Tree:
        name = self.advance()
        if name not in FUNCTIONS:
            raise ExpressionError(
                f"'{name}' is not a function; known: {', '.join(sorted(FUNCTIONS))}"
            )
        self.take("(")
        args = [self.either()]
        while self.kind == "sign" and self.value == ",":
            self.advance()
            args.append(self.either())
        self.take(")")
        if len(args) != FUNCTIONS[name]:
            raise ExpressionError(f"'{name}' takes {FUNCTIONS[name]} values, not {len(args)}")
        if name == "regex":
            _check_pattern(args[1])
        return [name, *args]


def _check_pattern(pattern: Tree) -> None:
    if not isinstance(pattern, str):
        raise ExpressionError("the pattern of regex() must be in quotes")
    if not _PATTERN.fullmatch(pattern) or "(?" in pattern.replace("(?:", ""):
        raise ExpressionError(
            f"the pattern '{pattern}' uses a sign that Python and JavaScript read differently; "
            "use only letters, [ ], ( ), |, + * ? { }, . and \\d \\w"
        )
    try:
        re.compile(pattern, re.ASCII)
    except re.error as error:
        raise ExpressionError(f"the pattern '{pattern}' cannot be read: {error}") from None
