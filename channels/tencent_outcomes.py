"""What went wrong at WeChat or WeCom, as the port's outcomes: each has a table by errcode, the rest is the same."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager

from channels.port import ChannelError, Failed, Rejected, Uncertain, Unreachable
from channels.tencent_client import NoAnswer, NotReached, Refusal

Row = Callable[[Refusal], ChannelError]


def unreachable(reason: str) -> Row:
    """The person cannot be reached here; `reason` is one word."""
    return lambda _: Unreachable(reason)


def rejected(refusal: Refusal) -> ChannelError:
    """Never as it is."""
    return Rejected(str(refusal))


def failed(refusal: Refusal) -> ChannelError:
    """Certainly not sent; perhaps later."""
    return Failed(str(refusal))


class Outcomes:
    """One messenger's `table` by errcode; what is not in it has failed: certainly not sent, perhaps later."""

    def __init__(self, table: Mapping[int, Row]) -> None:
        self.table = table

    def of(self, error: Refusal | NotReached | NoAnswer) -> ChannelError:
        """The port's outcome of a call that went wrong."""
        match error:
            case Refusal():
                return self.table.get(error.code, failed)(error)
            case NotReached():
                return Failed(str(error))
            case NoAnswer():
                return Uncertain(str(error))

    def __call__(self) -> AbstractContextManager[None]:
        """What goes wrong inside is one of the port's `ChannelError`s, with the answer behind it as its cause."""
        return self._inside()

    @contextmanager
    def _inside(self) -> Iterator[None]:
        try:
            yield
        except (Refusal, NotReached, NoAnswer) as error:
            raise self.of(error) from error
