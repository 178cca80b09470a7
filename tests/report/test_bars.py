"""Does every chart hold what is written on it, whatever that is?"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from seminarkit.report import charts
from seminarkit.report.bars import Bar, Column, bars
from seminarkit.report.dossier import Dossier
from seminarkit.report.drawing import Chart, Sheet

LABELS = [
    "Recognition of learning from elsewhere, in all of the higher education institutions",
    "აღიარება სხვაგან მიღებული განათლებისა და გამოცდილებისა უნივერსიტეტში",
    "الاعتراف بالتعلم السابق في مؤسسات التعليم العالي في البلاد",
    "הכרה בלמידה קודמת במוסדות להשכלה גבוהה",
    "W" * 60,
    "i",
    "$5 and $6",
]


def boxes(sheet: Sheet) -> list[Any]:
    """Return where each text stands, in inches from the lower left corner."""
    canvas = FigureCanvasAgg(sheet.figure)
    renderer = canvas.get_renderer()
    scale = sheet.figure.dpi_scale_trans.inverted()
    texts = [text for text in sheet.figure.texts if text.get_text()]
    return [text.get_window_extent(renderer).transformed(scale) for text in texts]


def assert_inside(sheet: Sheet) -> None:
    for box in boxes(sheet):
        assert box.x0 > -0.02 and box.x1 < sheet.width + 0.02
        assert box.y0 > -0.02 and box.y1 < sheet.height + 0.02


@pytest.mark.parametrize(
    ("columns", "words"),
    [(1, "7"), (1, "fewer than 5"), (1, "12, in 3 groups"), (2, "fewer than 5"), (3, "10–14")],
)
@pytest.mark.parametrize("width", [5.6, 9.0])
def test_words_and_bars_stand_inside_and_apart(columns: int, words: str, width: float) -> None:
    """V01 X06: no label is cut off, no two rows lie on each other."""
    given = [Column([Bar(words, n, n + 2) for n, _ in enumerate(LABELS)], "South\nMediterranean\n(16)") for _ in range(columns)]  # fmt: skip
    sheet = bars(LABELS, given, width=width)
    assert_inside(sheet)
    rows = boxes(sheet)[: len(LABELS)]
    assert all(upper.y0 >= lower.y1 - 0.01 for upper, lower in pairwise(rows))
    shapes = [each.get_window_extent() for each in sheet.figure.artists]
    assert shapes and max(box.x1 for box in shapes) <= width * sheet.figure.dpi


@pytest.mark.parametrize("numbers", [[0, 0], [0], [1_000_000, 1]])
def test_any_numbers_give_a_chart(numbers: list[int]) -> None:
    sheet = bars(["a"] * len(numbers), [Column([Bar(str(n), n) for n in numbers])])
    assert_inside(sheet)


def test_bars_of_one_whole_are_on_one_scale() -> None:
    """A part of many is not drawn as long as all of them."""
    half = bars(["a"], [Column([Bar("5", 5)])], 10).figure.artists[0]
    full = bars(["a"], [Column([Bar("10", 10)])], 10).figure.artists[0]
    assert half.get_width() < 0.7 * full.get_width()


@pytest.mark.parametrize("year", [1990, 2020, 2050])
def test_a_seminar_before_or_after_all_steps_stands_on_the_sheet(year: int) -> None:
    facts = [{"year": n, "topic": label} for n, label in zip((2001, 2010, 2024), LABELS, strict=False)]  # fmt: skip
    dossier = Dossier({"facts": facts, "seminar": {"year": year}})
    drawn = charts.steps(dossier)
    assert isinstance(drawn, Chart)


def test_what_is_drawn_leaves_the_settings_of_others_alone() -> None:
    """A cell that draws with pyplot draws as it would without the kit."""
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    Chart(bars(["$a$ and $b$"], [Column([Bar("1", 1)])]), "f", "t")
    assert dict(mpl.rcParams) == before
