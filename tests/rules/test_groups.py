"""A grid's group: nobody makes its binding code without the key, and its texts have no place for a person."""

import hashlib
import hmac
import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import BadInviteError
from rules.groups import GroupCode, read_group_code
from rules.invites import InviteCode, read_code
from rules.mail import GROUP_PACE
from rules.roles import Role
from rules.signed import Sign
from services.words import LANGUAGES, Value, words_in
from tests.rules.test_catalogue import catalogue

SAID_IN_GROUPS = {
    "group-hello",
    "group-in-private",
    "group-notice",
    "group-read",
    "group-refused",
    "group-reminder-evening",
    "group-reminder-morning",
}
"""Every text of the catalogue that stands in a group."""

ABOUT_NOBODY = {"area", "households", "link", "read", "time", "until"}
"""Arguments that say nothing of a person: a grid, counts, times of day, the bot's address."""

numbers = st.integers(0, 2**32 - 1)
instants = st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
codes = st.builds(GroupCode, numbers, numbers, instants.map(lambda moment: moment.replace(microsecond=0)))


def _signer(key: bytes) -> Sign:
    return lambda payload: hmac.new(key, payload, hashlib.sha256).digest()


OURS, THEIRS = _signer(b"ours"), _signer(b"theirs")


@given(codes)
def test_a_binding_code_says_what_was_sealed_in_it_and_fits_into_a_link(code: GroupCode) -> None:
    sealed = code.sealed(OURS)
    assert read_group_code(sealed, OURS) == code
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", sealed)


@given(codes, st.integers(0, 39), st.sampled_from("AZaz09-_"))
def test_a_binding_code_that_is_not_ours_or_altered_is_refused(code: GroupCode, at: int, letter: str) -> None:
    sealed = code.sealed(OURS)
    altered = sealed[:at] + letter + sealed[at + 1 :]
    for wrong in (code.sealed(THEIRS), sealed[:at], *({altered} - {sealed})):
        with pytest.raises(BadInviteError):
            read_group_code(wrong, OURS)


@given(codes, st.sampled_from(Role))
def test_an_invite_is_no_binding_code_and_a_binding_code_is_no_invite(code: GroupCode, role: Role) -> None:
    invite = InviteCode(code.area_id, role, code.person_id, code.expires_at).sealed(OURS)
    with pytest.raises(BadInviteError):
        read_group_code(invite, OURS)
    with pytest.raises(BadInviteError):
        read_code(code.sealed(OURS), OURS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", sorted(SAID_IN_GROUPS))
def test_a_text_for_a_group_has_no_place_for_a_name_or_a_temperature(language: str, key: str) -> None:
    assert catalogue(language).variables[key] <= ABOUT_NOBODY
    args: dict[str, Value] = {
        "area": "第一网格",
        "households": 6,
        "link": "https://t.me/b",
        "read": 3,
        "time": "09:00",
        "until": "12:00",
    }
    text = words_in(language).text(key, args)
    assert re.search(r"[0-9]{2}[.．][0-9]|℃", text) is None


@given(st.lists(st.floats(0, 30), min_size=25, max_size=60))
def test_no_minute_holds_more_than_twenty_messages_to_a_group(waits: list[float]) -> None:
    now, arrival, left = datetime(2020, 2, 10, tzinfo=UTC), None, list[datetime]()
    for wait in waits:
        now += timedelta(seconds=wait / 20)
        at, arrival = GROUP_PACE.reserve(arrival, now)
        left.append(at)
    assert max(sum(start <= one < start + timedelta(minutes=1) for one in left) for start in left) <= 20
