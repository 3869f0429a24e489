"""`gridbot sandbox`: a messenger on this machine, for trying things out."""

import os
import sys

import click


@click.command("sandbox", context_settings={"ignore_unknown_options": True})
@click.option("--port", default=8081, type=click.IntRange(0, 65535), show_default=True, help="The Bot API.")
@click.option("--page-port", default=8080, type=click.IntRange(0, 65535), show_default=True, help="The chat page.")
@click.option("--bot", "bots", multiple=True, metavar="TOKEN:USERNAME:NAME", help="A bot to begin with.")
def command(port: int, page_port: int, bots: tuple[str, ...]) -> None:
    """Run a Telegram Bot API server and its chat page on this machine."""
    arguments = ["--port", str(port), "--page-port", str(page_port)]
    for bot in bots:
        arguments += ["--bot", bot]
    # A process of its own: the sandbox and the bot meet over HTTP only.
    os.execv(sys.executable, [sys.executable, "-m", "sandbox", *arguments])  # noqa: S606
