"""Invite codes: the role and the area are inside, and nobody can make or alter one without the key."""

import base64
import hmac
import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from rules.errors import BadInviteError
from rules.roles import Role
from rules.times import aware

_FORMAT = struct.Struct(">BIBII")
_VERSION = 1
_SIGNATURE = 16
_ROLES = tuple(Role)
_LENGTH = (_FORMAT.size + _SIGNATURE) * 4 // 3
_CODE = re.compile(rf"[A-Za-z0-9_-]{{{_LENGTH}}}")
"""Whole groups of four characters: no padding and no spare bits, so that a code has one spelling only."""

Sign = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class InviteCode:
    """What an invite says."""

    invite_id: int
    role: Role
    area_id: int
    expires_at: datetime

    def sealed(self, sign: Sign) -> str:
        """The code as text: at most 64 characters of ``A-Za-z0-9_-``, as a Telegram deep link may carry."""
        expiry = int(aware(self.expires_at).timestamp())
        payload = _FORMAT.pack(_VERSION, self.invite_id, _ROLES.index(self.role), self.area_id, expiry)
        return base64.urlsafe_b64encode(payload + sign(payload)[:_SIGNATURE]).decode()


def read_code(text: str, sign: Sign) -> InviteCode:
    """The invite behind a code; raises `BadInviteError` when it is not one of ours or was altered."""
    if not _CODE.fullmatch(text):
        raise BadInviteError
    raw = base64.urlsafe_b64decode(text)
    payload, signature = raw[: _FORMAT.size], raw[_FORMAT.size :]
    version, invite_id, role, area_id, expiry = _FORMAT.unpack(payload)
    if version != _VERSION or not hmac.compare_digest(signature, sign(payload)[:_SIGNATURE]):
        raise BadInviteError
    return InviteCode(invite_id, _ROLES[role], area_id, datetime.fromtimestamp(expiry, UTC))
