"""Lists every text that people may read, file by file, so that all can be read in one sitting.

These are the sentences in the package and in its scripts of forms, and the texts of templates/.
Code in a sentence is shown as {…}. Words that docs and messages avoid are marked.

Example:
  python scripts/messages.py > messages.txt
  python scripts/messages.py --marked
"""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "seminarkit"
# what plain English says otherwise: what to write in its place is in the second part
AVOIDED = {
    r"\bowes?\b|\bowed\b|\bowing\b": "has still to send, is still missing",
    r"\b(?:is|are|was|were|be) told\b|\btold\b": "reported, said",
    r"\blies?\b(?! ahead)|\blay in\b": "is in, is stored in",
    r"\bstands?\b(?! for)|\bstood\b": "is, is written",
    r"\bnobody (?:who|that|of)\b|\bwhoever\b|\bwhomever\b": "name the person or group",
    r"(?<!there )\b(?:is|are|was|were) no (?!longer|more|other|one)\b": "is not a",
    r"\bthat which\b|\bthose that\b|\bthose who\b|\bof which\b": "name the thing",
    r"\bby hand\b": "yourself, in an editor",
    r"\bset aside\b": "not taken",
    r"\bmend(?:s|ed|ing)?\b": "correct, repair",
    r"\banew\b": "again",
    r"\bbeside\b|\bbesides\b": "next to, also",
    r"\bcame\b(?! from)|\bcomes? to\b": "was received",
    r"\bhand(?:s|ed|ing)? (?:out|over|in)\b": "send, give",
    r"\b(?:a|an) (?:line|row|sheet|page|table|notebook|report|question|form) (?:a|an) ": "per",
}
_WORDS = re.compile(r"[A-Za-z]{2,}")


class Message(NamedTuple):
    """One text, with the file and line where it is written."""

    file: str
    line: int
    text: str

    @property
    def marks(self) -> list[str]:
        """The words in it that are avoided."""
        found = (re.search(pattern, self.text, re.IGNORECASE) for pattern in AVOIDED)
        return [match[0] for match in found if match]


def messages() -> Iterator[Message]:
    """Yield every text of the package, the forms' script and the templates."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield from _in_python(path)
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix in (".j2", ".html", ".txt", ".md"):
            yield from _in_template(path)
    for path in sorted((PACKAGE / "core" / "forms").glob("*.js")):
        yield from _in_script(path)


def _in_python(path: Path) -> Iterator[Message]:
    tree = ast.parse(path.read_text("utf-8"))
    helps = {id(node) for node in _help_texts(tree)}
    docs = {id(node) for node in _docstrings(tree)} - helps
    joined = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    inside = {id(part) for node in joined for part in ast.walk(node) if part is not node}
    for node in ast.walk(tree):
        if id(node) in docs or id(node) in inside:
            continue
        text = _text(node)
        if _is_sentence(text):
            yield Message(path.relative_to(ROOT).as_posix(), node.lineno, " ".join(text.split()))


def _docstrings(tree: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                yield first.value


def _help_texts(tree: ast.AST) -> Iterator[ast.expr]:
    """Yield the docstrings of commands: they are what ``--help`` prints."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            decorators = [ast.unparse(each) for each in node.decorator_list]
            first = node.body[0]
            if any("command" in each for each in decorators) and isinstance(first, ast.Expr):
                yield first.value


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            _text(part) if isinstance(part, ast.Constant) else "{…}" for part in node.values
        )
    return ""


def _is_sentence(text: str) -> bool:
    """Say whether a string is for people: several words, and not a query, a pattern or a path."""
    if len(_WORDS.findall(text)) < 3 or " " not in text.strip():
        return False
    return not re.search(r"[\\^]|\bSELECT\b|\bWHERE\b|</|;\s*\w+:|^\s*(?:import|def) ", text)


def _in_template(path: Path) -> Iterator[Message]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        text = re.sub(r"<[^>]*>|\{%.*?%\}|\{#.*?#\}", " ", line)
        text = " ".join(re.sub(r"\{\{.*?\}\}", "{…}", text).split())
        if _is_sentence(text):
            yield Message(path.relative_to(ROOT).as_posix(), number, text)


def _in_script(path: Path) -> Iterator[Message]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if line.lstrip().startswith("//"):
            continue
        for text in re.findall(r'"([^"]+)"|`([^`]+)`', line):
            words = re.sub(r"\$\{[^}]*\}", "{…}", text[0] or text[1])
            if _is_sentence(words):
                yield Message(path.relative_to(ROOT).as_posix(), number, words)


def main() -> None:
    """Print the texts below the name of their file."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("--marked", action="store_true", help="only texts with words to avoid")
    only_marked = parser.parse_args().marked
    last = ""
    for message in messages():
        if only_marked and not message.marks:
            continue
        if message.file != last:
            print(f"\n{message.file}")
            last = message.file
        marks = f"   [{', '.join(message.marks)}]" if message.marks else ""
        print(f"{message.line:5}  {message.text}{marks}")


if __name__ == "__main__":
    main()
