"""Whose an alarm is that nobody took in time after it was handed over."""

import pytest

from rules.handing_over import comes_back
from rules.ladder import Severity


@pytest.mark.parametrize("severity", Severity)
@pytest.mark.parametrize("able", [True, False])
def test_only_what_can_wait_comes_back_and_only_to_somebody_who_can_be_told(severity: Severity, able: bool) -> None:
    assert comes_back(severity, able=able) is (severity is Severity.ROUTINE and able)
