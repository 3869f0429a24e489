"""A curve: what is joined, what is parted, and how high the charts of a family are."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from rules.curves import USUAL_SPAN, Curve, Point, span
from services.drawing.chart import HEIGHT, MOST, WIDTH, Chart, draw

FIRST, LAST = date(2020, 2, 10), date(2020, 2, 23)


def curve(*points: tuple[float, float], gaps: tuple[float, ...] = (), name: str = "王芳") -> Curve:
    return Curve(name, FIRST, LAST, date(2020, 2, 12), 37.3, tuple(Point(*one) for one in points), gaps)


def test_an_unanswered_slot_parts_the_line() -> None:
    one = curve((0.25, 36.5), (0.75, 36.6), (2.25, 36.4), gaps=(1.25, 1.75))
    assert [[point.at for point in run] for run in one.runs()] == [[0.25, 0.75], [2.25]]
    assert one.days == 14


def test_a_calm_curve_is_not_blown_up_and_a_fever_has_room() -> None:
    assert span([curve((0.25, 36.5))]) == USUAL_SPAN
    low, high = span([curve((0.25, 36.5)), curve((0.25, 39.6), (0.5, 35.2))])
    assert low < 35.2
    assert high > 39.6


@given(
    st.lists(st.tuples(st.floats(0, 13.99), st.floats(34, 42.5)), max_size=30),
    st.lists(st.floats(0, 13.99), max_size=10),
)
def test_no_value_is_lost_and_everything_lies_in_the_picture(
    points: list[tuple[float, float]], gaps: list[float]
) -> None:
    one = curve(*points, gaps=tuple(gaps))
    assert sorted(point for run in one.runs() for point in run) == sorted(one.points)
    low, high = span([one])
    assert all(low <= point.celsius <= high for point in one.points)


def test_a_name_is_words_and_no_markup_and_a_large_family_is_cut() -> None:
    svg = draw([Chart("<b>&王芳", curve((0.25, 36.5)))] * (MOST + 3))
    assert "<b>" not in svg
    assert svg.count("&lt;b&gt;&amp;王芳") == MOST
    assert f'width="{WIDTH}" height="{HEIGHT * MOST}"' in svg
