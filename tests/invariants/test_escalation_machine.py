"""Every alarm in somebody's hands: random events, crashes and double ticks, and the invariants after each of them.

In the gate it plays a few stories. `GRIDBOT_TEST_PROFILE=long pytest tests/invariants/test_escalation_machine.py` plays
thousands of longer ones.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Account, DeliveryTrouble, Person
from rules.escalation import OUTCOMES
from services.areas import by_code
from services.notices import publish
from services.troubles import open_all
from tests.harness import BOT
from tests.invariants import lives
from tests.invariants.model import HOMES, STAFF, Home, escalations
from tests.invariants.promises import fevers_belong_to_an_alarm, open_alarms_have_a_next_step, silences_are_in_the_chain
from tests.invariants.watched import Watched

OFFICIALS = [name for name, _, _ in STAFF]
SPEAKERS = [name for home in HOMES for name in home.joined]
RECORDS = (open_alarms_have_a_next_step, fevers_belong_to_an_alarm, silences_are_in_the_chain)
ANY_PHASE = [Phase.explicit, Phase.reuse, Phase.generate]  # a story is long: shrinking it takes minutes
HEALTH = list(HealthCheck)
SHORT = settings(max_examples=3, stateful_step_count=12, phases=ANY_PHASE, suppress_health_check=HEALTH)
LONG = settings(max_examples=4000, stateful_step_count=50, suppress_health_check=HEALTH)
PLAYED = LONG if os.environ.get("GRIDBOT_TEST_PROFILE") == "long" else SHORT

official = st.sampled_from(OFFICIALS)
anybody = st.sampled_from(OFFICIALS * 2 + SPEAKERS)
which = st.integers(0, 40)
celsius = st.sampled_from([36.2, 36.5, 36.8, 37.3, 38.4, 38.4, 39.5, 34.6])

WORDS = ("家里没人", "36.7", "38.9", "/alerts", "/doors", "值班", "取消", "请人代班")


class Alarms(RuleBasedStateMachine):
    """A town in which anything may be said, pressed, lost or killed at any time."""

    make: ClassVar[Callable[[], str]]

    def __init__(self) -> None:
        super().__init__()
        self.days = Watched.begin(type(self).make())
        self.days.never_lost = {*OFFICIALS, *SPEAKERS}
        self.is_quiet = False

    def teardown(self) -> None:
        self.days.database.close()

    @initialize(minutes=st.sampled_from([0, 70, 5 * 60, 8 * 60, 14 * 60 + 20, 17 * 60]))
    def a_day_has_begun(self, minutes: int) -> None:
        self.time_passes(minutes, down=False)

    # What people do

    @rule(home=st.sampled_from([one for one in HOMES if one.joined]), who=which, value=celsius)
    def a_family_measures(self, home: Home, who: int, value: float) -> None:
        self.happens(lambda days: days.says(home.joined[0], f"{home.people[who % len(home.people)]}{value}"))

    @rule(name=anybody, kind=which, one=which)
    def somebody_presses_what_they_see(self, name: str, kind: int, one: int) -> None:
        by_verb: dict[str, list[str]] = {}
        for key in self.days.keys(name):
            by_verb.setdefault(key.partition(":")[0], []).append(key)
        if by_verb:
            keys = by_verb[sorted(by_verb)[kind % len(by_verb)]]
            self.happens(lambda days: days.presses(name, keys[one % len(keys)]))

    @rule(home=st.sampled_from([one for one in HOMES if one.joined]), who=which, value=st.sampled_from([37.9, 39.6]))
    def somebody_is_feverish(self, home: Home, who: int, value: float) -> None:
        self.happens(lambda days: days.says(home.joined[0], f"{home.people[who % len(home.people)]}{value}"))

    @rule(verb=st.sampled_from(["take", "end", "visit", "pass", "more", "takeall", "reopen"]), one=which)
    def whoever_can_works(self, verb: str, one: int) -> None:
        """Looks at the phone, and does this with an alarm, or takes one."""
        self.days.deliver()
        seen = [(name, key) for kind in (verb, "take") for name in OFFICIALS for key in self.days.keys(name, kind)]
        these = [(name, key) for name, key in seen if key.startswith(f"{verb}:")] or seen
        if these:
            self.happens(lambda days: days.presses(*these[one % len(these)]))

    @rule(
        name=anybody,
        verb=st.sampled_from(["take", "visit", "end", "pass", "passto", "later", "reopen", "call", "note", "show"]),
        one=which,
        other=which,
    )
    def somebody_presses_what_nobody_showed(self, name: str, verb: str, one: int, other: int) -> None:
        alarms = self.days.look(escalations)
        if not alarms:
            return
        alarm = alarms[one % len(alarms)]
        outcomes = OUTCOMES[alarm.kind]
        to = self.days.look(lambda session: _person(session, OFFICIALS[other % len(OFFICIALS)]))
        rest = {"end": f":{outcomes[other % len(outcomes)]}", "passto": f":{to}"}.get(verb, "")
        self.happens(lambda days: days.presses(name, f"{verb}:{alarm.id}{rest}"))

    @rule(
        name=official,
        words=st.sampled_from(["家里没人", "36.7", "38.9", "/alerts", "/doors", "值班", "取消", "请人代班"]),
    )
    def an_official_types(self, name: str, words: str) -> None:
        self.happens(lambda days: days.says(name, words))

    @rule(
        name=official, how=st.sampled_from(["duty:off", "duty:off:tonight", "duty:off:morning", "duty:on", "duty:on"])
    )
    def duty_changes(self, name: str, how: str) -> None:
        self.happens(lambda days: days.presses(name, how))

    @rule()
    def everybody_of_the_grid_goes_off(self) -> None:
        """Nobody is on duty there, which is an alarm of its own."""
        for name in OFFICIALS[:3]:
            self.days.presses(name, "duty:off")
        self.time_passes(1, down=False)

    @rule()
    def messages_do_not_arrive(self) -> None:
        """Told as an alarm, which the next tick finds to be over."""
        self.happens(lambda days: days.apply(_takes_nothing, days.now))

    @rule(name=anybody, how=st.sampled_from([Watched.blocks, Watched.falls_silent, Watched.unblocks, Watched.unblocks]))
    def a_phone_is_lost_or_back(self, name: str, how: Callable[[Watched, str], None]) -> None:
        self.happens(lambda days: how(days, name))

    @rule()
    def a_notice_goes_out(self) -> None:
        self.happens(lambda days: days.apply(_notice, days))

    # What the clock and the machine do

    @rule()
    def a_moment_passes(self) -> None:
        self.time_passes(0, down=False)

    @rule(minutes=st.sampled_from([1, 4, 11, 31, 61, 130, 300, 700]), down=st.booleans())
    def time_passes(self, minutes: int, down: bool) -> None:
        self.days.forward(minutes, down=down)
        self.is_quiet = True

    @rule()
    def every_tick_runs_twice(self) -> None:
        self.happens(Watched.tick_twice)

    @rule(one=which)
    def a_tick_is_killed(self, one: int) -> None:
        self.happens(lambda days: days.dies_in_a_tick(one))

    @rule(after=st.booleans())
    def the_house_is_killed_with_messages_in_flight(self, after: bool) -> None:
        self.happens(lambda days: days.dies_and_starts_again(after_sending=after))

    @rule()
    def the_last_update_comes_again(self) -> None:
        if self.days.last:
            self.happens(Watched.repeats)

    def happens(self, act: Callable[[Watched], object]) -> None:
        act(self.days)
        self.is_quiet = False

    # What holds

    @invariant()
    def every_promise_is_kept(self) -> None:
        days = self.days
        assert not days.broken, f"invariants 7 and 8: {days.broken}"
        assert not days.rang_at_night, f"invariant 10: {days.rang_at_night}"
        with days.database.transaction() as session:
            for promise in RECORDS:
                assert not (broken := promise(session)), f"{promise.__doc__}: {broken}"
            for life in (*lives.ALWAYS, *(lives.WHEN_QUIET if self.is_quiet else ())):
                assert not (broken := list(life(days, session))), f"{life.__doc__}: {broken}"


def _person(session: Session, name: str) -> int | None:
    return session.scalar(select(Person.id).where(Person.name == name))


def _takes_nothing(session: Session, now: datetime) -> None:
    lasts = select(DeliveryTrouble.id).where(DeliveryTrouble.closed_at.is_(None))
    if session.scalar(lasts) is None:
        open_all(session, now, [DeliveryTrouble(bot=BOT, since=now, opened_at=now)])


def _notice(session: Session, days: Watched) -> None:
    grid, author = by_code(session, "G1"), _person(session, "赵网格长")
    account = session.scalars(select(Account).where(Account.person_id == author)).one()
    assert grid
    assert author
    publish(session, days.now, author_id=author, account=account, area=grid, body="明天上午消毒。")


def test_no_alarm_is_ever_in_nobodys_hands(new_database: Callable[[], str]) -> None:
    machine = type("Alarms", (Alarms,), {"make": staticmethod(new_database)})
    run_state_machine_as_test(machine, settings=PLAYED)
