"""The service account's settings, and what is set up at WeChat from the command line."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import cli
from bot.house import policy_from
from bot.messengers import all_channels, areas_of_bots
from bot.settings import SettingsError, load_settings
from sandbox.server import Sandbox
from tests.contracts.adapters import AES_KEY, APP_SECRET, APPID, CALLBACK_TOKEN, SERVICE_ACCOUNT, account_of

WHOLE = {"appid": APPID, "secret": APP_SECRET, "token": CALLBACK_TOKEN, "aes_keys": AES_KEY}


@pytest.fixture
def adapter() -> str:
    return SERVICE_ACCOUNT


async def test_without_an_appid_there_is_no_wechat() -> None:
    assert all_channels(load_settings(_env_file=None)) == {}


async def test_a_whole_account_is_a_channel() -> None:
    settings = load_settings(
        _env_file=None, wechat=WHOLE | {"areas": "KQ+QS", "template_fields": "thing4=title,time5=time"}
    )
    channels = all_channels(settings)
    assert [channel.capabilities.messenger for channel in channels.values()] == ["wechat"]
    assert areas_of_bots(settings) == {"wechat": ("KQ", "QS")}
    assert settings.wechat.template_fields == {"thing4": "title", "time5": "time"}
    await channels["wechat"].close()


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"secret": ""}, "GRIDBOT_WECHAT__SECRET"),
        ({"token": ""}, "GRIDBOT_WECHAT__TOKEN"),
        ({"aes_keys": ""}, "GRIDBOT_WECHAT__AES_KEYS"),
        ({"aes_keys": "too-short"}, "GRIDBOT_WECHAT__AES_KEYS"),
        ({"aes_keys": ",".join([AES_KEY] * 3)}, "GRIDBOT_WECHAT__AES_KEYS"),
        ({"base": "grid.example.org"}, "GRIDBOT_WECHAT__BASE"),
        ({"template_fields": "thing1=name"}, "GRIDBOT_WECHAT__TEMPLATE_FIELDS"),
        ({"rate": "0"}, "GRIDBOT_WECHAT__RATE"),
        ({"rate": "soon"}, "GRIDBOT_WECHAT__RATE"),
    ],
)
def test_a_wrong_setting_is_named_and_no_secret_with_it(wrong: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(_env_file=None, wechat=WHOLE | wrong)
    assert named in str(caught.value)
    assert APP_SECRET not in str(caught.value)
    assert AES_KEY not in str(caught.value)
    assert "too-short" not in str(caught.value)


def test_each_messenger_has_a_rate_of_its_own() -> None:
    settings = load_settings(_env_file=None, wechat={"rate": 12}, wecom={"rate": 7}, telegram={"rate": 25})
    assert settings.rates == {"wechat": 12, "wecom": 7}
    assert (policy_from(settings).rate, policy_from(settings).rates) == (25, settings.rates)
    with pytest.raises(SettingsError, match="GRIDBOT_WECOM__RATE"):
        load_settings(_env_file=None, wecom={"rate": 1001})


async def called(sandbox: Sandbox, folder: Path, *arguments: str, **changed: str) -> tuple[int, str]:
    """The command line in a folder of its own, with an account at the sandbox."""
    given = WHOLE | {"api_base": sandbox.wechat_base} | changed
    environment = {f"GRIDBOT_WECHAT__{name.upper()}": value for name, value in given.items()}
    environment |= {"GRIDBOT_DATABASE_URL": f"sqlite:///{folder}/town.db", "GRIDBOT_MEDIA__STORE": str(folder / "m")}

    def run() -> tuple[int, str]:
        done = CliRunner().invoke(cli, arguments, env=environment)
        return done.exit_code, done.output

    return await asyncio.to_thread(run)


async def test_the_menu_is_made(adapter: str, sandbox: Sandbox, tmp_path: Path) -> None:
    assert await called(sandbox, tmp_path, "wechat", "menu") == (0, "The menu is made.\n")
    names = [button["name"] for button in account_of(sandbox).menu]
    assert names == ["上报体温", "我家", "更多"]
    assert account_of(sandbox).menu[0]["key"] == "/report"


async def test_a_wrong_secret_makes_no_menu(adapter: str, sandbox: Sandbox, tmp_path: Path) -> None:
    status, said = await called(sandbox, tmp_path, "wechat", "menu", secret="wrong-secret")
    assert status == 1
    assert "40125" in said
    assert "wrong-secret" not in said


async def test_doctor_looks_at_the_account(adapter: str, sandbox: Sandbox, tmp_path: Path) -> None:
    _, said = await called(sandbox, tmp_path, "doctor", "--json")
    found = {(one["name"], one["ok"]) for one in json.loads(said.splitlines()[-1])}
    assert {("wechat", True), ("wechat", None)} <= found
    assert not any(name == "telegram" for name, _ in found)
