"""What a stranger sends to a path that a messenger calls: refused in one word, before it costs anything."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from channels.port import Answer, Call, Route
from tests.patience import until
from web.callbacks import mount
from web.site import runner_of

LONGEST = 1000
PLAIN = b"POST /here HTTP/1.1\r\nHost: x\r\n"
BOMB = gzip.compress(b"0" * 5_000_000)


class Door:
    """A site with one route, and what came through."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        site = web.Application()
        mount(site, [Route("/here", ("POST",), LONGEST, self.answer)])
        self.runner = runner_of(site)

    @property
    def port(self) -> int:
        return int(self.runner.addresses[0][1])

    @property
    def begun(self) -> int:
        """Requests of which the head has been read."""
        assert self.runner.server
        return self.runner.server.requests_count

    async def answer(self, call: Call) -> Answer:
        self.calls.append(call)
        return Answer(201, b"taken", headers={"Retry-After": "2"})

    async def sent(self, request: bytes) -> bytes:
        """The status line and all that follows."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(request)
        await writer.drain()
        try:
            return await asyncio.wait_for(reader.read(4000), 8)
        finally:
            writer.close()
            await writer.wait_closed()


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    door = Door()
    await door.runner.setup()
    await web.TCPSite(door.runner, "127.0.0.1", 0).start()
    yield door
    await door.runner.cleanup()


def of_length(number: int, more: bytes = b"") -> bytes:
    return PLAIN + more + b"Content-Length: %d\r\n\r\n" % number


async def test_a_call_and_its_answer_go_through_as_they_are(door: Door) -> None:
    request = PLAIN.replace(b"/here", b"/here?a=1") + b"X-Secret: s\r\nContent-Length: 4\r\n\r\nbody"
    answer = await door.sent(request)

    [call] = door.calls
    assert (call.method, call.query, call.headers["x-secret"], call.body) == ("POST", {"a": "1"}, "s", b"body")
    assert answer.startswith(b"HTTP/1.1 201")
    assert b"Retry-After: 2" in answer
    assert answer.endswith(b"taken")


async def test_a_body_of_exactly_the_longest_is_taken(door: Door) -> None:
    assert (await door.sent(of_length(LONGEST) + b"x" * LONGEST)).startswith(b"HTTP/1.1 201")


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET /here HTTP/1.1\r\nHost: x\r\n\r\n", 405),
        (b"DELETE /here HTTP/1.1\r\nHost: x\r\n\r\n", 405),
        (b"POST /there HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", 404),
        (of_length(LONGEST + 1) + b"x" * (LONGEST + 1), 413),
        (of_length(10**12), 413),
        (PLAIN + b"Transfer-Encoding: chunked\r\n\r\n" + b"3e8\r\n%s\r\n" % (b"x" * 1000) * 2 + b"0\r\n\r\n", 413),
    ],
    ids=["get", "delete", "another path", "one byte too long", "announced too long", "too long in pieces"],
)
async def test_what_is_no_call_is_refused(door: Door, request_: bytes, status: int) -> None:
    assert (await door.sent(request_)).startswith(b"HTTP/1.1 %d" % status)
    assert door.calls == []


@pytest.mark.parametrize("packed", [b"no gzip", BOMB[:LONGEST]], ids=["not packed at all", "a bomb"])
async def test_nothing_is_unpacked(door: Door, packed: bytes) -> None:
    await door.sent(of_length(len(packed), b"Content-Encoding: gzip\r\n") + packed)
    assert [call.body for call in door.calls] == [packed]


async def test_a_caller_that_goes_away_in_the_middle_is_no_error_of_ours(
    door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", door.port)
    writer.write(of_length(LONGEST) + b"half")
    await writer.drain()
    await until(lambda: door.begun == 1)
    writer.transport.abort()
    assert (await door.sent(of_length(0))).startswith(b"HTTP/1.1 201")
    assert [one.message for one in caplog.records] == []
    assert len(door.calls) == 1
