"""What stands on a poster."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Poster:
    """What stands on it; `steps` are pairs of a Chinese line and its English."""

    area: str
    above: str
    title: str
    subtitle: str
    link: str
    steps: tuple[tuple[str, str], ...]
    help_line: str
    foot: str

    @property
    def words(self) -> str:
        """Everything that is written in letters."""
        lines = [line for pair in self.steps for line in pair]
        return "".join((self.area, self.above, self.title, self.subtitle, self.help_line, self.foot, *lines))
