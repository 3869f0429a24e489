"""`gridbot simulate`: a whole city for days, in minutes, with a report."""

import json
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta

import click
from sqlalchemy.exc import ArgumentError

from bot.logs import set_up_logs
from bot.simulate.night import FEVERS, plan_of_a_night
from bot.simulate.running import FIRST_DAY, NotEmptyError, is_kept, open_empty, plan_of, simulate, simulate_night
from bot.simulate.showing import lines_of
from models.db import Database


@click.command("simulate")
@click.option("--households", default=500, show_default=True, type=click.IntRange(1), help="All of them in quarantine.")
@click.option(
    "--scenario",
    default="days",
    show_default=True,
    type=click.Choice(["days", "bad-night"]),
    help="bad-night: one community is silent, and half of the workers and heads of its grids cannot be reached.",
)
@click.option(
    "--fevers", default=FEVERS, show_default=True, type=click.IntRange(0), help="Said in the night; of bad-night alone."
)
@click.option("--days", default=14, show_default=True, type=click.IntRange(1, 60), help="Two rounds each.")
@click.option("--bots", default=1, show_default=True, type=click.IntRange(1, 500), help="Each serves its own grids.")
@click.option("--seed", default=1, show_default=True, help="The same seed, the same people, the same report.")
@click.option("--database", help="An empty one, to be kept: sqlite:///… or postgresql://…")
@click.option(
    "--step",
    default=60,
    show_default=True,
    type=click.IntRange(1, 120),
    help="Simulated seconds that what is not urgent gathers before it is taken in together.",
)
@click.option("--json", "as_json", is_flag=True, help="The report for a program.")
@click.option("--log", default="ERROR", show_default=True, type=click.Choice(["DEBUG", "INFO", "WARNING", "ERROR"]))
def command(
    households: int,
    scenario: str,
    fevers: int,
    days: int,
    bots: int,
    seed: int,
    database: str | None,
    step: int,
    as_json: bool,
    log: str,
) -> None:
    """Play quarantined families, their workers and heads under a simulated clock, and check what is promised."""
    set_up_logs(log)
    with ExitStack() as stack:
        url = (
            database or f"sqlite:///{stack.enter_context(tempfile.TemporaryDirectory(prefix='gridbot-'))}/simulated.db"
        )
        opened = _open(url, lasting=database is not None)
        stack.callback(opened.close)
        gathers = timedelta(seconds=step)
        if scenario == "bad-night":
            night = plan_of_a_night(households, FIRST_DAY, seed)
            report = simulate_night(opened, night, fevers, gathers, _progress(1))
        else:
            report = simulate(opened, plan_of(households, days, bots, seed), gathers, _progress(days))
    click.echo(json.dumps(report, ensure_ascii=False, indent=2) if as_json else "\n".join(lines_of(report)))
    if not is_kept(report):
        raise SystemExit(1)


def _open(url: str, *, lasting: bool) -> Database:
    try:
        return open_empty(url, lasting=lasting)
    except (NotEmptyError, ArgumentError, ModuleNotFoundError) as error:
        raise click.ClickException(f"--database: {error}") from error


def _progress(days: int) -> Callable[[datetime], None]:
    """One line on stderr: overwritten on a terminal each simulated hour, else a line each simulated day."""
    shown: list[str] = [""]
    live = sys.stderr.isatty()

    def show(moment: datetime) -> None:
        now = f"{moment:%m-%d %H}:00" if live else f"{moment:%m-%d}"
        if now != shown[0]:
            shown[0] = now
            click.echo(f"simulated: {now} UTC of {days} days", err=True, nl=not live)
            if live:
                click.echo("\r", err=True, nl=False)

    return show
