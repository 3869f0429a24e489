"""python -m sandbox."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from pathlib import Path

import pytest
from aiohttp import ClientSession

from tests.patience import PATIENCE

HOUSE = Path(__file__).parents[2]


async def launch(*arguments: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "sandbox",
        *arguments,
        cwd=HOUSE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_says_when_it_listens_and_ends_cleanly(number: signal.Signals) -> None:
    process = await launch("--port", "0", "--page-port", "0", "--bot", "1001:abc:grid_bot:网格:通", "--speed", "60")
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE):
        line = (await process.stdout.readline()).decode()
        ready, said, *places = line.split()
        api, page, *_ = (place.partition("=")[2] for place in places)
        assert (ready, said) == ("sandbox", "ready")
        async with ClientSession() as http:
            async with http.get(f"{api}/bot1001:abc/getMe") as response:
                me = (await response.json())["result"]
            async with http.get(f"{page}/sandbox/clock") as response:
                clock = await response.json()
        assert (me["username"], me["first_name"], clock["speed"]) == ("grid_bot", "网格:通", 60)
        process.send_signal(number)
        assert await process.wait() == 0


@pytest.mark.parametrize(
    ("arguments", "status", "error"),
    [
        (["--bot", "1001:abc"], 2, "expected TOKEN:USERNAME:NAME"),
        (["--now", "noon"], 2, "not an ISO 8601 time"),
        (["--bot", "1:abc:grid_bot:a", "--bot", "2:abc:grid_bot:b"], 1, "already a bot"),
        (["--speed", "-1"], 1, "speed must be"),
    ],
)
async def test_wrong_usage_is_told_in_a_line(arguments: list[str], status: int, error: str) -> None:
    process = await launch("--port", "0", "--page-port", "0", *arguments)
    _, told = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == status
    assert error in told.decode().splitlines()[-1]


async def test_a_taken_port_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = await launch("--page-port", "0", "--port", str(taken.getsockname()[1]))
        _, told = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 1
    assert told.decode().startswith("sandbox: ")
    assert "address already in use" in told.decode()
