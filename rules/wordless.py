"""What may be logged of an error's words: which kind it was, never what somebody wrote."""

import re

_QUOTED = re.compile(r"[\"'«“「(\n].*", re.DOTALL)
_FOREIGN = re.compile(r"[^\x20-\x7e].*", re.DOTALL)
"""Messengers speak English to us; any other letter is a resident's."""
_NUMBERS = re.compile(r"\d+\.\d+|\d{5,}\S*")
"""Temperatures, phone numbers, chats, tokens; an HTTP status and the seconds to wait are shorter."""
LONGEST = 80


def without_words(said: object) -> str:
    """The beginning of an error's words, up to whatever may have been quoted: a messenger quotes what it refused."""
    plain = _FOREIGN.sub("", _QUOTED.sub("", str(said)))
    return _NUMBERS.sub("#", ":".join(plain.split(":")[:2])).strip()[:LONGEST]
