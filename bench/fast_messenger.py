"""A messenger that is faster than any bot: texts only, with a latency, real 429s, and a memory of what came when.

`python -m bench.fast_messenger RATE LATENCY` prints its port. It counts a message when it arrives, answers after
LATENCY seconds, and refuses whatever is more than RATE in any second, sliding or by the clock's.
"""

import asyncio
import json
import subprocess
import sys
import time
import urllib.request
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import web


class Messenger:
    """What came, and when."""

    def __init__(self, rate: int, latency: float) -> None:
        self._rate, self._latency = rate, latency
        self._window: deque[float] = deque()
        self.came: list[tuple[float, str]] = []
        self._bodies: list[bytes] = []
        self.refused = 0
        self.worst = 0
        self.flying = 0
        self._hook: dict[str, object] = {"url": ""}

    async def send(self, request: web.Request) -> web.Response:
        """One sendMessage."""
        body = await request.read()
        chat = body.partition(b"chat_id=")[2].partition(b"&")[0].decode() or str(json.loads(body)["chat_id"])
        now = time.time()
        while self._window and self._window[0] <= now - 1:
            self._window.popleft()
        if len(self._window) >= self._rate:
            self.refused += 1
            wait = {"retry_after": 1}
            answer = {"ok": False, "error_code": 429, "description": "Too Many Requests", "parameters": wait}
            return web.json_response(answer, status=429)
        self._window.append(now)
        self.worst = max(self.worst, len(self._window))
        self.came.append((now, chat))
        self._bodies.append(body)
        number = len(self.came)
        self.flying += 1
        await asyncio.sleep(self._latency)
        self.flying -= 1
        text = f'{{"ok":true,"result":{{"message_id":{number},"date":0,"chat":{{"id":{chat},"type":"private"}}}}}}'
        return web.Response(text=text, content_type="application/json")

    async def who(self, _request: web.Request) -> web.Response:
        """getMe, which some clients begin with."""
        return web.json_response({"ok": True, "result": {"id": 1, "is_bot": True, "first_name": "b", "username": "b"}})

    async def set_webhook(self, request: web.Request) -> web.Response:
        """Where a whole service wants to be called; `figures` shows it, with the secret."""
        given = await request.post()
        allowed = json.loads(str(given.get("allowed_updates", "[]")))
        self._hook = {"url": given["url"], "secret": given["secret_token"], "allowed_updates": allowed}
        return web.json_response({"ok": True, "result": True})

    async def webhook(self, _request: web.Request) -> web.Response:
        """getWebhookInfo."""
        known = {name: self._hook[name] for name in ("url", "allowed_updates") if name in self._hook}
        info = {"has_custom_certificate": False, "pending_update_count": 0, **known}
        return web.json_response({"ok": True, "result": info})

    async def anything(self, _request: web.Request) -> web.Response:
        """Whatever else a whole service asks: an edit, a menu, a command's list."""
        await asyncio.sleep(self._latency)
        return web.json_response({"ok": True, "result": True})

    async def figures(self, request: web.Request) -> web.Response:
        """What is known so far; `clear=1` forgets it afterwards."""
        by_second = Counter(int(at) for at, _ in self.came)
        found = {
            "came": self.came if "all" in request.query else len(self.came),
            "texts": [_text_in(one) for one in self._bodies] if "all" in request.query else [],
            "refused": self.refused,
            "worst_second": self.worst,
            "worst_clock_second": max(by_second.values(), default=0),
            "flying": self.flying,
            "hook": self._hook,
        }
        if "clear" in request.query:
            self.came, self._bodies, self.refused, self.worst = [], [], 0, 0
        return web.json_response(found)


def _text_in(body: bytes) -> str:
    """The text of a request, where it is JSON as our own client writes it."""
    return str(json.loads(body)["text"]) if body.startswith(b"{") else ""


@contextmanager
def fast_messenger(rate: int, latency: float) -> Iterator[str]:
    """Its address, in a process of its own."""
    command = [sys.executable, "-m", "bench.fast_messenger", str(rate), str(latency)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.kill()


def figures(address: str, query: str = "all=1") -> dict[str, object]:
    """What the messenger knows; blocks for a moment."""
    with urllib.request.urlopen(f"{address}/figures?{query}") as answer:  # noqa: S310 - on loopback
        found: dict[str, object] = json.load(answer)
    return found


async def _serve(rate: int, latency: float) -> None:
    messenger = Messenger(rate, latency)
    site = web.Application()
    site.router.add_get("/figures", messenger.figures)
    site.router.add_post("/{bot}/sendMessage", messenger.send)
    site.router.add_post("/{bot}/getMe", messenger.who)
    site.router.add_post("/{bot}/setWebhook", messenger.set_webhook)
    site.router.add_post("/{bot}/getWebhookInfo", messenger.webhook)
    site.router.add_post("/{bot}/{anything}", messenger.anything)
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    tcp = web.TCPSite(runner, "127.0.0.1", 0)
    await tcp.start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), float(sys.argv[2])))
