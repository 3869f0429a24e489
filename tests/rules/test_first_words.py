"""The beginning of a text, as lists and buttons show it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.first_words import KNOWN_BY, cut, first_words


@pytest.mark.parametrize(
    ("body", "longest", "shown"),
    [
        ("今晚停水", KNOWN_BY, "今晚停水"),
        ("今晚停水\n请提前储水", KNOWN_BY, "今晚停水"),
        ("\n\n今晚停水", KNOWN_BY, "今晚停水"),
        ("今晚八点到十点停水", 9, "今晚八点到十点停水"),
        ("今晚八点到十点停水。", 9, "今晚八点到十点停…"),
    ],
)
def test_the_first_line_is_shown_and_what_is_left_out_is_said(body: str, longest: int, shown: str) -> None:
    assert first_words(body, longest) == shown


@given(text=st.text(max_size=80), longest=st.integers(1, 60))
def test_it_is_never_longer_and_begins_as_the_text_does(text: str, longest: int) -> None:
    shown = cut(text, longest)
    assert len(shown) <= longest
    assert shown == text or text.startswith(shown.removesuffix("…"))
