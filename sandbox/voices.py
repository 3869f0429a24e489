"""A voice message without a microphone: silence, in the format in which phones record."""

from __future__ import annotations

_HEAD = b"#!AMR\n"
_NOTHING = b"\x7c"
"""A frame of 20 ms without data (3GPP TS 26.101)."""
FRAMES_A_SECOND = 50


def silence(seconds: int) -> bytes:
    """So many seconds of AMR in which nobody says anything."""
    return _HEAD + _NOTHING * (FRAMES_A_SECOND * seconds)
