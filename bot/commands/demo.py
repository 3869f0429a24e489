"""`gridbot demo`: a town to play with."""

import asyncio
import tempfile
from contextlib import ExitStack
from pathlib import Path

import click

from bot.demo.choice import Choice
from bot.logs import set_up_logs
from bot.running import until_told


@click.command("demo")
@click.option(
    "--port", default=8080, type=click.IntRange(0, 65535), show_default=True, help="Of the page; 0 picks a free one."
)
@click.option(
    "--channel",
    default=Choice.TELEGRAM.value,
    type=click.Choice([one.value for one in Choice]),
    show_default=True,
    help="Whose phones people have.",
)
@click.option("--speed", default=60.0, show_default=True, help="How fast the clock runs at first; 1 is real time.")
@click.option("--dir", "folder", type=click.Path(path_type=Path, file_okay=False), help="Keep the records here.")
@click.option("--no-browser", is_flag=True, help="Print the address only.")
@click.option("--once", is_flag=True, help="Play one whole day at full speed, print it, check its promises.")
@click.option("--log", default="WARNING", show_default=True, type=click.Choice(["DEBUG", "INFO", "WARNING", "ERROR"]))
def command(port: int, channel: str, speed: float, folder: Path | None, no_browser: bool, once: bool, log: str) -> None:
    """Live a day in Baotou: 54 quarantined households, their workers and heads, on phones in your browser."""
    set_up_logs(log)
    with ExitStack() as stack:
        if folder is None:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gridbot-demo-")))
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / "demo.db").exists():
            raise click.ClickException(f"--dir {folder}: there is a demo in it already; choose another folder")
        if once:
            from bot.demo.once import play_once

            if not asyncio.run(play_once(folder, Choice(channel))):
                raise SystemExit(1)
            return
        from bot.demo.live import live

        try:
            asyncio.run(until_told(live(folder, port, speed, Choice(channel), browser=not no_browser)))
        except OSError as error:
            raise click.ClickException(f"--port {port}: {error}") from error
