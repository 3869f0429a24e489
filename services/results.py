"""What became of one message at its messenger, until it is recorded."""

from dataclasses import dataclass

from channels.port import ChannelError, Menu, Message, Sent
from services.parcels import Parcel


@dataclass(frozen=True, slots=True)
class Result:
    """What the messenger said to one message; None: it was not sent after all, and is owed as before."""

    parcel: Parcel
    said: Sent | ChannelError | None

    @property
    def message(self) -> Message | Menu:
        """What was sent."""
        return self.parcel.message

    @property
    def is_plain(self) -> bool:
        """Whether it was taken, and there is nothing more to write down than that."""
        said, message = self.said, self.message
        attached = isinstance(message, Message) and message.attachment is not None
        if not isinstance(said, Sent) or attached:
            return False
        edits = self.parcel.edits
        elsewhere = said.moved_to or (edits is not None and said.message_id != edits.message_id)
        return not (elsewhere or said.spent or said.outside or said.handle)
