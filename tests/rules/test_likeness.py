"""Questions that ask the same are one, and those that only look like it never are."""

import pytest

from rules.likeness import ALIKE, likeness, made_ready, most_alike
from tests.rules.enquiry_corpus import OTHER, SAME


def alike(one: str, other: str) -> float:
    return likeness(made_ready(one), made_ready(other))


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_what_asks_something_else_is_never_taken_for_the_same(one: str, other: str) -> None:
    assert alike(one, other) < ALIKE
    assert alike(other, one) == alike(one, other)


def test_most_of_what_asks_the_same_is_found_to() -> None:
    missed = [(one, other) for one, other in SAME if alike(one, other) < ALIKE]
    assert len(missed) <= len(SAME) // 5, missed


@pytest.mark.parametrize("text", [one for pair in SAME for one in pair])
def test_every_question_is_like_itself(text: str) -> None:
    assert alike(text, text) == 1.0


@pytest.mark.parametrize("text", ["？？", "谢谢", "…"])
def test_what_says_nothing_is_like_nothing(text: str) -> None:
    assert alike(text, text) == 0.0
    assert most_alike(text, [(1, text)]) is None


def test_the_most_alike_is_taken_and_of_equals_the_oldest() -> None:
    known = [(4, "几点结束"), (3, "请问几点开始"), (2, "几点开始"), (9, "在哪里做")]
    assert most_alike("什么时候开始？", known) == 2
    assert most_alike("狗怎么办", known) is None
    assert most_alike("几点开始", []) is None
