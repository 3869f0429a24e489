"""From one update to its answer, and the counts of both: for whoever looks after the machine."""

from __future__ import annotations

from datetime import timedelta

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from sqlalchemy import select

from models import Account, OutboxMessage, SeenUpdate
from rules.mail import MailState, Priority
from services.mailbox import say
from tests.harness import Town
from web.gauges import GaugeKeeper
from web.site import make_site


@pytest.mark.needs("bot api")
async def test_an_answer_is_found_from_its_update(town: Town) -> None:
    answer = await town.phone("王芳").says("36.5")
    update = town.read(lambda session: session.scalars(select(SeenUpdate)).one())
    caused = town.read(lambda session: list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))))

    found = [one.external_id for one in caused if one.cause == f"{update.bot}:{update.update_id}"]
    assert str(answer.id) in found


async def test_what_a_tick_owes_names_the_tick(town: Town) -> None:
    await town.at("08:00")
    causes = town.read(
        lambda session: set(session.scalars(select(OutboxMessage.cause).where(OutboxMessage.template == "prompt")))
    )
    assert causes == {"tick:rounds"}


async def test_prometheus_reads_counts_and_nobody_s_name(town: Town) -> None:
    await town.at("08:00")
    await town.phone("王芳").says("我36.5 爷爷36.6 宝宝36.4")
    async with aiohttp.ClientSession() as client, client.get(f"{town.door}/metrics") as answer:
        said = await answer.text()

    assert 'gridbot_updates_total{result="handled"} 1.0' in said
    assert 'gridbot_messages_total{bot="telegram",outcome="sent",priority="prompt"} 2.0' in said
    assert 'gridbot_tick_done_total{tick="rounds"' in said
    assert "王芳" not in said


async def scraped(town: Town) -> dict[str, float]:
    """Every value of a first scrape, by its name with its labels."""
    site = make_site(town.database, town.stage.clock)
    async with TestServer(site) as server, aiohttp.ClientSession(server.make_url("/")) as client:
        lines = (await (await client.get("/metrics")).text()).splitlines()
    return {name: float(value) for name, _, value in (one.rpartition(" ") for one in lines if not one.startswith("#"))}


async def test_prometheus_reads_how_the_town_stands(town: Town) -> None:
    await town.at("08:00")
    await town.phone("王芳").says("我36.5 爷爷38.4 宝宝36.4")
    await town.phone("张强").blocks_the_bot()
    said = await scraped(town)

    assert said['gridbot_requests_today{half="morning",status="reported"}'] == 1
    assert said['gridbot_requests_today{half="morning",status="due"}'] == 1
    assert said['gridbot_escalations_open{severity="urgent",state="open",step="grid_worker"}'] == 1
    assert said['gridbot_escalations_open{severity="urgent",state="taken",step="grid_worker"}'] == 0
    assert said['gridbot_accounts_unreachable{bot="telegram"}'] == 1
    assert said['gridbot_queue_messages{bot="telegram",priority="alert"}'] == 0
    assert said['gridbot_line_parts{bot="telegram"}'] == 0
    assert said["gridbot_database_up"] == 1


async def test_what_waits_has_its_number_and_its_age(town: Town) -> None:
    with town.database.transaction() as session:
        account = session.scalars(select(Account)).first()
        assert account is not None
        for due, state in (
            (3, MailState.PENDING),
            (-60, MailState.PENDING),
            (0, MailState.LEASED),
            (0, MailState.DEAD),
        ):
            message = say(session, town.now, account, "alarm-held", {"who": "x"}, priority=Priority.NOTICE)
            assert message is not None
            message.due_at, message.state = town.now - timedelta(minutes=due), state
    said = await scraped(town)

    labels = '{bot="telegram",priority="notice"}'
    assert said[f"gridbot_queue_messages{labels}"] == 2
    assert said[f"gridbot_queue_age_seconds{labels}"] == 180
    assert said[f"gridbot_messages_in_flight{labels}"] == 1
    assert said[f"gridbot_dead_letters{labels}"] == 1


async def test_however_many_scrape_the_records_are_read_once(town: Town) -> None:
    keeper = GaugeKeeper(town.database, town.stage.clock)
    await keeper.read()
    await town.at("08:00")
    for _ in range(20):
        await keeper.read()
    [asked] = [one for one in keeper.collect() if one.name == "gridbot_requests_today"]
    assert sum(sample.value for sample in asked.samples) == 0  # as it was at the first
