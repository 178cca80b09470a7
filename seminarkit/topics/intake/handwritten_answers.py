"""Read answers typed into a tagged notebook cell, as JSON or as 'name: value' lines."""

from __future__ import annotations

from seminarkit.topics.intake.refusal import Refusal
from seminarkit.topics.intake.strict_json import read_json

_MAX_CHARACTERS = 500_000


def read_literal(text: str) -> dict[str, object]:
    """Return the answers in a cell's text; raise Refusal if it is not plain data.

    YAML tags, anchors and aliases are refused.
    """
    if len(text) > _MAX_CHARACTERS:
        raise Refusal(
            f"The answers typed into the notebook have more than {_MAX_CHARACTERS:,} characters."
        )
    text = text.strip()
    if text.startswith("```"):
        text = text.split("\n", 1)[-1].rsplit("```", 1)[0]
    value = (
        read_json(text.encode("utf-8", "surrogatepass")) if text.startswith("{") else _yaml(text)
    )
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise Refusal(
            "The answers typed into the notebook are not in lines of 'question: answer', so it is "
            "unclear what they answer."
        )
    return value


def _yaml(text: str) -> object:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError
    from ruamel.yaml.tokens import AliasToken, AnchorToken, TagToken

    try:
        for token in YAML(typ="safe", pure=True).scan(text):
            if isinstance(token, AliasToken | AnchorToken | TagToken):
                raise Refusal(
                    "In the answers typed into the notebook, one begins with &, * or !, which have "
                    "a special meaning there. Put the answer in quotes."
                )
        # the base loader keeps every answer as text: no dates, no booleans
        return YAML(typ="base", pure=True).load(text)
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" from line {mark.line + 1} of the cell on" if mark else ""
        raise Refusal(
            f"The answers typed into the notebook cannot be read{where}. Put an answer that "
            "contains ': ' in quotes."
        ) from None
    except (RecursionError, ValueError):
        raise Refusal("The answers typed into the notebook cannot be read.") from None
