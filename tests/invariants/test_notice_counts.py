"""Whatever becomes of the copies of notices, in whatever order: each count equals a recount from the copies."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from channels.port import Sent, Unreachable
from models import Account, Area, Bot, Household, Notice, NoticeCopy, NoticePart, OutboxMessage, Person, Resident
from models.db import Database
from models.vault import Vault
from rules.audiences import Audience
from rules.mail import HELD, MailState, bot_pace
from rules.notice_life import ENDED, NoticeAct, NoticeState
from rules.policy import Policy
from rules.roles import Level, Role
from services import bundling, register, spreading
from services.audiences import meant_by
from services.gathering import gather
from services.notice_life import change
from services.notice_sweeps import sweep
from services.notices import acknowledge, copy_for
from services.outbox import claim
from services.outcomes import record_results
from services.owing import owe_ahead
from services.phones import unlink
from services.receipts import Receipts, arrived, can_be_tried_again, did_not_arrive, never_arrives, reasons, receipts
from services.results import Result
from services.unread import remind
from tests.examples import examples
from tests.harness import BOT, DAY, local, raise_the_house
from tests.light import light
from tests.recounting import recount

NOON = local(DAY, "12:00")
LATER = local(DAY, "12:05")
DOORS = (("G1-1", "101"), ("G1-1", "102"), ("G1", "3号"), ("G2", "1号"), ("G2", "2号"))
"""Area and room; two people live behind each, and the first of all lives behind the last one too."""
WEST = "west"
"""Another bot: the second behind each door has a second chat there, the second behind the last two has no other."""


@pytest.fixture
def inhabited(new_database: Callable[[], str]) -> Iterator[Database]:
    database = light(Database(new_database(), Vault(b"a key for the tests"), Policy()))
    database.apply(settle)
    yield database
    database.close()


@dataclass(frozen=True)
class Step:
    """What happens next, to whom, to which of the notices."""

    what: str
    whom: int
    notice: int


def settle(session: Session) -> None:
    """Five doors of two grids, one of them with a building; everybody has joined."""
    raise_the_house(session, NOON)
    grids = {area.code: area for area in session.scalars(select(Area))}
    building = register.add_area(session, code="G1-1", name="一号楼", level=Level.BUILDING, parent=grids["G1"])
    areas = {**grids, "G1-1": building}
    head = register.add_person(session, NOON, name="赵网格长")
    session.add(Account(bot=BOT, address="head", person_id=head.id, created_at=NOON))
    session.add(Bot(name=WEST, channel="telegram"))
    session.flush()
    people = []
    for number, (code, room) in enumerate(DOORS):
        household = register.household_at(session, areas[code], room)
        for one in "甲乙":
            person = register.add_person(session, NOON, name=f"{number}{one}")
            people.append(person)
            register.add_resident(session, NOON, person=person, household=household)
            only_west = one == "乙" and number >= len(DOORS) - 2
            chat = {"person_id": person.id, "created_at": NOON}
            session.add(Account(bot=WEST if only_west else BOT, address=f"{number}{one}", **chat))
            if one == "乙" and not only_west:
                session.add(Account(bot=WEST, address=f"{number}{one}", told_here=False, **chat))
    session.add(Resident(person_id=people[0].id, household_id=household.id))
    # A door in quarantine, a door with one of the key people, and those who work there, one of whom lives there too.
    register.quarantine(session, NOON, person=people[2], household=_home(session, people[2]), first_day=DAY)
    session.scalars(select(Resident).where(Resident.person_id == people[4].id)).one().tags = ["独居老人"]
    register.appoint(session, NOON, person=head, role=Role.GRID_HEAD, area=grids["G1"])
    for person, role, code in ((people[1], Role.GRID_WORKER, "G1"), (people[3], Role.VOLUNTEER, "G2")):
        register.appoint(session, NOON, person=person, role=role, area=grids[code])


def _home(session: Session, person: Person) -> Household:
    household = session.scalar(select(Resident.household_id).where(Resident.person_id == person.id))
    return session.get_one(Household, household)


def tell(session: Session, code: str, audience: Audience = Audience.HOUSEHOLDS) -> int:
    """The head tells everybody below an area something; one door at a time is written."""
    author = session.scalars(select(Account).where(Account.address == "head")).one()
    area = session.scalars(select(Area).where(Area.code == code)).one()
    assert author.person_id
    notice = Notice(author_id=author.person_id, area_id=area.id, body="停水", audience=audience, created_at=NOON)
    session.add(notice)
    session.flush()
    spreading.send_to_doors(session, NOON, notice, households=1)
    return notice.id


def play(session: Session, step: Step, notices: list[int], missed: set[int]) -> None:
    notice = session.get_one(Notice, notices[step.notice % len(notices)])
    if step.what == "spread":
        spreading.spread(session, NOON, households=1 + step.whom % 3)
    elif step.what in {"put away", "quiet"}:
        to_a_chat(session, f"{step.notice}乙", step.what)
    elif step.what == "owed":
        owe_ahead(session, NOON, ahead=4)
    elif step.what in ACTS:
        act(session, notice, step.what)
    elif step.what == "swept":
        sweep(session, LATER, copies=2)
    elif step.what == "sent out":
        send_some(session, WEST if step.whom % 3 == 0 else BOT)
    elif step.what == "asked again":
        remind(session, LATER, notice, session.get_one(Area, notice.area_id), notice.author_id)
    elif step.what == "gather":
        gather(session, NOON)
    elif step.what == "missed" and notice.state not in ENDED:  # of what has ended nobody is told that they missed it
        missed |= _come_by_themselves(session, notice, f"{step.whom % len(DOORS)}甲")
    else:
        _to_a_copy(session, step, notice)


def act(session: Session, notice: Notice, what: str) -> None:
    """The head corrects it, holds it up, lets it go, stops it or takes it back."""
    left = without_a_copy(session, notice)
    was, body = notice.state, "改了" if what == "corrected" else None
    change(session, NOON, notice, ACTS[what], notice.author_id, body)
    if notice.state in ENDED and was not in ENDED:
        assert notice.left_out == len(left)


def to_a_chat(session: Session, address: str, what: str) -> None:
    """The chat in which somebody is told is nobody's any more; or they ask for quiet there, or do so no more."""
    account = session.scalars(select(Account).where(Account.address == address, Account.told_here)).first()
    if account is not None and what == "quiet":
        account.stopped = not account.stopped
        session.flush()
    elif account is not None:
        unlink(session, NOON, account, None, "not me")


def _come_by_themselves(session: Session, notice: Notice, address: str) -> set[int]:
    """The copy that was made for whoever came, if they had none."""
    before = session.scalar(select(func.max(NoticeCopy.id))) or 0
    copy = copy_for(session, NOON, notice, session.scalars(select(Account).where(Account.address == address)).one())
    return {copy.id} if copy is not None and copy.id > before else set()


def without_a_copy(session: Session, notice: Notice) -> set[int]:
    """Everybody for whom a notice is and who has none, wherever its list has come to."""
    everybody = meant_by(session, NOON, notice).subquery()
    told = select(NoticeCopy.person_id).where(NoticeCopy.notice_id == notice.id)
    return set(session.scalars(select(everybody.c.person_id).where(everybody.c.person_id.not_in(told))))


def _to_a_copy(session: Session, step: Step, notice: Notice) -> None:
    copies = session.scalars(select(NoticeCopy).where(NoticeCopy.notice_id == notice.id)).all()
    if not copies:
        return
    copy = copies[step.whom % len(copies)]
    match step.what:
        case "arrives":
            arrived(session, NOON, [one.id for one in copies[step.whom % len(copies) :]])
        case "fails":
            never_arrives(session, NOON, [copy.id], "blocked")
        case "read":
            acknowledge(session, NOON, copy)
        case "again":
            can_be_tried_again(session, NOON, copy.id)
        case "taken back":
            did_not_arrive(session, NOON, copy.id)


TOLD = (
    ("C", Audience.HOUSEHOLDS),
    ("G1", Audience.HOUSEHOLDS),
    ("G1", Audience.HOUSEHOLDS),
    ("G1-1", Audience.QUARANTINED),
    ("C", Audience.STAFF),
)
"""The notices that are played with: where they go and for whom they are. Three of them wait for the first door, and are
one message there.
"""
ACTS = {
    act.value: act
    for act in (NoticeAct.CORRECTED, NoticeAct.PAUSED, NoticeAct.RESUMED, NoticeAct.STOPPED, NoticeAct.WITHDRAWN)
}
WHATS = (
    *("spread", "owed", "gather", "missed", "arrives", "fails", "read", "again", "taken back"),
    *("swept", "sent out", "asked again", "put away", "quiet", *ACTS),
)


def send_some(session: Session, bot: str) -> None:
    """The delivery takes what is due, and some of it arrives."""
    parcels = claim(session, LATER, bot, "ours", bot_pace(30.0), 4).parcels
    said = [Sent(str(one.id)) if place % 3 else Unreachable("blocked") for place, one in enumerate(parcels)]
    record_results(session, LATER, bot, [Result(one, what) for one, what in zip(parcels, said, strict=True)])


steps = st.lists(st.builds(Step, st.sampled_from(WHATS), st.integers(0, 9), st.integers(0, len(TOLD) - 1)), max_size=40)


def agree(session: Session, number: int) -> None:
    """At every area from the notice's own down."""
    top = session.get_one(Area, session.get_one(Notice, number).area_id)
    for area in session.scalars(select(Area).where(Area.path.startswith(top.path))):
        assert receipts(session, number, area.id) == recount(session, number, area.id)
        assert reasons(session, number, area) == reasons_anew(session, number, area)


def reasons_anew(session: Session, number: int, area: Area) -> dict[str, int]:
    """From the copies themselves."""
    why = (
        select(NoticeCopy.failed, func.count())
        .join(Area, Area.id == NoticeCopy.area_id)
        .where(NoticeCopy.notice_id == number, NoticeCopy.failed.is_not(None), Area.path.startswith(area.path))
        .group_by(NoticeCopy.failed)
    )
    return {str(reason): people for reason, people in session.execute(why)}


def live_through(session: Session, steps: list[Step]) -> None:
    notices = [tell(session, code, audience) for code, audience in TOLD]
    assert session.scalar(select(func.count()).where(OutboxMessage.template == bundling.TEMPLATE)) == 2
    missed: set[int] = set()
    for step in steps:
        play(session, step, notices, missed)
        for number in notices:
            agree(session, number)
    while (
        spreading.spread(session, NOON, households=1)["left"]
        or owe_ahead(session, NOON)["left"]
        or sweep(session, LATER)["left"]
        or gather(session, NOON)["tallies"]
    ):
        pass
    nobodys_chat_is_told(session)
    for number in notices:
        agree(session, number)
        nothing_is_owed_that_should_not_be(session, number)
        each_is_owed_once(session, number, missed)
        assert receipts(session, number) == recount(session, number, session.get_one(Notice, number).area_id)


def nothing_is_owed_that_should_not_be(session: Session, number: int) -> None:
    """Once all is swept: of what has ended no copy waits, of what is paused every one until somebody says so."""
    notice = session.get_one(Notice, number)
    # A copy that arrives or fails takes its message with it; here it is said to do so by itself.
    whole = select(NoticeCopy).where(_of(number), NoticeCopy.failed.is_(None), NoticeCopy.sent_at.is_(None))
    copies = {f"notice_copy:{one.id}" for one in session.scalars(whole)}
    waiting = [
        one
        for one in session.scalars(
            select(OutboxMessage).where(OutboxMessage.template == "notice", OutboxMessage.edits_id.is_(None))
        )
        if one.about in copies and one.state == MailState.PENDING
    ]
    if notice.state in ENDED:
        assert not waiting
    assert {one.due_at == HELD for one in waiting} <= {notice.state is NoticeState.PAUSED}
    bundles = select(OutboxMessage).where(
        OutboxMessage.template == bundling.TEMPLATE,
        OutboxMessage.edits_id.is_(None),
        OutboxMessage.state == MailState.PENDING,
    )
    together = {one for message in session.scalars(bundles) for one in message.args["copies"]}
    undecided = whole.where(NoticeCopy.dropped_at.is_(None), NoticeCopy.id.in_(together))
    mine = session.scalar(undecided.with_only_columns(func.count()))
    # What is paused waits in there too, and is taken out as the others leave.
    assert not mine or notice.state not in ENDED


def each_is_owed_once(session: Session, number: int, missed: set[int]) -> None:
    """Nobody's copy has two messages, and whose has none stands in a message with others, or is not to be sent now.

    `missed`: copies of people who came by themselves.
    """
    notice = session.get_one(Notice, number)
    owed = Counter(
        session.scalars(
            select(OutboxMessage.about).where(
                OutboxMessage.template == "notice",
                OutboxMessage.edits_id.is_(None),
                OutboxMessage.state.not_in([MailState.DROPPED, MailState.MOVED]),
            )
        )
    )
    # As they are written down: what arrives is noted past those that the session holds.
    copies = select(NoticeCopy).where(_of(number)).execution_options(populate_existing=True)
    for copy in session.scalars(copies):
        assert owed[f"notice_copy:{copy.id}"] <= int(copy.bundle_id is None)
        decided = copy.bundle_id or copy.sent_at or copy.failed or copy.dropped_at
        lost = session.get_one(Account, copy.account_id).person_id is None  # it was put away, and they have no other
        if notice.state is NoticeState.SENDING and not decided and copy.id not in missed and not lost:
            assert owed[f"notice_copy:{copy.id}"] == 1
    standing = session.scalar(select(func.count()).select_from(NoticePart).where(NoticePart.notice_id == number))
    assert not standing or notice.state is NoticeState.PAUSED


def nobodys_chat_is_told(session: Session) -> None:
    """What waits, waits for somebody."""
    waits = select(OutboxMessage.id).join(Account, Account.id == OutboxMessage.account_id)
    assert not session.scalars(waits.where(OutboxMessage.state == MailState.PENDING, Account.person_id.is_(None))).all()


def _of(number: int) -> Any:
    return NoticeCopy.notice_id == number


@settings(max_examples=examples(8, 1500))
@given(steps=steps)
def test_every_count_equals_a_recount(inhabited: Database, steps: list[Step]) -> None:
    with pytest.raises(_TakenBackError):
        inhabited.apply(_live_through_alone, steps)


class _TakenBackError(Exception):
    """All of it is rolled back: the next example begins with no notice."""


def _live_through_alone(session: Session, steps: list[Step]) -> None:
    live_through(session, steps)
    raise _TakenBackError


MEANT = {
    Audience.HOUSEHOLDS: {f"{door}{one}" for door in range(len(DOORS)) for one in "甲乙"},
    Audience.QUARANTINED: {"1甲", "1乙"},
    Audience.KEY_PEOPLE: {"2甲", "2乙"},
    Audience.STAFF: {"赵网格长", "0乙"},
    Audience.VOLUNTEERS: {"1乙"},
}


@pytest.mark.parametrize("audience", Audience)
def test_a_notice_reaches_its_audience_and_nobody_else_and_each_once(inhabited: Database, audience: Audience) -> None:
    def names(session: Session) -> list[str]:
        number = tell(session, "C", audience)
        while spreading.spread(session, NOON, households=1)["left"]:
            pass
        mine = select(Person.name).join(NoticeCopy, NoticeCopy.person_id == Person.id)
        return list(session.scalars(mine.where(NoticeCopy.notice_id == number)))

    told = inhabited.apply(names)
    assert sorted(told) == sorted(MEANT[audience])


def test_nobody_gets_a_notice_twice_and_nobody_is_left_out(inhabited: Database) -> None:
    def spread_by_single_doors(session: Session) -> list[int]:
        number = tell(session, "C")
        while spreading.spread(session, NOON, households=1)["left"] or owe_ahead(session, NOON)["left"]:
            pass
        return list(session.scalars(select(NoticeCopy.person_id).where(NoticeCopy.notice_id == number)))

    told = inhabited.apply(spread_by_single_doors)
    assert len(told) == len(set(told)) == 2 * len(DOORS)
    owed = select(func.count()).select_from(OutboxMessage).where(OutboxMessage.template == "notice")
    assert inhabited.apply(lambda session: session.scalar(owed)) == len(told)


async def test_parts_written_and_counts_gathered_in_parallel_are_each_done_once(inhabited: Database) -> None:
    number = inhabited.apply(tell, "C")

    def counts(session: Session) -> tuple[Receipts, Receipts]:
        top = session.get_one(Notice, number).area_id
        return receipts(session, number), recount(session, number, top)

    for _ in range(len(DOORS) + 1):
        await asyncio.gather(
            *(inhabited.run(spreading.spread, NOON, 1) for _ in range(4)),
            *(inhabited.run(owe_ahead, NOON) for _ in range(2)),
            *(inhabited.run(gather, NOON) for _ in range(2)),
        )
    while (await inhabited.run(owe_ahead, NOON))["left"]:
        pass
    counted, recounted = inhabited.apply(counts)
    assert counted == recounted
    assert counted.people == 2 * len(DOORS)
    inhabited.apply(each_is_owed_once, number, set())
