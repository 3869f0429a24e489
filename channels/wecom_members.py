"""Members of the corporation recognised by their mobile: whoever opens the application is known at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import structlog

from channels.port import Accept, Contact, Incoming, Message, Text
from channels.tencent_client import NoAnswer, NotReached, Refusal
from channels.wecom_client import WeComClient
from rules.wordless import without_words

log = structlog.get_logger()


class Members:
    """Asks WeCom for a member's mobile when they greet; the register does the rest."""

    def __init__(self, client: WeComClient) -> None:
        self._client = client

    def recognised(self, accept: Accept) -> Accept:
        """Takes a greeting in as the member's own phone number, where WeCom tells it."""

        async def take(batch: Sequence[Incoming]) -> Mapping[str, Message]:
            return await accept([await self._recognise(one) for one in batch])

        return take

    async def _recognise(self, one: Incoming) -> Incoming:
        if one.content != Text("/start"):
            return one
        try:
            found = await self._client.member(one.sender.chat)
        except (Refusal, NotReached, NoAnswer) as error:
            why = f"{one.sender.bot}:{one.update_id}"
            log.warning("a member's mobile cannot be asked for", cause=why, error=without_words(error))
            return one
        mobile = str(found.get("mobile") or "")
        name = str(found.get("name") or "")
        content = Contact(mobile, own=True) if mobile else one.content
        return replace(one, content=content, sender_name=name)
