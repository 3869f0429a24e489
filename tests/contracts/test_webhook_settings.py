"""What an operator sets for webhooks: a wrong word stops the start with its name, and no secret is ever shown."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli import cli
from bot.settings import Settings, SettingsError, load_settings
from bot.telegram import telegram_channels
from channels.port import Channel
from sandbox.bots import Webhook
from sandbox.server import Sandbox
from tests.contracts.adapters import TOKEN, USERNAME, Listener
from tests.patience import until

BASE, KEY = "https://grid.example.org", "a key for the tests"
TWO = f"west={TOKEN},east=1000002:AAE-another-token"
CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"


def settings(key: str = KEY, **telegram: Any) -> Settings:
    given = {"tokens": TOKEN, "mode": "webhook", "webhook_base": BASE, **telegram}
    return load_settings(_env_file=None, encryption_key=key, telegram=given)


def channels(**given: Any) -> Mapping[str, Channel]:
    return telegram_channels(settings(**given))


def paths(**given: Any) -> list[str]:
    return [route.path for one in channels(**given).values() for route in one.routes(Listener().accept)]


@pytest.mark.parametrize("base", ["http://grid.example.org", "grid.example.org", "https://", "ftp://grid.example.org",
    f"{BASE}?a=1", f"{BASE}#a", "https://[::1", f"{BASE}:70000", "https://me:sesame@grid.example.org"])  # fmt: skip
def test_an_address_that_cannot_be_called_stops_the_start(base: str) -> None:
    with pytest.raises(SettingsError, match="GRIDBOT_TELEGRAM__WEBHOOK_BASE") as stopped:
        settings(webhook_base=base)
    assert "sesame" not in str(stopped.value)


@pytest.mark.parametrize("base", [f"{BASE}:8000", "http://127.0.0.1:8000", "https://localhost"])
def test_an_address_that_telegram_does_not_call_stops_the_start(base: str) -> None:
    with pytest.raises(SettingsError, match=r"GRIDBOT_TELEGRAM__WEBHOOK_BASE.*80, 88, 443, 8443"):
        channels(webhook_base=base)
    assert paths(webhook_base=base, api_base="http://127.0.0.1:8081")


def test_webhooks_without_an_address_stop_the_start() -> None:
    with pytest.raises(SettingsError, match="GRIDBOT_TELEGRAM__WEBHOOK_BASE is needed") as stopped:
        settings(webhook_base=None)
    assert TOKEN not in str(stopped.value)


@pytest.mark.parametrize("secret", ["", "with space", "密", "x" * 257, "semi;colon"])
def test_a_secret_that_telegram_refuses_stops_the_start_and_is_not_shown(secret: str) -> None:
    with pytest.raises(SettingsError, match="GRIDBOT_TELEGRAM__SECRET: 1 to 256") as stopped:
        settings(secret=secret)
    assert not secret or secret not in str(stopped.value)


def test_an_unknown_way_in_stops_the_start() -> None:
    with pytest.raises(SettingsError, match="GRIDBOT_TELEGRAM__MODE = 'push'"):
        settings(mode="push")


def test_the_path_is_the_same_at_every_start_another_for_every_bot_and_tells_nothing() -> None:
    west, east = paths(tokens=TWO)
    assert paths(tokens=TWO) == [west, east]
    assert west != east
    for path, token in ((west, TOKEN), (east, "AAE-another-token")):
        assert path.startswith("/telegram/")
        assert len(path) == len("/telegram/") + 40
        assert token not in path
    assert paths(key="another key for the tests") != [west]
    assert paths(webhook_base=f"{BASE}/grid/") == [f"/grid{west}"]


def test_polling_has_no_path() -> None:
    assert paths(mode="polling") == []


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "No such file"),
        ("nothing of the kind", "certificate alone"),
        (f"{CERTIFICATE}-----BEGIN PRIVATE KEY-----", "certificate alone"),
    ],
    ids=["missing", "no certificate", "with its key"],
)
def test_a_wrong_certificate_stops_the_start(tmp_path: Path, content: str | None, says: str) -> None:
    file = tmp_path / "own.pem"
    if content is not None:
        file.write_text(content)
    with pytest.raises(SettingsError, match=f"GRIDBOT_TELEGRAM__CERTIFICATE.*{says}"):
        channels(certificate=str(file))


async def test_what_is_set_at_telegram_is_the_same_after_a_restart(sandbox: Sandbox, tmp_path: Path) -> None:
    file = tmp_path / "own.pem"
    file.write_text(CERTIFICATE)
    found = []
    for _ in range(2):
        made = channels(webhook_base="http://127.0.0.1:9", api_base=sandbox.api_base, certificate=str(file))
        webhook = await set_up(made, sandbox)
        found.append((webhook.url, webhook.secret, webhook.certificate))

    [(url, secret, certificate)] = set(found)
    assert certificate == CERTIFICATE.encode()
    assert len(secret) == 64
    assert KEY not in url + secret
    assert TOKEN.partition(":")[2] not in url + secret


async def set_up(made: Mapping[str, Channel], sandbox: Sandbox, *, fails: bool = False) -> Webhook:
    """The webhook that a start sets, once Telegram has failed to reach it, if it is to."""
    bot, before = sandbox.world.bot(USERNAME), sandbox.world.bot(USERNAME).webhook
    [channel] = made.values()
    listening = asyncio.create_task(channel.listen(Listener().accept))
    await until(lambda: bot.webhook is not before and (not fails or bool(bot.webhook and bot.webhook.last_error_date)))
    listening.cancel()
    await channel.close()
    assert bot.webhook
    return bot.webhook


async def doctor(tmp_path: Path, api_base: str, **more: str) -> tuple[int, list[tuple[bool | None, str]]]:
    """Its status, and what it says of Telegram."""
    environment = {
        "GRIDBOT_DATABASE_URL": f"sqlite:///{tmp_path / 'town.db'}",
        "GRIDBOT_ENCRYPTION_KEY": KEY,
        "GRIDBOT_TELEGRAM__TOKENS": TOKEN,
        "GRIDBOT_TELEGRAM__API_BASE": api_base,
        **{f"GRIDBOT_TELEGRAM__{name.upper()}": value for name, value in more.items()},
    }
    result = await asyncio.to_thread(CliRunner().invoke, cli, ["doctor", "--json"], env=environment)
    said = [(one["ok"], one["says"]) for one in json.loads(result.stdout) if one["name"].startswith("telegram")]
    return result.exit_code, said


async def test_doctor_says_how_updates_come_and_what_telegram_has_against_it(
    sandbox: Sandbox, phone: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # where no .env is
    webhook = {"mode": "webhook", "webhook_base": "http://127.0.0.1:9"}
    sandbox.world.send_text(phone, USERNAME, "36.5")
    status, said = await doctor(tmp_path, sandbox.api_base, **webhook)
    assert (status, said[0]) == (0, (True, "@gridbot answers, webhook, for whatever no other bot serves"))
    assert said[1:] == [
        (None, "the webhook is not set to this service: the next start with webhook sets it"),
        (None, "updates that wait at Telegram: 1"),
    ]

    await set_up(channels(webhook_base="http://127.0.0.1:9", api_base=sandbox.api_base), sandbox, fails=True)
    status, said = await doctor(tmp_path, sandbox.api_base, **webhook)
    assert status == 0
    assert said[1][1].startswith("Telegram's last call that failed, at 2020-02-05 12:00 UTC: ")
    assert said[2] == (None, "updates that wait at Telegram: 1")

    _, said = await doctor(tmp_path, sandbox.api_base)
    assert said == [
        (True, "@gridbot answers, polling, for whatever no other bot serves"),
        (None, "a webhook is set: the next start with polling takes it away"),
    ]
