"""Drawings as data: words and shapes, positioned in inches from the upper left corner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Label:
    """A line of words of ``size`` points: its left edge and its baseline."""

    left: float
    base: float
    text: str
    size: float
    mark: Literal["label"] = "label"


@dataclass(frozen=True)
class Bar:
    """A horizontal bar, placed by its middle line; ``fill`` is a colour such as #1f4e8c."""

    left: float
    middle: float
    length: float
    thick: float
    fill: str
    mark: Literal["bar"] = "bar"


@dataclass(frozen=True)
class Dot:
    """A dot, placed by its centre, with an edge of one point."""

    x: float
    y: float
    radius: float
    fill: str
    edge: str
    mark: Literal["dot"] = "dot"


@dataclass(frozen=True)
class Stroke:
    """A straight line, two points thick, or one point if it is dotted."""

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
    """A sheet with its marks; later marks are drawn above earlier ones."""

    width: float
    height: float
    marks: tuple[Mark, ...]
