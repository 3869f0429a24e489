"""What a temperature means."""

from dataclasses import dataclass
from enum import StrEnum


class Finding(StrEnum):
    """What one reading says about a person."""

    NORMAL = "normal"
    LOW = "low"
    ABNORMAL = "abnormal"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Limits in °C. 37.3 is the national fever threshold of the 2020 prevention plan; the rest is the design's."""

    low: float = 35.0
    abnormal: float = 37.3
    emergency: float = 39.0
    lowest: float = 34.0
    highest: float = 42.5

    def finding(self, celsius: float, *, red_flag: bool = False) -> Finding:
        """What `celsius` means; a red flag (breathing difficulty, chest pain, confusion) is an emergency by itself."""
        if red_flag or celsius >= self.emergency:
            return Finding.EMERGENCY
        if celsius >= self.abnormal:
            return Finding.ABNORMAL
        if celsius < self.low:
            return Finding.LOW
        return Finding.NORMAL

    def believable(self, celsius: float) -> bool:
        """Whether a thermometer on a living person can show this."""
        return self.lowest <= celsius <= self.highest
