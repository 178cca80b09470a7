"""Read Markdown files and validate their front matter."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict

from seminarkit.core.clean_text import clean_text
from seminarkit.core.errors import FileError, raise_together
from seminarkit.core.yaml.yaml_file import YamlFile, read_text

_WEB = re.compile(r"https?://[^\s<>\"']+")


def _web(value: str) -> str:
    if not _WEB.fullmatch(value):
        raise ValueError(f"'{value}' is not a web address; write one that begins with https://")
    return value


WebAddress = Annotated[str, AfterValidator(_web)]


class Strict(BaseModel):
    """A section of a hand-written file. Unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class Written(Strict):
    """A Markdown file with its front matter. ``body`` is the text below the front matter."""

    id: str
    body: str

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs of the body as plain text."""
        blocks = re.split(r"\n\s*\n", self.body)
        return [" ".join(block.split()) for block in blocks if block.strip()]


WrittenModel = TypeVar("WrittenModel", bound=Written)


def read_written(folder: Path, model: type[WrittenModel]) -> dict[str, WrittenModel]:
    """Return every Markdown file of a folder by id. Raise FileError for mistakes."""
    models, errors = {}, []
    for path in sorted(folder.glob("*.md")):
        try:
            models[path.stem] = _read(path, model)
        except FileError as error:
            errors.append(error)
    raise_together(errors)
    return models


def front_matter(path: Path) -> tuple[YamlFile, str]:
    """Return the front matter of a file with line numbers, and the text below."""
    parts = read_text(path).split("---\n", 2)
    if len(parts) < 3 or parts[0]:
        raise FileError(
            path, [(1, "the file does not begin with front matter between '---' lines.")]
        )
    return YamlFile(path, "\n" + parts[1]), parts[2].strip()  # an empty line for the first '---'


def _read(path: Path, model: type[WrittenModel]) -> WrittenModel:
    file, body = front_matter(path)
    if "body" in file.data:
        raise FileError(
            path,
            [(file.line(("body",)), "'body' is the text below the second '---'; write it there.")],
        )
    if not body:
        raise FileError(path, [(1, "there is no text below the front matter.")])
    file.data["body"] = clean_text(body)
    parsed = file.parse(model)
    if parsed.id != path.stem:
        text = f"the id is '{parsed.id}', but the file is '{path.name}'; call it '{parsed.id}.md'."
        raise FileError(path, [(file.line(("id",)), text)])
    return parsed
