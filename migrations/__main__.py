"""`python -m migrations "what changed"`: writes the next migration from the difference between tables and models."""

import re
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config

from models.db import engine_url, make_engine
from models.migrate import upgrade


def main(message: str) -> None:
    """Builds a database from the migrations so far, compares, writes `NNNN_message.py`."""
    folder = Path(__file__).parent
    number = f"{len(list((folder / 'versions').glob('[0-9]*.py'))) + 1:04d}"
    with tempfile.TemporaryDirectory() as scratch:
        engine = make_engine(engine_url(f"sqlite:///{scratch}/now.db"))
        upgrade(engine)
        config = Config()
        config.set_main_option("script_location", str(folder))
        config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            command.revision(config, re.sub(r"\W+", " ", message), autogenerate=True, rev_id=number)
        engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1])
