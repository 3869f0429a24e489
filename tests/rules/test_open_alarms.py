"""A view of the open alarms: as it stands in a button and back."""

from itertools import product

import pytest

from rules.escalation import Kind
from rules.open_alarms import PAGE, Picking, View, Whose, read_view

_KINDS, _AREAS, _PICKED = (None, *Kind), (None, 123_456_789), (None, *Picking)


@pytest.mark.parametrize("view", [View(*one) for one in product((0, 99_992), Whose, _KINDS, _AREAS, _PICKED)])
def test_what_a_button_says_is_read_as_it_was_meant(view: View) -> None:
    assert read_view(view.written().split(":")) == view
    # A callback of Telegram has 64 bytes; the rest is the verb and the number of the message.
    assert len(f"alarms:{view.written()}:9999999999") <= 64


@pytest.mark.parametrize("wrong", ["x", "0:x", "0:a:none", "0:a:-:x", "0:a:-:-:x", "", "0:a:-:-:-:-"])
def test_what_nobody_wrote_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_view(wrong.split(":"))


def test_a_choice_begins_at_the_first_page_and_keeps_the_others() -> None:
    view = View(PAGE, Whose.MINE, Kind.MISSED, 7, Picking.AREA)
    assert view.but(area=8) == View(0, Whose.MINE, Kind.MISSED, 8)
    assert view.narrowed
    assert not View(PAGE).narrowed
    assert read_view(["-8"]).start == 0
