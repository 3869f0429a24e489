"""A port for a service that is told its number before it listens there."""

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held_port() -> Iterator[int]:
    """A port of 127.0.0.1 that is nobody else's until the context ends; a service may listen there, end and come again.

    Whoever asks for any free port, or calls out from one, is given another while a socket is bound here. Where that
    socket does not listen, and both say SO_REUSEADDR, as asyncio does, Linux lets a second one listen beside it;
    elsewhere it has to be let go, and the port is free only at that moment.
    """
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.bind(("127.0.0.1", 0))
        port: int = holder.getsockname()[1]
        if sys.platform != "linux":
            holder.close()
        yield port
