"""One message handed to its messenger, and what that said."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

import structlog

from bot.media import Media, MediaMissingError
from bot.metrics import Metrics
from channels.port import Address, Attachment, Channel, ChannelError, Menu, Message, Rejected, Sent, Uncertain
from models.cause import because
from services.parcels import Parcel

log = structlog.get_logger()


class Sending:
    """Knows the messengers and the store of photos."""

    def __init__(self, channels: Mapping[str, Channel], media: Media, metrics: Metrics | None = None) -> None:
        self.channels = channels
        self._media = media
        self._metrics = metrics or Metrics()
        # Bound once: what is not logged at this level then costs nothing a message.
        self._log = log.bind()

    async def send(self, parcel: Parcel) -> Sent | ChannelError:
        """Hands a message over; whatever goes wrong is one of the port's five errors, and none is raised."""
        with because(parcel.cause or f"message:{parcel.id}"):
            said = await self._hand_over(parcel)
            became = said.message_id if isinstance(said, Sent) else type(said).__name__.lower()
            self._log.debug("handed over", bot=parcel.to.bot, message=parcel.id, became=became)
        self._metrics.sent(parcel.to.bot, parcel.priority, said)
        return said

    async def _hand_over(self, parcel: Parcel) -> Sent | ChannelError:
        channel = self.channels[parcel.to.bot]
        try:
            if isinstance(parcel.message, Menu):
                await channel.show_menu(parcel.to, parcel.message)
                return Sent("")
            if parcel.edits:
                return await channel.edit(parcel.to, parcel.edits, parcel.message)
            return await self._send_whole(channel, parcel.to, parcel.message)
        except ChannelError as error:
            return error
        except Exception as error:
            # An adapter promises the five errors only; whatever else it lets through must not stop the bot.
            log.exception("adapter failed", bot=parcel.to.bot, message=parcel.id)
            return Uncertain(repr(error))

    async def _send_whole(self, channel: Channel, to: Address, message: Message) -> Sent:
        """Sends with its picture or file: by the messenger's id of it, or with its bytes where that is not known."""
        attached = message.attachment
        if attached is None or attached.content:
            return await channel.send(to, message)
        if attached.draw:
            return await channel.send(to, replace(message, attachment=await _drawn(attached)))
        if attached.known:
            try:
                return await channel.send(to, message)
            except Rejected:
                attached = replace(attached, known="")
        try:
            content = await self._media.content(attached.digest)
        except MediaMissingError:
            log.error("a content is missing in the media store", digest=attached.digest)
            return await channel.send(to, replace(message, attachment=None))
        return await channel.send(to, replace(message, attachment=replace(attached, content=content)))


async def _drawn(attached: Attachment) -> Attachment | None:
    """With its bytes; None when it cannot be drawn: then the words go alone."""
    assert attached.draw is not None  # noqa: S101 - asked by the caller
    try:
        return replace(attached, content=await asyncio.to_thread(attached.draw))
    except Exception:
        log.exception("not drawn", name=attached.name)
        return None
