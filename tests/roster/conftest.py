from collections.abc import Iterator
from pathlib import Path

import pytest

from models import Record
from models.db import Database
from models.vault import Vault
from rules.policy import Policy


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path}/register.db", Vault(b"a secret for tests"), Policy())
    Record.metadata.create_all(database.engine)
    yield database
    database.close()
