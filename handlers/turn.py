"""One update in its transaction: who said what, and how to answer."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from channels.port import Content
from models import Account, OutboxMessage, Person
from services.accounts import language_of
from services.mailbox import Buttons, say
from services.words import Value, Words, words_in


@dataclass(slots=True)
class Turn:
    """What a handler gets: the session, the instant, the chat, the person behind it (None: not joined), the content."""

    session: Session
    now: datetime
    account: Account
    person: Person | None
    content: Content
    said_at: datetime
    """When the person said it, by the messenger; a measurement was taken then."""
    member: str = ""
    """What the employer's own messenger calls them (`Incoming.member`)."""
    said: list[OutboxMessage] = field(default_factory=list)
    """The answers that are owed so far."""

    @property
    def words(self) -> Words:
        """The texts in this reader's language."""
        return words_in(language_of(self.session, self.account))

    def names(self, people: Iterable[int]) -> str:
        """The names of people as a list in this reader's language."""
        mark = self.words.text("list-mark")
        return mark.join(self.session.get_one(Person, one).name for one in people)

    def reply(
        self,
        key: str,
        args: dict[str, Value] | None = None,
        buttons: Buttons = (),
        *,
        ask_number: bool = False,
        shortcuts: Buttons = (),
    ) -> None:
        """Owes an answer in the reader's language."""
        said = say(self.session, self.now, self.account, key, args, buttons, ask_number=ask_number, shortcuts=shortcuts)
        if said is not None:
            self.said.append(said)
