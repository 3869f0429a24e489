"""Codes that people carry in links: a few bytes and a signature; nobody can make or alter one without the key."""

import base64
import hmac
import re
from collections.abc import Callable

from rules.errors import BadInviteError

_SIGNATURE = 16

Sign = Callable[[bytes], bytes]


def seal(payload: bytes, sign: Sign) -> str:
    """The code of a payload: at most 64 characters of ``A-Za-z0-9_-``, as a Telegram deep link may carry.

    The payload's length leaves whole groups of four characters (14, 17, 20 … bytes): no padding and no spare bits, so
    that a code has one spelling only.
    """
    return base64.urlsafe_b64encode(payload + sign(payload)[:_SIGNATURE]).decode()


def unseal(text: str, size: int, sign: Sign) -> bytes:
    """The payload of `size` bytes behind a code; raises `BadInviteError` when it is not ours or was altered."""
    length = (size + _SIGNATURE) * 4 // 3
    if not re.fullmatch(rf"[A-Za-z0-9_-]{{{length}}}", text):
        raise BadInviteError
    raw = base64.urlsafe_b64decode(text)
    payload, signature = raw[:size], raw[size:]
    if not hmac.compare_digest(signature, sign(payload)[:_SIGNATURE]):
        raise BadInviteError
    return payload
