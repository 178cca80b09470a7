"""Does every chart hold what is written on it, whatever that is?"""

from __future__ import annotations

import io
from itertools import pairwise

import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.image import imread
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D, Bbox

from seminarkit.core.documents import canvas
from seminarkit.core.documents.bar_charts import Bar, Column, bars
from seminarkit.core.documents.drawing import Bar as DrawnBar
from seminarkit.core.documents.drawing import Label
from seminarkit.core.documents.drawing_sheet import DrawingSheet
from seminarkit.core.documents.html import html
from seminarkit.core.documents.pieces import Chart
from seminarkit.core.submissions.dossier import Dossier
from seminarkit.reports import charts

LABELS = [
    "Recognition of learning from elsewhere, in all of the higher education institutions",
    "აღიარება სხვაგან მიღებული განათლებისა და გამოცდილებისა უნივერსიტეტში",
    "الاعتراف بالتعلم السابق في مؤسسات التعليم العالي في البلاد",
    "הכרה בלמידה קודמת במוסדות להשכלה גבוהה",
    "W" * 60,
    "i",
    "$5 and $6",
]


def boxes(sheet: DrawingSheet) -> list[Bbox]:
    """Return where each line of words stands by its outlines, in inches from the corner, down."""
    found = []
    for mark in sheet.drawing().marks:
        if isinstance(mark, Label):
            font = FontProperties(family="DejaVu Sans", size=mark.size)
            place = Affine2D().scale(1 / 72, -1 / 72).translate(mark.left, mark.base)
            found.append(TextPath((0, 0), mark.text, prop=font).get_extents(place))
    return found


def shapes(sheet: DrawingSheet) -> list[Bbox]:
    return [
        Bbox.from_bounds(mark.left, mark.middle - mark.thick / 2, mark.length, mark.thick)
        for mark in sheet.drawing().marks
        if isinstance(mark, DrawnBar)
    ]


def assert_inside(sheet: DrawingSheet) -> None:
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
    labels = [box for box in boxes(sheet) if box.x0 < min(bar.x0 for bar in shapes(sheet))]
    assert len(labels) > len(LABELS)
    assert all(upper.y1 <= lower.y0 + 0.01 for upper, lower in pairwise(labels))
    assert max(box.x1 for box in shapes(sheet)) <= width


@pytest.mark.parametrize("numbers", [[0, 0], [0], [1_000_000, 1]])
def test_any_numbers_give_a_chart(numbers: list[int]) -> None:
    sheet = bars(["a"] * len(numbers), [Column([Bar(str(n), n) for n in numbers])])
    assert_inside(sheet)


def test_bars_of_one_whole_are_on_one_scale() -> None:
    """A part of many is not drawn as long as all of them."""
    (half,) = shapes(bars(["a"], [Column([Bar("5", 5)])], 10))
    (full,) = shapes(bars(["a"], [Column([Bar("10", 10)])], 10))
    assert half.width < 0.7 * full.width


def test_a_picture_for_a_document_shows_what_the_sheet_holds() -> None:
    """The same words and shapes at the same places, by another of matplotlib's renderers."""
    sheet = bars(LABELS, [Column([Bar("7", n) for n, _ in enumerate(LABELS)])])
    picture = imread(io.BytesIO(canvas.png(sheet.drawing())))
    sharp = picture.shape[1] / sheet.width
    for box in (*boxes(sheet), *shapes(sheet)):
        part = picture[
            int(box.y0 * sharp) : int(box.y1 * sharp) + 1,
            int(box.x0 * sharp) : int(box.x1 * sharp) + 1,
            :3,
        ]
        assert part.size and part.min() < 0.5


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
    sheet = bars(["$a$ and $b$"], [Column([Bar("1", 1)])])
    html(Chart("f", "t", sheet.drawing()))
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize(
    ("year", "words"),
    [
        (2000, "No known steps up to the seminar, three after it."),
        (2005, "One known step up to the seminar, two after it."),
        (2020, "Two known steps up to the seminar, one after it."),
        (2030, "Three known steps up to the seminar, none after it."),
    ],
)
def test_the_sentence_on_steps_is_whole(year: int, words: str) -> None:
    """P08: a number that stands alone has no plural; none is no 'no'."""
    facts = [{"year": n, "topic": label} for n, label in zip((2001, 2010, 2024), LABELS, strict=False)]  # fmt: skip
    drawn = charts.steps(Dossier({"facts": facts, "seminar": {"year": year}}))
    assert isinstance(drawn, Chart)
    assert drawn.finding == words


@pytest.mark.parametrize("words", ["$49, full $299", "Course (US$ 100) / 100%, US$ 50 #2", r"a_b^c \alpha \$5\$", "$", "$$", "$\\frac{1}{2}$"])  # fmt: skip
def test_a_dollar_is_a_dollar(words: str) -> None:
    """P09: nothing that was written is read as a formula, and as many signs are drawn."""
    font = FontProperties(family="DejaVu Sans", size=11)
    plain = "".join(sign for sign in words if sign != "$")
    assert canvas.outlines(words, font).vertices.shape[0] == canvas.outlines(plain, font).vertices.shape[0] + words.count("$") * canvas.outlines("$", font).vertices.shape[0]  # fmt: skip
    sheet = bars([words], [Column([Bar(words, 1)], words)])
    assert canvas.png(sheet.drawing()) and canvas.svg(sheet.drawing())
