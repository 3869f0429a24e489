"""`gridbot bench`: a front for `python -m bench`, that says what it needs."""

import subprocess
import sys
from pathlib import Path

from bot.commands.bench import NEEDS, missing

HOUSE = Path(__file__).parents[2]


def test_it_hands_its_options_on_and_ends_as_the_measurement_does() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "bot", "bench", "nonsense"], capture_output=True, text=True, cwd=HOUSE, check=False
    )
    assert said.returncode == 1
    assert "no such measurement: nonsense" in said.stderr
    assert "directive" in said.stderr


def test_what_is_missing_is_named_in_one_line() -> None:
    assert missing(NEEDS) is None
    assert missing({"sys": "here", "no_such_module": "pip install it", "neither_this": "nor that"}) == "pip install it"
    assert all("\n" not in said for said in NEEDS.values())
