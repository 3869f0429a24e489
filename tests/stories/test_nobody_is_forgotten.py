"""The auditor: an alarm whose record went wrong is found within a minute or two, mended and told."""

from typing import Any

import pytest
from sqlalchemy import delete, select, update

from models import AreaPolicy, Escalation, EscalationEvent
from rules.auditing import AGAIN, LATE
from rules.escalation import Event, State
from services.auditing import audit
from services.climbing import go_on
from tests.harness import Town, alarms_of

pytestmark = pytest.mark.telegram
STRANGE = [{"role": "village_elder", "minutes": 5, "people": [1]}]
"""A chain that no longer says anything to this version."""


def spoil(town: Town, which: int = 1, **values: Any) -> None:
    """Somebody's hand, or a fault of the machine, in the records."""
    with town.database.transaction() as session:
        session.execute(update(Escalation).where(Escalation.id == which).values(**values))


def mended(town: Town) -> list[str]:
    def read(session: Any) -> list[str]:
        rows = session.scalars(select(EscalationEvent).where(EscalationEvent.event == Event.MENDED))
        return [one.detail["fault"] for one in rows]

    return town.read(read)


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"next_at": None}, "no_time"),
        ({"state": State.TAKEN, "holder_id": None}, "no_holder"),
        ({"state": State.OPEN, "holder_id": 1}, "two_ways"),
    ],
)
async def test_a_spoilt_alarm_goes_on_and_the_city_hears(town: Town, values: dict[str, Any], fault: str) -> None:
    await town.at("09:00")
    await town.phone("张强").says("38.4")
    spoil(town, **values)
    await town.forward(minutes=1)
    assert mended(town) == [fault]
    await town.phone("赵网格长").hears("发烧：张强 38.4")
    assert "差点没人管" in (await town.phone("周市级").hears("体温")).text
    await town.forward(minutes=1)
    assert mended(town) == [fault]  # once
    assert alarms_of(town) == [State.OPEN]


async def test_one_that_cannot_be_moved_holds_nobody_else_up(town: Town) -> None:
    await town.at("09:00")
    await town.phone("王芳").says("爷爷38.4")
    await town.phone("张强").says("38.6")
    spoil(town, chain=STRANGE, next_at=town.now)
    await wait_in_vain(town)
    assert town.database.apply(audit, town.now) == {"mended": 1, "stuck": 0}
    await town.stage.settle()
    assert mended(town) == ["late"]
    assert town.phone("李网格员").heard("发烧：王建国 38.4") == 2  # its chain begins anew, with the people of today
    await town.forward(minutes=5)
    await town.phone("赵网格长").hears("发烧：张强 38.6")


async def test_what_nothing_moves_is_told_and_tried_again(town: Town) -> None:
    await town.at("09:00")
    await town.phone("张强").says("38.6")
    grid = town.read(lambda session: session.scalars(select(Escalation.grid_id)).one())
    with town.database.transaction() as session:
        session.add(AreaPolicy(area_id=grid, key="morning", value="at dawn"))
    spoil(town, chain=STRANGE, next_at=town.now)
    await wait_in_vain(town)
    assert town.database.apply(audit, town.now) == {"mended": 0, "stuck": 1}
    assert town.database.apply(go_on, town.now) == {"advanced": 0, "lapsed": 0, "left": 0}  # out of the way
    await town.stage.settle()
    assert "报不上去" in (await town.phone("周市级").hears("体温")).text
    with town.database.transaction() as session:
        session.execute(delete(AreaPolicy))
    await town.stage.clock.move_by(AGAIN + LATE)
    assert town.database.apply(audit, town.now) == {"mended": 1, "stuck": 0}


async def wait_in_vain(town: Town) -> None:
    """The tick that moves alarms on fails at the one, every time."""
    for _ in range(2):
        with pytest.raises(ValueError, match="village_elder"):
            town.database.apply(go_on, town.now)
        await town.stage.clock.move_by(LATE)
