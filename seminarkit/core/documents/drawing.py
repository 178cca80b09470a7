"""A drawing as data: words and shapes on a sheet, all places inches from its upper left corner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Label:
    """A line of words of ``size`` points: where it begins, and the height it stands on."""

    left: float
    base: float
    text: str
    size: float
    mark: Literal["label"] = "label"


@dataclass(frozen=True)
class Bar:
    """A bar that lies on its middle line; ``fill`` is a colour such as #1f4e8c."""

    left: float
    middle: float
    length: float
    thick: float
    fill: str
    mark: Literal["bar"] = "bar"


@dataclass(frozen=True)
class Dot:
    """A dot around its middle, with an edge of one point."""

    x: float
    y: float
    radius: float
    fill: str
    edge: str
    mark: Literal["dot"] = "dot"


@dataclass(frozen=True)
class Stroke:
    """A straight line from one place to another: two points thick, or one where it is dotted."""

    left: float
    top: float
    right: float
    bottom: float
    color: str
    dotted: bool
    mark: Literal["stroke"] = "stroke"


Mark = Label | Bar | Dot | Stroke


@dataclass(frozen=True)
class Drawing:
    """A sheet with its marks, later ones above earlier ones."""

    width: float
    height: float
    marks: tuple[Mark, ...]
