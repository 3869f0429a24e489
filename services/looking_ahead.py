"""What a batch of answers and presses will ask the database, asked once for all of them."""

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from channels.port import Address, Incoming, Press, Text
from models import Account, Escalation, Household, Person
from services.areas import look_up_lines
from services.changes import shown_about
from services.dossier import subjects_of
from services.foresight import Foresight, foresee, foresee_no_more, foreseen, is_foreseeing
from services.handling import in_hand
from services.lookups import among, bundles, by_number, calls, households, living, without_form
from services.policy import policies_at
from services.staff import appointments_of

T = TypeVar("T", Person, Household, Escalation)


def look_into(session: Session, now: datetime, homes: Collection[int]) -> None:
    """Several doors are about to be asked about, within a batch that is looked ahead: looked up together."""
    known = foreseen(session)
    strange = [home for home in homes if home not in known.members or home not in known.requests]
    if strange and is_foreseeing(session):
        session.flush()
        _doors(session, known, now, strange)


@contextmanager
def looking_ahead(session: Session, now: datetime, batch: Sequence[Incoming]) -> Iterator[None]:
    """Within it, whatever is asked for these updates is known already."""
    foresee(session, look_ahead(session, now, batch))
    try:
        yield
    finally:
        foresee_no_more(session)


def look_ahead(session: Session, now: datetime, batch: Sequence[Incoming]) -> Foresight:
    """What the handlers of these updates will ask for, when each of them is an answer or deals with an alarm."""
    known = Foresight()
    _accounts(session, known, batch)
    doors = _presses(session, known, now, batch)
    speaking = {one.sender for one in batch if isinstance(one.content, Text) and one.speaker is None}
    accounts = [account for address, account in known.accounts.items() if address in speaking]
    if accounts:
        _speakers(session, known, accounts)
        speakers = {account.person_id for account in accounts if account.person_id is not None}
        doors |= set(
            session.scalars(
                select(Escalation.household_id).where(in_hand(now, speakers), Escalation.household_id.is_not(None))
            )
        )
        homes = {home.id: home for home in known.homes.values() if home is not None}
        households(session, known, now, homes)
        policies_at(session, {home.grid_id for home in homes.values()})
    if doors := doors - known.members.keys():
        _doors(session, known, now, doors)
    return known


_CHATS = select(Account).where(Account.bot == bindparam("bot"), Account.address.in_(bindparam("chats", expanding=True)))


def _accounts(session: Session, known: Foresight, batch: Sequence[Incoming]) -> None:
    chats: dict[str, set[str]] = {}
    for one in batch:
        chats.setdefault(one.sender.bot, set()).add(one.sender.chat)
    for bot, addresses in chats.items():
        for account in session.scalars(_CHATS, {"bot": bot, "chats": sorted(addresses)}):
            known.accounts[Address(account.bot, account.address)] = account
    people = {account.person_id for account in known.accounts.values() if account.person_id is not None}
    _hold(session, Person, people)


def _speakers(session: Session, known: Foresight, accounts: Sequence[Account]) -> None:
    """Who speaks, for whom, from where, and whether they are filling in a form."""
    numbers = [account.id for account in accounts]
    without_form(session, known, numbers)
    calls(session, known, numbers)
    people = {account.person_id for account in accounts if account.person_id is not None}
    living(session, known, people | {person for calls in known.calls.values() for person in calls})


_ABOUT_ALARMS = re.compile(r"(?:take|show|visit|end|pass|passto):([0-9]{1,18})(?::|$)|takeall:(.+)")
"""Keys of buttons under alerts and digests (`handlers.buttons`): a guess, as all of this, and no rule of theirs."""


def _presses(session: Session, known: Foresight, now: datetime, batch: Sequence[Incoming]) -> set[int]:
    """Which alarms the buttons are about, who pressed them with what right, and what shows these alarms.

    Returns the households at whose doors somebody stands.
    """
    pressed = [
        (one.sender, found)
        for one in batch
        if isinstance(one.content, Press) and (found := _ABOUT_ALARMS.match(one.content.key))
    ]
    if not pressed:
        return set()
    accounts = {known.accounts[sender] for sender, _ in pressed if sender in known.accounts}
    without_form(session, known, {one.id for one in accounts})
    known.appointed = appointments_of(session, now, {one.person_id for one in accounts if one.person_id is not None})
    alarms = _hold(session, Escalation, {int(found[1]) for _, found in pressed if found[1]})
    bundles(session, known, {found[2] for _, found in pressed if found[2]})
    every = {one.id: one for one in [*alarms, *(one for found in known.bundles.values() for one in found)]}
    grids = {one.grid_id for one in every.values()}
    look_up_lines(session, grids)
    policies_at(session, grids)
    known.shown = shown_about(session, {about for one in every.values() for about in subjects_of(one)})
    visited = {int(found[1]) for _, found in pressed if found[0].startswith("visit:")}
    homes = (one.household_id for number, one in every.items() if number in visited)
    return {home for home in homes if home is not None}


def _doors(session: Session, known: Foresight, now: datetime, homes: Collection[int]) -> None:
    """Households at which somebody from outside measures."""
    policies_at(session, {home.grid_id for home in _hold(session, Household, homes)})
    households(session, known, now, homes)
    people = {person.id for home in homes for _, person in known.members[home]}
    living(session, known, people - known.homes.keys())


def _hold(session: Session, record: type[T], numbers: Collection[int]) -> Sequence[T]:
    """The session knows them from here on."""
    return session.scalars(by_number(record), among(numbers)).all() if numbers else ()
