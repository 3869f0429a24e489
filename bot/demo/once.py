"""`gridbot demo --once`: one whole day at full speed, the conversation of four phones, the figures, the promises."""

from contextlib import AsyncExitStack
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from sqlalchemy.orm import Session

from bot.app import build
from bot.demo.answering import answering
from bot.demo.cast import Actor, shown
from bot.demo.choice import Choice
from bot.demo.crowd import Crowd
from bot.demo.lines import lines_of
from bot.demo.messenger import Messenger
from bot.demo.promises import Promise, check, kept_on_the_way
from bot.demo.sample import CITY, DAY
from bot.demo.stage import Stage, StillEngine
from bot.demo.town import OPENING, ZONE, demo_settings, furnish, hand_out_phones, sandbox_process
from rules.times import at_local
from services.areas import by_code
from services.clock import ManualClock
from services.figures import Figures, figures

NOTICE_AT = at_local(DAY, time(10, 0), ZONE)
CLOSING = at_local(DAY + timedelta(days=1), time(7, 59), ZONE)
"""A whole day: what is silent in the evening is told when the quiet hours end, and taken before the next round."""


async def play_once(folder: Path, choice: Choice = Choice.TELEGRAM) -> bool:
    """Plays the day on the messengers of the choice and prints it; whether every promise was kept."""
    lines = lines_of(choice)
    async with AsyncExitStack() as stack:
        starting = await stack.enter_async_context(sandbox_process(lines))
        actors = furnish(folder, OPENING, choice)
        sandbox = await starting.ready()
        messenger = await stack.enter_async_context(Messenger(sandbox.page))
        settings = demo_settings(folder, sandbox.bases, lines)
        clock = ManualClock(OPENING)
        stage = Stage(build(settings, clock, engine=StillEngine()), messenger, clock)
        await hand_out_phones(messenger, actors, lines)
        crowd = Crowd(actors)
        crowd.plan_the_notice(NOTICE_AT)
        await stage.start()
        try:
            async with answering(stage.app, messenger, lines):
                await play(stage, crowd, CLOSING)
            await _print_phones(messenger, shown(actors))
            promises, found = await stage.app.database.run(_look_back, crowd.said)
            promises += kept_on_the_way(await messenger.call("GET", "figures"))
        finally:
            await stage.stop()
        _print_figures(found)
        await _print_messenger(messenger)
    return _print_promises(promises)


async def play(stage: Stage, crowd: Crowd, end: datetime) -> None:
    """Moves from event to event, the house's and the people's, until `end`."""
    seen = 0
    while True:
        await stage.tick()
        await stage.settle()
        found = await stage.messenger.call("GET", "events", after=seen, wait=0)
        seen = found["last"]
        for event in found["events"]:
            crowd.see(event, stage.clock.now())
        if await crowd.act(stage.messenger, stage.clock.now()):
            continue
        if stage.clock.now() >= end:
            return
        coming = await stage.next_event()
        moments = [end, *([coming.at] if coming else []), *([crowd.next_at] if crowd.next_at else [])]
        await stage.clock.move_to(min(moments))


def _look_back(session: Session, said: list[tuple[str, float]]) -> tuple[list[Promise], Figures]:
    city = by_code(session, CITY)
    since = at_local(DAY, time(0), ZONE)
    return check(session, DAY, said), figures(session, DAY, since, [city.path if city else "/"])


async def _print_phones(messenger: Messenger, actors: list[Actor]) -> None:
    for actor in actors:
        click.secho(f"\n━━ {actor.name} · {actor.note} ━━", bold=True)
        for message in await messenger.messages(actor.phone, actor.line.username):
            local = datetime.fromisoformat(message["date"]).astimezone(ZoneInfo(ZONE))
            lines = message["text"].split("\n")
            mark = "  " if message["from"] == "bot" else "▶ "
            click.echo(f"{local:%H:%M} {mark}{lines[0]}")
            for line in lines[1:]:
                click.echo(f"        {line}")
            labels = [one["text"] for row in message["buttons"] for one in row]
            if labels:
                click.secho("        " + "  ".join(f"[{label}]" for label in labels), dim=True)


def _print_figures(found: Figures) -> None:
    click.secho(f"\n━━ 包头市 {found.day} ━━", bold=True)
    click.echo(f"居家隔离 {found.households} 户 {found.people} 人 · 发烧 {found.fevers} · 没人接 {found.waiting}")
    for slot in found.slots:
        click.echo(
            f"{slot.half.value:8} asked {slot.asked}  in time {slot.reported}  late {slot.late}  "
            f"missed {slot.missed}  unreachable {slot.unreachable}"
        )


async def _print_messenger(messenger: Messenger) -> None:
    found = await messenger.call("GET", "figures")
    worst = max(found["worst_second"].values(), default=0)
    click.echo(f"sent {found['sent']}  edited {found['edited']}  throttled {found['throttled']}  worst second {worst}")


def _print_promises(promises: list[Promise]) -> bool:
    click.secho("\n━━ 承诺 Promises ━━", bold=True)
    for promise in promises:
        click.echo(f"{'✗' if promise.broken else '✓'} {promise.name}")
        for broken in promise.broken[:10]:
            click.echo(f"    {broken}")
    return not any(promise.broken for promise in promises)
