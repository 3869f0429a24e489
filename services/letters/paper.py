"""What every letter is written on: the session, the reader, their words, and the hour."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from channels.port import Choice, Message
from models import Account, OutboxMessage, Person
from services.ages import age_in
from services.dates import day_in
from services.mailbox import subject_of, turning
from services.policy import default_policy
from services.words import Lines, Value, Words


@dataclass(frozen=True, slots=True)
class Paper:
    """One message to be written."""

    session: Session
    message: OutboxMessage
    account: Account
    words: Words
    now: datetime
    anew: bool = False
    """It stands below the message that it would replace, where a messenger can replace nothing."""

    @property
    def subject(self) -> int:
        """The number of the record that the message is about."""
        return int(subject_of(self.message.about)[1])

    def line(self, key: str, **args: Value) -> Lines:
        """A text of the catalogue as lines."""
        return self.words.lines(key, args)

    def word(self, key: str, **args: Value) -> str:
        """A text of the catalogue without emphasis."""
        return self.words.text(key, args)

    def clock(self, moment: datetime) -> str:
        """A local time of day, with the date when it is not today's: 18:00, 2月9日 18:00."""
        return clock(default_policy(self.session).timezone, self.now, moment, self.words)

    def day(self, day: date) -> str:
        """A date as people say it: 2月9日, Feb 9."""
        return day_in(day, self.words.language)

    def age(self, since: datetime) -> str:
        """How long ago: 25 分钟, 3 小时 5 分."""
        return age_in(self.words, self.now - since)

    def names(self, people: Iterable[int]) -> str:
        """The names of people, as a list in the reader's language."""
        mark = self.word("list-mark")
        return mark.join(self.session.get_one(Person, one).name for one in people)

    def button(self, key: str, label: str, **args: Value) -> Choice:
        """Something to press."""
        return Choice(key, self.word(label, **args))

    def turning(self, key: str, start: int, page: int, *, more: bool) -> list[Choice]:
        """The way to the page before one that begins at `start`, and to the one after it; ``key:30`` begins at 30."""
        ways = turning(lambda at: f"{key}:{at}", start, page, more=more)
        return [self.button(way, label) for way, label, *_ in ways]


def clock(timezone: str, now: datetime, moment: datetime, words: Words) -> str:
    """A time of day in a zone, with the date when it is not that of `now`: 18:00, 2月9日 18:00."""
    zone = ZoneInfo(timezone)
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    time = f"{local:%H:%M}"
    return time if local.date() == today else f"{day_in(local.date(), words.language)} {time}"


def letter(
    parts: Sequence[Lines],
    choices: Sequence[Sequence[Choice]] = (),
    shortcuts: Sequence[Sequence[Choice]] = (),
) -> Message:
    """Parts one below the other, with the choices under them, and shortcuts where buttons stand in rows."""
    lines = tuple(line for part in parts for line in part)
    return Message(lines, _rows(choices), shortcuts=_rows(shortcuts))


def _rows(rows: Sequence[Sequence[Choice]]) -> tuple[tuple[Choice, ...], ...]:
    return tuple(tuple(row) for row in rows if row)
