"""What a number with or without a unit is in degrees Celsius, and whether that can be a body temperature."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from rules.temperature.answers import Why
from rules.temperature.measures import Measure, Scale

# Integers without a unit outside of these are numbers of menus, ages and houses, unless only their point is missing.
_COUNTS_BELOW, _COUNTS_FROM = 30, 100


@dataclass(frozen=True, slots=True)
class Believable:
    """The lowest and the highest body temperature that is taken for one, in °C, both included."""

    lowest: Decimal
    highest: Decimal

    def __contains__(self, celsius: Decimal) -> bool:
        return self.lowest <= celsius <= self.highest


def celsius_of(measure: Measure, believable: Believable) -> Decimal | Why | None:
    """Degrees Celsius to one decimal, half a tenth rounded up; or why not; None when it is no temperature at all."""
    if measure.why:
        return measure.why
    number = _tenths(measure.number)
    converted = _tenths((measure.number - 32) * 5 / 9)
    celsius = converted if measure.scale is Scale.FAHRENHEIT else number
    if celsius in believable:
        return celsius
    if measure.scale is Scale.UNSAID and converted in believable:
        return Why.WHICH_SCALE
    if measure.plain and not _COUNTS_BELOW <= number < _COUNTS_FROM and number / 10 not in believable:
        return None
    return Why.OUT_OF_RANGE


def _tenths(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.1"), ROUND_HALF_UP)
