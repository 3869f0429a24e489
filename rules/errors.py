"""The errors of the rules; the docstring of each is its message."""


class RuleError(Exception):
    """The rules do not allow this."""

    def __init__(self, detail: str = "") -> None:
        message = (self.__doc__ or "").strip()
        super().__init__(f"{message} {detail}".strip())


class NaiveTimeError(RuleError):
    """A time without a zone: every time is aware and in UTC."""


class NotAllowedError(RuleError):
    """This cannot be done in the present state."""


class BadInviteError(RuleError):
    """The invite is not one of ours, or was altered."""
