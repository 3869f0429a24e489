"""`python -m sandbox`: the sandbox as a program of its own."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import Sequence
from datetime import datetime

from sandbox.clock import parse_iso
from sandbox.errors import ControlError
from sandbox.server import Sandbox


def _moment(value: str) -> datetime:
    try:
        return parse_iso(value)
    except ControlError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _bot(value: str) -> tuple[str, str, str]:
    parts = value.split(":", 3)
    if len(parts) != 4:
        raise argparse.ArgumentTypeError(f"expected TOKEN:USERNAME:NAME (a token is 1001:abc), got {value!r}")
    number, secret, username, name = parts
    return f"{number}:{secret}", username, name


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("sandbox", description="A Telegram Bot API server with a chat page, on loopback.")
    parser.add_argument("--port", type=int, default=8081, help="of the Bot API (0: any free one)")
    parser.add_argument("--page-port", type=int, default=8080, help="of the page and control API (0: any free one)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--bot", type=_bot, action="append", default=[], metavar="TOKEN:USERNAME:NAME")
    parser.add_argument("--now", type=_moment, help="the first moment, ISO 8601 with a zone (the present)")
    parser.add_argument("--speed", type=float, default=1.0, help="virtual seconds in a real one (1)")
    return parser


async def serve(
    *,
    port: int,
    page_port: int,
    host: str = "127.0.0.1",
    bots: Sequence[tuple[str, str, str]] = (),
    now: datetime | None = None,
    speed: float = 1.0,
) -> None:
    """Run until SIGTERM or SIGINT; says on stdout when it listens. Raises OSError for a taken port, ControlError."""
    sandbox = Sandbox(now, speed)
    for token, username, name in bots:
        sandbox.world.add_bot(token, username, name)
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    await sandbox.start(port, page_port, host)
    faces = f"wechat={sandbox.wechat_base} wecom={sandbox.wecom_base}"
    sys.stdout.write(f"sandbox ready api={sandbox.api_base} page={sandbox.page_base} {faces}\n")
    sys.stdout.flush()
    await stopped.wait()
    await sandbox.stop()


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; exit status 0 done, 1 failed (a port taken, a bot twice), 2 wrong usage."""
    given = _parser().parse_args(arguments)
    options = {"port": given.port, "page_port": given.page_port, "host": given.host}
    try:
        asyncio.run(serve(**options, bots=given.bot, now=given.now, speed=given.speed))
    except (OSError, ControlError) as error:
        sys.stderr.write(f"sandbox: {error}\n")
        return 1
    return 0
