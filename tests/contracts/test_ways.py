"""Whatever becomes of a message: owed to one person on one way at a time, on none twice, and never on none while one is
left; an emergency on two channels at most. On both databases.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.port import Address, ChannelError, Failed, Message, Rejected, Sent, Span, Uncertain, Unreachable
from models import Account, Area, Bot, OutboxMessage, Person
from models.db import Database
from rules.escalation import Kind
from rules.ladder import Severity
from rules.mail import CHAT_PACE, MAX_ATTEMPTS, MailState, Priority
from rules.roles import Role
from rules.ways import LIVING
from services import register
from services.accounts import reachable_accounts, seen
from services.bots import register_bots
from services.escalations import raise_alarm
from services.mailbox import post
from services.outcomes import record_results
from services.parcels import Parcel
from services.phones import unlink
from services.reach import lost, not_delivered
from services.results import Result
from services.ways import choose, heard, put_in_order
from tests.examples import examples
from tests.harness import DAY, local, raise_the_house

NOON = local(DAY, "12:00")
BOTS = {"telegram": "telegram", "second": "telegram", "wechat": "wechat", "wecom": "wecom"}
EMERGENCY, ALERT, PROMPT, NOTICE, REPLY = "emergency", "alert", "prompt", "notice", "reply"
OWED = {ALERT: Priority.ALERT, PROMPT: Priority.PROMPT, NOTICE: Priority.NOTICE, REPLY: Priority.REPLY}
SAID: dict[str, ChannelError | Sent] = {
    "sent": Sent(""),
    "unreachable": Unreachable("blocked"),
    "rejected": Rejected("no"),
    "uncertain": Uncertain("?"),
    "failed": Failed("later"),
    "dead": Failed("never"),
}


class _OverError(Exception):
    """The end of a story: nothing of it stays."""


@dataclass(frozen=True)
class Step:
    """What happens next, to which of what there is."""

    what: str
    which: int


steps = st.lists(
    st.builds(
        Step,
        st.sampled_from(["unreachable", "rejected", *SAID, "told later", "writes", "chooses", "blocks", "put away"]),
        st.integers(0, 9),
    ),
    min_size=1,
    max_size=10,
)


@settings(max_examples=examples(12, 400))
@given(
    bots=st.lists(st.sampled_from(list(BOTS)), min_size=1, max_size=4),
    kind=st.sampled_from([EMERGENCY, *OWED]),
    played=steps,
)
def test_owed_on_one_way_at_a_time_and_on_none_twice(
    database: Database, bots: list[str], kind: str, played: list[Step]
) -> None:
    with suppress(_OverError), database.transaction() as session:
        person = _settle(session, bots)
        _owe(session, person, kind)
        for number, step in enumerate(played):
            _play(session, NOON + timedelta(minutes=number), person, step)
            _look(session, person, kind)
        raise _OverError


def _settle(session: Session, bots: Sequence[str]) -> int:
    raise_the_house(session, NOON)
    register_bots(session, BOTS, {"wechat"})
    grid = session.scalars(select(Area).where(Area.code == "G1")).one()
    worker = register.add_person(session, NOON, name="李网格员")
    register.appoint(session, NOON, person=worker, role=Role.GRID_WORKER, area=grid)
    for number, bot in enumerate(bots):
        session.add(Account(bot=bot, address=f"{number}", person_id=worker.id, created_at=NOON))
    session.flush()
    put_in_order(session, NOON, worker.id)
    return worker.id


def _owe(session: Session, person: int, kind: str) -> None:
    if kind == EMERGENCY:
        grid = session.scalars(select(Area).where(Area.code == "G1")).one()
        home = register.household_at(session, grid, "3号")
        ill = register.add_person(session, NOON, name="王芳")
        raise_alarm(
            session,
            NOON,
            kind=Kind.ABNORMAL,
            severity=Severity.URGENT,
            household_id=home.id,
            grid_id=grid.id,
            person_id=ill.id,
        )
        return
    account = reachable_accounts(session, [person])[person]
    post(session, NOON, account, OWED[kind], "say", args={"key": "alarm-held", "args": {"who": "李"}, "buttons": []})
    session.flush()


def _play(session: Session, now: datetime, person: int, step: Step) -> None:
    accounts = session.scalars(select(Account).where(Account.person_id == person).order_by(Account.id)).all()
    if not accounts:
        return
    account = accounts[step.which % len(accounts)]
    match step.what:
        case "writes":
            seen(account, now)
            heard(session, now, account)
        case "chooses":
            choose(session, now, account, here=True)
        case "blocks":
            lost(session, now, account, "blocked")
        case "put away":
            unlink(session, now, account, None, "not me")
        case "told later":
            sent = [one for one in _messages(session) if one.state is MailState.SENT and one.external_id]
            if sent:
                one = sent[step.which % len(sent)]
                its = session.get_one(Account, one.account_id)
                not_delivered(session, now, its, one.external_id or "", "blocked")
        case _:
            _answer(session, now, step)
    session.flush()


def _answer(session: Session, now: datetime, step: Step) -> None:
    waiting = [one for one in _messages(session) if one.state is MailState.PENDING]
    if not waiting:
        return
    row = waiting[step.which % len(waiting)]
    account, said = session.get_one(Account, row.account_id), SAID[step.what]
    row.state, row.attempts = MailState.LEASED, MAX_ATTEMPTS if step.what == "dead" else 1
    parcel = Parcel(
        row.id,
        account.id,
        Address(account.bot, account.address),
        Message(((Span("有人发烧"),),)),
        None,
        row.priority,
        row.template,
        row.about,
        None,
        CHAT_PACE,
        account.arrival_at,
        None,
    )
    told = Sent(f"{row.id}") if isinstance(said, Sent) else said
    record_results(session, now, account.bot, [Result(parcel, told)])


def _messages(session: Session) -> list[OutboxMessage]:
    mine = OutboxMessage.edits_id.is_(None) & OutboxMessage.template.in_(["alert", "say"])
    return list(session.scalars(select(OutboxMessage).where(mine).order_by(OutboxMessage.id)))


def _look(session: Session, person: int, kind: str) -> None:
    session.expire_all()
    rows = _messages(session)
    chats = session.scalars(select(Account).where(Account.person_id == person)).all()
    channels = dict(session.execute(select(Bot.name, Bot.channel)).all())
    assert sum(one.told_here for one in chats) == bool(chats)
    assert not any(one.reachable for one in chats) or next(one for one in chats if one.told_here).reachable
    for same in _by_message(rows):
        tried = {one.account_id for one in same}
        assert len(tried) == len(same), "twice in one chat"
        living = [one for one in same if one.state in LIVING]
        assert len(living) <= (2 if kind == EMERGENCY else 1), "on several ways"
        assert len({channels[one.bot] for one in living}) == len(living), "twice on one channel"
        over = living or kind == REPLY or any(one.state is MailState.DROPPED for one in same)
        # Who comes back after it had been given up is told what they missed, and not this again.
        left = [one for one in chats if one.reachable and one.id not in tried and one.last_seen_at is None]
        assert over or not left, "a way is left"


def _by_message(rows: Sequence[OutboxMessage]) -> Sequence[Sequence[OutboxMessage]]:
    """What was owed, each with all its ways."""
    found: dict[str, list[OutboxMessage]] = {}
    for one in rows:
        key = one.dedupe_key or f"#{one.id}"
        found.setdefault(key.removeprefix("way:").rpartition("/")[0] if key.startswith("way:") else key, []).append(one)
    return list(found.values())


async def test_two_lose_their_ways_at_one_time_and_it_is_owed_once(database: Database) -> None:
    """Both chats of an emergency are lost in two transactions at one time: it goes on once."""
    with database.transaction() as session:
        person = _settle(session, ["telegram", "wecom", "wechat"])
        _owe(session, person, EMERGENCY)
    with database.transaction() as session:
        numbers = [one.id for one in _messages(session)]
    assert len(numbers) == 2

    def fail(session: Session, number: int) -> None:
        row = session.get_one(OutboxMessage, number)
        account = session.get_one(Account, row.account_id)
        row.state, row.attempts = MailState.LEASED, 1
        message = Message(((Span("有人发烧"),),))
        to = Address(account.bot, account.address)
        parcel = Parcel(
            row.id, account.id, to, message, None, row.priority, row.template, row.about, None, CHAT_PACE, None, None
        )
        record_results(session, NOON, account.bot, [Result(parcel, Unreachable("blocked"))])

    await asyncio.gather(*(database.run(fail, number) for number in numbers))
    with database.transaction() as session:
        rows = _messages(session)
        assert [one.state for one in rows].count(MailState.PENDING) == 1
        assert len({one.account_id for one in rows}) == len(rows) == 3
        told = reachable_accounts(session, [session.scalars(select(Person.id).order_by(Person.id)).first() or 0])
        assert len(told) == 1


@pytest.mark.parametrize("priority", [Priority.PROMPT, Priority.NOTICE, Priority.ALERT])
def test_the_substitute_is_owed_with_the_outcome(database: Database, priority: Priority) -> None:
    """One transaction: whoever sees that it failed sees that it is owed elsewhere."""
    with database.transaction() as session:
        person = _settle(session, ["telegram", "wecom"])
        first = reachable_accounts(session, [person])[person]
        post(session, NOON, first, priority, "say", args={"key": "alarm-held", "args": {"who": "李"}, "buttons": []})
    with database.transaction() as session:
        _answer(session, NOON, Step("unreachable", 0))
    with database.transaction() as session:
        rows = _messages(session)
        assert [one.state for one in rows] == [MailState.MOVED, MailState.PENDING]
        assert rows[0].error == "blocked"
        assert rows[1].bot != rows[0].bot


@pytest.mark.parametrize("on_its_way", [False, True], ids=["waits", "on its way"])
def test_a_list_that_gathers_moves_with_its_reader_and_what_joins_it_is_told_in_it(
    database: Database, on_its_way: bool
) -> None:
    """Half a minute in which the reader writes elsewhere: one list, where they are; what is on its way stays."""
    with database.transaction() as session:
        person = _settle(session, ["telegram", "wecom"])
        _silent(session, "3号")
        [first] = _lists(session)
        other = session.scalars(select(Account).where(Account.person_id == person, Account.bot != first.bot)).one()
        if on_its_way:
            first.state = MailState.LEASED
    with database.transaction() as session:
        account = session.get_one(Account, other.id)
        seen(account, NOON)
        heard(session, NOON, account)
        _silent(session, "5号")
    with database.transaction() as session:
        found = [(one.bot, one.state) for one in _lists(session)]
    waits = (other.bot, MailState.PENDING)
    assert found == ([(first.bot, MailState.LEASED), waits] if on_its_way else [waits])


def _silent(session: Session, room: str) -> None:
    grid = session.scalars(select(Area).where(Area.code == "G1")).one()
    home = register.household_at(session, grid, room)
    raise_alarm(
        session,
        NOON,
        kind=Kind.MISSED,
        severity=Severity.ROUTINE,
        household_id=home.id,
        grid_id=grid.id,
        bundle=f"silent/{grid.id}",
    )
    session.flush()


def _lists(session: Session) -> list[OutboxMessage]:
    return list(session.scalars(select(OutboxMessage).where(OutboxMessage.template == "digest")))
