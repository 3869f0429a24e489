"""The application from the command line: its menu, and invites where no link leads in."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import delete

from bot.account_menus import RESIDENTS, STAFF, buttons
from bot.cli import cli
from bot.house import open_database
from bot.settings import load_settings
from handlers.commands import COMMANDS
from models import Bot
from models.migrate import upgrade
from rules.roles import Role
from sandbox.server import Sandbox
from services.invites import look_up
from services.words import LANGUAGES
from tests.contracts.adapters import (
    AES_KEY,
    APP_SECRET,
    APPID,
    APPLICATION,
    CALLBACK_TOKEN,
    application_of,
)
from tests.harness import raise_the_house

KEY = "a key for the tests"


@pytest.fixture
def adapter() -> str:
    return APPLICATION


def environment(sandbox: Sandbox, folder: Path, **changed: str) -> dict[str, str]:
    given = {
        "corpid": APPID,
        "secret": APP_SECRET,
        "agent": str(application_of(sandbox).agent),
        "token": CALLBACK_TOKEN,
        "aes_keys": AES_KEY,
        "api_base": sandbox.wecom_base,
    } | changed
    house = {"DATABASE_URL": f"sqlite:///{folder}/town.db", "MEDIA__STORE": str(folder / "m"), "ENCRYPTION_KEY": KEY}
    account = {f"WECOM__{name.upper()}": value for name, value in given.items()}
    return {f"GRIDBOT_{name}": value for name, value in (house | account).items()}


async def called(sandbox: Sandbox, folder: Path, *arguments: str, **changed: str) -> tuple[int, str]:
    """The command line in a folder of its own, with an application at the sandbox."""
    given = environment(sandbox, folder, **changed)

    def run() -> tuple[int, str]:
        done = CliRunner().invoke(cli, arguments, env=given)
        return done.exit_code, done.output

    return await asyncio.to_thread(run)


async def test_the_menu_is_made_for_the_application(adapter: str, sandbox: Sandbox, tmp_path: Path) -> None:
    assert await called(sandbox, tmp_path, "wecom", "menu") == (0, "The menu is made.\n")
    menu = application_of(sandbox).menu
    assert [entry["name"] for entry in menu] == ["要处理的", "我的网格", "更多"]
    assert (menu[0]["type"], menu[0]["key"]) == ("click", "/alerts")
    assert [one["key"] for one in menu[1]["sub_button"]] == ["/today", "/doors", "/find", "/breach", "/duty"]


async def test_again_it_takes_the_place_of_the_one_before(adapter: str, sandbox: Sandbox, tmp_path: Path) -> None:
    for language, first in (("zh-CN", "要处理的"), ("en", "To do")):
        given = environment(sandbox, tmp_path) | {"GRIDBOT_LANGUAGE": language}
        done = await asyncio.to_thread(CliRunner().invoke, cli, ["wecom", "menu"], env=given)
        assert (done.exit_code, application_of(sandbox).menu[0]["name"]) == (0, first)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [({"secret": "wrong-secret"}, "40001"), ({"agent": "7"}, "40056"), ({"corpid": ""}, "GRIDBOT_WECOM__CORPID")],
)
async def test_what_wecom_does_not_take_is_said_and_no_secret_with_it(
    adapter: str, sandbox: Sandbox, tmp_path: Path, wrong: dict[str, str], says: str
) -> None:
    status, said = await called(sandbox, tmp_path, "wecom", "menu", **wrong)
    assert status == 1
    assert says in said
    assert "wrong-secret" not in said
    assert application_of(sandbox).menu == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("layout", "longest_below"), [(RESIDENTS, 60), (STAFF, 40)], ids=["wechat", "wecom"])
def test_a_menu_keeps_to_the_limits_and_every_click_is_a_command(
    language: str, layout: tuple[tuple[str, tuple[str, ...]], ...], longest_below: int
) -> None:
    made = buttons(language, layout)
    lists = [entry.get("sub_button", []) for entry in made]
    assert len(made) <= 3
    assert all(len(one) <= 5 for one in lists)
    assert max(len(entry["name"].encode()) for entry in made) <= 16
    assert max(len(one["name"].encode()) for below in lists for one in below) <= longest_below
    clicks = [one["key"] for entry, below in zip(made, lists, strict=True) for one in below or [entry]]
    assert {one.removeprefix("/") for one in clicks} <= set(COMMANDS)


async def test_where_no_link_leads_in_an_invite_is_a_line_to_type(
    adapter: str, sandbox: Sandbox, tmp_path: Path
) -> None:
    settings = load_settings(_env_file=None, database_url=f"sqlite:///{tmp_path / 'town.db'}", encryption_key=KEY)
    database = open_database(settings)
    upgrade(database.engine)
    now = datetime.now(UTC)
    database.apply(raise_the_house, now)
    with database.transaction() as session:
        session.execute(delete(Bot))  # the one of the town is on Telegram
    people = ("invite", "--role", "grid_worker", "--area", "G1")
    status, said = await called(sandbox, tmp_path, *people, "--count", "2")
    lines = said.splitlines()
    assert (status, [line.split(" ")[0] for line in lines]) == (0, ["/start", "/start"])
    with database.transaction() as session:
        found = look_up(session, now, lines[0].removeprefix("/start "))
        assert found.role is Role.GRID_WORKER  # type: ignore[union-attr]
    database.close()
    status, said = await called(sandbox, tmp_path, *people, "--qr", str(tmp_path / "code.png"))
    assert (status, (tmp_path / "code.png").exists()) == (2, False)
    assert "no link leads into WeCom" in said
    pages = ("poster", "--area", "G1", str(tmp_path / "poster.pdf"))
    status, said = await called(sandbox, tmp_path, *pages)
    assert (status, (tmp_path / "poster.pdf").exists()) == (1, False)
    assert "Telegram or WeChat" in said
