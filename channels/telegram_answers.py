"""What a library's HTTP layer makes of an answer of the Bot API."""

import json
from typing import Any

from channels.telegram_client import NoAnswer, Refusal

REQUEST_SECONDS = 30.0
"""How long a request may take before its outcome is uncertain."""
CONNECT_SHARE = 0.5
"""The share of it for reaching the server at all: until then nothing has been sent, and that is certain."""


def refusal_of(status: int, content: str | bytes) -> Refusal:
    """The answer behind a status that is not 200; a page of a proxy is a refusal without a description."""
    try:
        answer: Any = json.loads(content)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        return Refusal(status, "not an answer of the Bot API")
    parameters = answer.get("parameters") or {}
    return Refusal(
        status,
        str(answer.get("description", "")),
        retry_after=parameters.get("retry_after"),
        migrate_to=parameters.get("migrate_to_chat_id"),
    )


def no_json(content: bytes) -> NoAnswer:
    """A 200 that is no JSON: somebody else answered, and Telegram may have done it."""
    return NoAnswer(f"not an answer of the Bot API: {len(content)} bytes")


def too_long(longest: int) -> Refusal:
    """A file that is longer than we take."""
    return Refusal(400, f"Bad Request: file is too big (more than {longest} bytes)")
