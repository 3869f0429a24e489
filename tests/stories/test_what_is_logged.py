"""A day's log, with whatever can go wrong: one id from end to end, and nothing of anybody."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest
import structlog
from sqlalchemy import event, select

from bot.logs import set_up_logs
from models import OutboxMessage, Person, SeenUpdate
from rules.mail import MailState
from rules.roles import Role
from services.areas import by_code
from services.invites import invite
from tests.contracts.adapters import picture
from tests.harness import TOKEN, USERNAME, Town

Lines = Callable[[], list[dict[str, Any]]]
PHONE = "19901234567"
NOTICE = "明天早上八点做核酸，带身份证"
SHORTEST = 4
"""Letters of a text that say something."""


@pytest.fixture
def logged() -> Iterator[Lines]:
    """Every line written since it was last asked, of the house, down to the least important, and of its libraries."""
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    stream = StringIO()
    set_up_logs("DEBUG", as_json=True, to=stream)

    def lines() -> list[dict[str, Any]]:
        found = [json.loads(line) for line in stream.getvalue().splitlines()]
        stream.seek(0)
        stream.truncate()
        return found

    yield lines
    logging.captureWarnings(False)
    root.setLevel(level)
    root.handlers[:] = handlers
    structlog.reset_defaults()


def code(town: Town) -> str:
    with town.database.transaction() as session:
        area = by_code(session, "G1")
        assert area
        return invite(session, town.now, role=Role.RESIDENT, area=area, max_uses=1)


def texts_of(town: Town) -> set[str]:
    """Every line that anybody has written or read, without those of one word."""
    lines: set[str] = set()
    for number in town.sandbox.world.phones:
        for message in town.sandbox.world.messages(number, USERNAME):
            lines |= {line.strip() for line in message.as_json()["text"].splitlines()}
    return {line for line in lines if len(line) >= SHORTEST}


def told(lines: list[dict[str, Any]]) -> str:
    """Everything in them but when they were written."""
    return "\n".join(json.dumps({**line, "timestamp": ""}, ensure_ascii=False) for line in lines)


async def a_day_with_everything(town: Town) -> str:
    """Answers, a fever, a door, a photo, a newcomer, a notice, somebody who blocks; and the invite's code."""
    mother, worker, head = town.phone("王芳"), town.phone("李网格员"), town.phone("赵网格长")
    await town.at("08:00")
    await mother.says("我36.5 爷爷38.4 宝宝36.4")
    await mother.presses(await mother.hears("38.4"), "都没有")
    await mother.sends_photo(picture(), "爷爷39.1")
    alert = await worker.hears("39.1")
    await worker.presses(alert, "我来处理")
    await worker.says("37.9")
    await worker.presses(alert, "在家观察")
    await mother.says("我奶奶也发烧了，怎么办")
    newcomer, given = town.stranger("小郑"), code(town)
    await newcomer.starts(given)
    await newcomer.says("郑新来")
    await newcomer.says("9号")
    await newcomer.shares_number(PHONE)
    await head.says("通知")
    await head.presses(await head.says(NOTICE), "发送")
    town.sandbox.world.block(town.phone("张强").number, USERNAME)
    town.sandbox.world.arm_fault("status", method="sendMessage", status=500)
    town.sandbox.world.arm_fault("status", method="sendMessage", status=429)
    await town.forward(hours=2)
    await town.at("19:00")
    await mother.says("全家36.6")
    return given


async def test_a_day_s_log_has_nothing_of_anybody(logged: Lines, town: Town) -> None:
    given = await a_day_with_everything(town)
    with _refusing(town, "temperature_readings"):
        await town.phone("王芳").says("宝宝40.3")  # its handler fails, with all that was said in the error
    asyncio.get_running_loop().call_exception_handler(
        {"message": "somebody's", "exception": _raised("王芳 36.5"), "future": "王芳"}
    )
    logging.getLogger("aiohttp.server").error("Error handling %s", f"/bot{TOKEN}/sendMessage", exc_info=_raised(PHONE))
    lines = logged()
    said = told(lines)

    names = town.read(lambda session: set(session.scalars(select(Person.name))))
    values = {"36.5", "38.4", "36.4", "37.9", "39.1", "36.6", "40.3"}
    never = {*names, *values, *texts_of(town), "小郑", "郑新来", PHONE, TOKEN, TOKEN.partition(":")[2], given, NOTICE}
    assert len(lines) > 100
    assert {one for one in never if one in said} == set()
    assert any("exception" in line for line in lines)
    assert any(line.get("library") == "aiohttp.server" for line in lines)


async def test_one_id_goes_from_the_update_to_every_outcome(logged: Lines, town: Town) -> None:
    await town.at("08:00")
    logged()
    await town.phone("王芳").says("我36.5 爷爷38.4 宝宝36.4")
    lines = logged()
    update = town.read(lambda session: session.scalars(select(SeenUpdate)).one())
    why = f"{update.bot}:{update.update_id}"
    mine = (OutboxMessage.cause == why) & (OutboxMessage.state == MailState.SENT)
    caused = town.read(lambda session: list(session.scalars(select(OutboxMessage).where(mine))))

    assert len(caused) > 1
    assert [line["event"] for line in lines if why in line.get("causes", ())] == ["accepted"]
    for what in ("handed over", "recorded"):
        found = {line["message"] for line in lines if line.get("cause") == why and line["event"] == what}
        assert found == {message.id for message in caused}
    about = [line for line in lines if "message" in line]
    assert [line for line in about if not line.get("cause")] == []


@pytest.mark.needs("captions")
async def test_what_is_fetched_later_is_still_known_by_the_update_that_brought_it(logged: Lines, town: Town) -> None:
    await town.at("08:00")
    await town.phone("王芳").sends_photo(picture(), "爷爷38.4")
    update = town.read(lambda session: session.scalars(select(SeenUpdate)).one())
    shown = town.read(
        lambda session: session.scalars(select(OutboxMessage).where(OutboxMessage.template == "photo")).first()
    )
    assert shown is not None
    assert shown.cause == f"{update.bot}:{update.update_id}"
    assert logged()


def test_an_error_is_where_and_what_kind_and_no_more(logged: Lines) -> None:
    try:
        _fails("王芳 38.4")
    except ValueError:
        structlog.get_logger().exception("it failed")
    [line] = logged()
    assert "test_what_is_logged.py" in line["exception"]
    assert "_fails" in line["exception"]
    assert line["exception"].count("builtins.KeyError") == 1
    assert line["exception"].endswith("builtins.ValueError")
    assert "王芳" not in json.dumps(line, ensure_ascii=False)


def _fails(words: str) -> None:
    try:
        dict[str, str]()[words]
    except KeyError as error:
        raise ValueError(words) from error


def _raised(words: str) -> Exception:
    try:
        _fails(words)
    except ValueError as error:
        return error
    raise AssertionError


class _refusing:  # noqa: N801 - reads as a word
    """While the database refuses one table, and says so with everything that was to be written."""

    def __init__(self, town: Town, table: str) -> None:
        self._engine, self._table = town.database.engine, table

    def __enter__(self) -> None:
        event.listen(self._engine, "before_cursor_execute", self._refuse)

    def __exit__(self, *_: object) -> None:
        event.remove(self._engine, "before_cursor_execute", self._refuse)

    def _refuse(self, _connection: Any, _cursor: Any, statement: str, bound: Any, *_: Any) -> None:
        if statement.startswith(f"INSERT INTO {self._table}"):
            raise ValueError(f"{statement} {bound}")
