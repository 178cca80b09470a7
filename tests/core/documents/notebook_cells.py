"""Cells of executed notebooks, as Jupyter stores them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from seminarkit.core.documents.piece_json import piece_json
from seminarkit.core.documents.pieces import MIME, Piece

Cell = dict[str, Any]


def markdown(source: str, *tags: str) -> Cell:
    return {"cell_type": "markdown", "id": "m", "metadata": {"tags": [*tags]}, "source": source}


def code(*outputs: Mapping[str, Any], tags: Sequence[str] = (), **metadata: Any) -> Cell:
    return {
        "cell_type": "code",
        "id": "c",
        "metadata": {"tags": [*tags], **metadata},
        "source": "x",
        "execution_count": 1,
        "outputs": [*outputs],
    }


def shown(data: Mapping[str, Any], **metadata: Any) -> dict[str, Any]:
    return {"output_type": "display_data", "data": dict(data), "metadata": metadata}


def piece(made: Piece) -> dict[str, Any]:
    return shown({MIME: piece_json(made), "text/html": "<b>not this</b>", "text/plain": "nor this"})


def book(*cells: Cell, **metadata: Any) -> dict[str, Any]:
    return {"cells": [*cells], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
