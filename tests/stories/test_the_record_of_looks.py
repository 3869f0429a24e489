"""Invariant 11: every look at a resident's record by staff is logged."""

from sqlalchemy import select

from models import AuditEntry
from tests.harness import Town


async def test_a_look_at_a_household_is_logged_with_who_and_when(town: Town) -> None:
    await town.at("12:02")
    worker = town.phone("李网格员")
    digest = await worker.hears("2 户漏报")
    await worker.presses(digest, "1")
    await worker.hears("漏报：王芳")
    looks = town.read(lambda session: list(session.scalars(select(AuditEntry).where(AuditEntry.act == "look"))))
    assert [(one.subject, one.at) for one in looks] == [("household:1", town.now)]
    assert looks[0].actor_id is not None
