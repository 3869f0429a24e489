"""From one update to its answer, and the counts of both: for whoever looks after the machine."""

from __future__ import annotations

import aiohttp
from sqlalchemy import select

from models import OutboxMessage, SeenUpdate
from tests.harness import Town


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
