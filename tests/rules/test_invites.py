"""Invite codes: nobody makes or alters one without the key."""

import base64
import hashlib
import hmac
import re
import string
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import BadInviteError
from rules.invites import InviteCode, read_code
from rules.roles import Role
from rules.signed import Sign

ALPHABET = string.ascii_letters + string.digits + "-_"

numbers = st.integers(0, 2**32 - 1)
instants = st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
codes = st.builds(
    InviteCode, numbers, st.sampled_from(Role), numbers, instants.map(lambda moment: moment.replace(microsecond=0))
)


def _signer(key: bytes) -> Sign:
    return lambda payload: hmac.new(key, payload, hashlib.sha256).digest()


OURS, THEIRS = _signer(b"ours"), _signer(b"theirs")


@given(codes)
def test_a_code_says_what_was_sealed_in_it(code: InviteCode) -> None:
    assert read_code(code.sealed(OURS), OURS) == code


@given(codes)
def test_a_code_fits_into_a_deep_link(code: InviteCode) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", code.sealed(OURS))


@given(codes)
def test_a_code_of_another_key_is_refused(code: InviteCode) -> None:
    with pytest.raises(BadInviteError):
        read_code(code.sealed(THEIRS), OURS)


@given(codes, st.data())
def test_a_code_with_one_letter_changed_is_refused(code: InviteCode, data: st.DataObject) -> None:
    sealed = code.sealed(OURS)
    at = data.draw(st.integers(0, len(sealed) - 1))
    other = data.draw(st.sampled_from([letter for letter in ALPHABET + "+/= " if letter != sealed[at]]))
    with pytest.raises(BadInviteError):
        read_code(sealed[:at] + other + sealed[at + 1 :], OURS)


@given(codes, st.integers(1, 255))
def test_a_code_with_any_byte_changed_is_refused(code: InviteCode, flip: int) -> None:
    raw = base64.urlsafe_b64decode(code.sealed(OURS))
    for at in range(len(raw)):
        altered = raw[:at] + bytes([raw[at] ^ flip]) + raw[at + 1 :]
        with pytest.raises(BadInviteError):
            read_code(base64.urlsafe_b64encode(altered).decode(), OURS)


@given(codes, st.integers(0, 39), st.text(ALPHABET + "=\n", min_size=1, max_size=30))
def test_a_code_cut_short_or_with_something_behind_it_is_refused(code: InviteCode, keep: int, more: str) -> None:
    sealed = code.sealed(OURS)
    for altered in (sealed[:keep], sealed + more):
        with pytest.raises(BadInviteError):
            read_code(altered, OURS)


@given(st.text() | st.text(ALPHABET, min_size=40, max_size=40))
def test_what_somebody_types_is_no_invite(text: str) -> None:
    with pytest.raises(BadInviteError):
        read_code(text, OURS)


def test_a_code_of_a_later_version_is_refused_though_it_is_signed() -> None:
    sealed = InviteCode(1, Role.RESIDENT, 1, datetime(2020, 2, 10, tzinfo=UTC)).sealed(OURS)
    payload = b"\x02" + base64.urlsafe_b64decode(sealed)[1:14]
    with pytest.raises(BadInviteError):
        read_code(base64.urlsafe_b64encode(payload + OURS(payload)[:16]).decode(), OURS)
