"""What may still be sent to an account whose messenger counts (`Capabilities.window`)."""

from datetime import datetime, timedelta

from channels.port import Allowance
from models import Account
from rules.mail import Priority
from rules.window import Grant, Window, left, opened, permits, spent


def open_window(account: Account, allows: Allowance, heard_at: datetime) -> None:
    """The person was heard: so much may follow."""
    _keep(account, opened(_grants(account), allows.lasts, allows.messages, heard_at))


def close_window(account: Account) -> None:
    """The messenger says that nothing may follow, whatever we had counted."""
    account.window = []


def may_send(account: Account, now: datetime, priority: Priority, messages: int) -> bool:
    """Whether so many messages of this priority are within the window."""
    return permits(_grants(account), now, priority, messages)


def is_open(account: Account, now: datetime) -> bool:
    """Whether something graver could still be sent."""
    return left(_grants(account), now) > 0


def spend(account: Account, now: datetime, messages: int) -> None:
    """So many messages were sent, or may have been."""
    if messages and account.window:
        _keep(account, spent(_grants(account), now, messages))


def _grants(account: Account) -> Window:
    return tuple(
        Grant(timedelta(seconds=lasts), datetime.fromisoformat(until), count)
        for lasts, until, count in account.window or ()
    )


def _keep(account: Account, window: Window) -> None:
    account.window = [[int(one.lasts.total_seconds()), one.until.isoformat(), one.left] for one in window]
