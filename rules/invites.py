"""Invite codes: the role and the area are inside, and nobody can make or alter one without the key."""

import struct
from dataclasses import dataclass
from datetime import UTC, datetime

from rules.errors import BadInviteError
from rules.roles import Role
from rules.signed import Sign, seal, unseal
from rules.times import aware

_FORMAT = struct.Struct(">BIBII")
_VERSION = 1
_ROLES = tuple(Role)


@dataclass(frozen=True, slots=True)
class InviteCode:
    """What an invite says."""

    invite_id: int
    role: Role
    area_id: int
    expires_at: datetime

    def sealed(self, sign: Sign) -> str:
        """The code as text (rules.signed)."""
        expiry = int(aware(self.expires_at).timestamp())
        payload = _FORMAT.pack(_VERSION, self.invite_id, _ROLES.index(self.role), self.area_id, expiry)
        return seal(payload, sign)


def read_code(text: str, sign: Sign) -> InviteCode:
    """The invite behind a code; raises `BadInviteError` when it is not one of ours or was altered."""
    version, invite_id, role, area_id, expiry = _FORMAT.unpack(unseal(text, _FORMAT.size, sign))
    if version != _VERSION:
        raise BadInviteError
    return InviteCode(invite_id, _ROLES[role], area_id, datetime.fromtimestamp(expiry, UTC))
