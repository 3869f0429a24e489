"""A human decides whether somebody may go: who is asked, and who is asked next when nobody decides."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, Household, Person, Quarantine, Release
from rules.ladder import NOBODY_LEFT_RETRY, Climb, Ladder, climb_on
from rules.mail import Priority
from rules.quarantine import day_number
from rules.release import Doubt, Verdict, next_call
from services.accounts import reachable_accounts
from services.alerts import at_the_top
from services.audit import record
from services.chain import people_on, snapshots, standing
from services.changes import bring_up_to_date
from services.dossier import names_of
from services.mailbox import post, say
from services.phones import phones_of
from services.policy import policy_at
from services.quarantines import waits_for_a_human


def undecided(session: Session, grid_id: int) -> list[Quarantine]:
    """Those of a grid of whom a human was asked whether they may go, and has not said; longest waiting first."""
    return list(
        session.scalars(
            select(Quarantine)
            .join(Household, Household.id == Quarantine.household_id)
            .where(Household.grid_id == grid_id, waits_for_a_human())
            .order_by(Quarantine.last_day, Quarantine.household_id, Quarantine.id)
        )
    )


def call(session: Session, now: datetime, doubtful: Sequence[Quarantine], found: Mapping[int, Verdict]) -> None:
    """Asks the grid's staff, the next one up where somebody was asked before; the families hear why they wait."""
    homes = _homes(session, doubtful)
    chains = snapshots(session, now, {homes[one.household_id].grid_id for one in doubtful}, Ladder.ORDINARY)
    around = standing(session, now, people_on(chains.values()))
    _tell_families(session, now, [one for one in doubtful if one.end_step < 0], homes, found)
    parties: dict[tuple[int, int], list[Quarantine]] = {}
    for one in doubtful:
        parties.setdefault((homes[one.household_id].grid_id, one.end_step), []).append(one)
    for (grid, step), people in parties.items():
        candidates = around.candidates(chains[grid])
        climbed, _ = climb_on(candidates, step)
        _ask(session, now, grid, people, climbed, around.accounts)


def _homes(session: Session, quarantines: Sequence[Quarantine]) -> dict[int, Household]:
    numbers = {one.household_id for one in quarantines}
    return {one.id: one for one in session.scalars(select(Household).where(Household.id.in_(numbers)))}


def _ask(
    session: Session,
    now: datetime,
    grid: int,
    people: Sequence[Quarantine],
    climbed: Climb,
    accounts: Mapping[int, Account],
) -> None:
    policy = policy_at(session, grid)
    told_at = policy.awake(now)
    told = list(climbed.tell) if climbed.step is not None else sorted(at_the_top(session, now, grid))
    again = next_call(told_at, policy) if climbed.step is not None else now + NOBODY_LEFT_RETRY
    for one in people:
        one.end_step, one.end_at = climbed.step or 0, again
        subject = f"person:{one.person_id}"
        record(session, now, actor_id=None, act="release_asked", subject=subject, step=climbed.step, of=told)
    session.flush()
    everybody = accounts if climbed.step is not None else reachable_accounts(session, told)
    # One message a grid, reader and step a day: whoever else is to be decided about joins it in its place.
    for person in told:
        if person in everybody:
            account = everybody[person]
            key = f"releases:{grid}:{account.id}:{climbed.step}:{told_at:%Y-%m-%d}"
            about = f"releases:{grid}"
            post(session, now, account, Priority.PROMPT, "releases", about=about, dedupe_key=key, due_at=told_at)
    bring_up_to_date(session, now, f"releases:{grid}")


def _tell_families(
    session: Session,
    now: datetime,
    ones: Sequence[Quarantine],
    homes: Mapping[int, Household],
    found: Mapping[int, Verdict],
) -> None:
    """Nobody goes without a word from us, and nobody wonders why: not to go out yet, and what is looked at."""
    doors = phones_of(session, {one.household_id for one in ones})
    withdrawn = _withdrawn(session, ones)
    for household, accounts in doors.items():
        people = [one for one in ones if one.household_id == household]
        names = names_of(session, (session.get_one(Person, one.person_id) for one in people))
        graver = any(set(found[one.id].doubts) - {Doubt.MISSED, Doubt.NEVER_ASKED, Doubt.UNSEEN} for one in people)
        days = max(day_number(one.last_day, one.first_day) for one in people)
        key = "release-waits-values" if graver else "release-waits-missed"
        if any(one.id in withdrawn for one in people):
            key = "release-withdrawn"
        due_at = policy_at(session, homes[household].grid_id).awake(now)
        for account in accounts:
            say(session, now, account, key, {"name": names, "days": days}, priority=Priority.NOTICE, due_at=due_at)


def _withdrawn(session: Session, ones: Sequence[Quarantine]) -> set[int]:
    """Those whose families were told already that they may go."""
    given = select(Release.quarantine_id).where(Release.quarantine_id.in_({one.id for one in ones}))
    return set(session.scalars(given.where(Release.by_rule)))
