"""Whatever is owed, whatever the messenger does: all of it ends, in order, and none comes twice without a reason."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from models import OutboxMessage
from rules.mail import MailState, Priority
from tests.contracts.post_office import IMPATIENT, PostOffice, post_office
from tests.harness import DAY, local, make_town

CHATS = 3
MOST_STEPS = 200


@dataclass(frozen=True)
class Owed:
    """A message to a chat."""

    chat: int
    priority: Priority


@dataclass(frozen=True)
class Fault:
    """What the messenger does to the next calls about a chat."""

    chat: int
    times: int
    details: tuple[tuple[str, Any], ...]


FAULTS: tuple[dict[str, Any], ...] = (
    {"kind": "status", "status": 429, "retry_after": 3},
    {"kind": "status", "status": 404},
    {"kind": "status", "status": 500},
    {"kind": "html", "status": 502},
    {"kind": "drop"},
    {"kind": "timeout", "seconds": 30},
)
owed_messages = st.lists(st.builds(Owed, st.integers(0, CHATS - 1), st.sampled_from(Priority)), min_size=1, max_size=12)
faults = st.lists(
    st.builds(
        Fault,
        st.integers(0, CHATS - 1),
        st.integers(1, 2),
        st.sampled_from([tuple(sorted(one.items())) for one in FAULTS]),
    ),
    max_size=3,
)


@settings(max_examples=8)
@given(messages=owed_messages, faulty=faults)
def test_everything_owed_ends_in_order_and_once(
    new_database: Callable[[], str], messages: Sequence[Owed], faulty: Sequence[Fault]
) -> None:
    asyncio.run(_play(new_database(), messages, faulty))


async def _play(url: str, messages: Sequence[Owed], faulty: Sequence[Fault]) -> None:
    async with make_town(url, local(DAY, "09:00")) as town, post_office(town, IMPATIENT) as post:
        names = post.crowd(CHATS)
        numbers = [post.owe(names[one.chat], f"第{place:02}条", one.priority) for place, one in enumerate(messages)]
        for fault in faulty:
            details = dict(fault.details)
            post.fault(str(details.pop("kind")), names[fault.chat], times=fault.times, **details)
        await _until_nothing_is_owed(post)
        rows = [post.row(number) for number in numbers]

        assert {row.state for row in rows} <= {MailState.SENT, MailState.DEAD}
        _came_as_often_as_it_should(rows, Counter(post.arrived()))
        for chat in range(CHATS):
            here = [place for place, one in enumerate(messages) if one.chat == chat]
            _came_in_order([rows[place] for place in here], here, post.arrived())


async def _until_nothing_is_owed(post: PostOffice) -> None:
    for _ in range(MOST_STEPS):
        await post.drain()
        if not post.waiting():
            return
        await post.drain_after(seconds=1)
    raise AssertionError("something is owed for ever")


def _came_as_often_as_it_should(rows: Sequence[OutboxMessage], arrived: Counter[str]) -> None:
    for place, row in enumerate(rows):
        times = arrived[f"第{place:02}条"]
        if row.error is None:
            assert (times, row.state, row.attempts) == (1, MailState.SENT, 1)
        elif row.external_id is not None:
            assert 1 <= times <= row.attempts  # sent again after a fault: more than once only when one was uncertain
        else:
            assert times <= row.attempts
            assert row.state is MailState.DEAD or row.priority >= Priority.PROMPT


def _came_in_order(rows: Sequence[OutboxMessage], places: Sequence[int], arrived: Sequence[str]) -> None:
    """Those that went out at the first attempt keep the order of their priorities, and within one of their numbers."""
    first_attempts = [(row.priority, place) for row, place in zip(rows, places, strict=True) if row.error is None]
    expected = [f"第{place:02}条" for _, place in sorted(first_attempts)]
    assert [words for words in arrived if words in expected] == expected
