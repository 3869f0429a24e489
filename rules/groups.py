"""The code by which a grid's head brings the bot into the grid's own group."""

import struct
from dataclasses import dataclass
from datetime import UTC, datetime

from rules.errors import BadInviteError
from rules.signed import Sign, seal, unseal
from rules.times import aware

_FORMAT = struct.Struct(">BxIII")
_VERSION = 2
"""Not that of an invite: neither can be used for the other."""


@dataclass(frozen=True, slots=True)
class GroupCode:
    """Which grid's group it will be, who may make it so, and until when."""

    area_id: int
    person_id: int
    expires_at: datetime

    def sealed(self, sign: Sign) -> str:
        """The code as text (rules.signed)."""
        expiry = int(aware(self.expires_at).timestamp())
        return seal(_FORMAT.pack(_VERSION, self.area_id, self.person_id, expiry), sign)


def read_group_code(text: str, sign: Sign) -> GroupCode:
    """What a code says; raises `BadInviteError` when it is not one of ours or was altered."""
    version, area_id, person_id, expiry = _FORMAT.unpack(unseal(text, _FORMAT.size, sign))
    if version != _VERSION:
        raise BadInviteError
    return GroupCode(area_id, person_id, datetime.fromtimestamp(expiry, UTC))
