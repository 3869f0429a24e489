"""Which engine runs the house: one process, or several on one PostgreSQL."""

from importlib.util import find_spec
from typing import Literal

from bot.settings import Settings, SettingsError
from models.db import Database, engine_url
from scheduler.embedded import EmbeddedEngine
from scheduler.engine import Engine, Workers


def engine_name(settings: Settings) -> Literal["embedded", "distributed"]:
    """The engine of the settings; PostgreSQL is made for several processes. Raises `SettingsError`."""
    sqlite = engine_url(settings.database_url.get_secret_value()).get_backend_name() == "sqlite"
    if settings.engine == "distributed":
        if sqlite:
            raise SettingsError("GRIDBOT_ENGINE = 'distributed': it needs GRIDBOT_DATABASE_URL = postgresql://…")
        if settings.encryption_key is None:
            raise SettingsError(
                "GRIDBOT_ENCRYPTION_KEY: GRIDBOT_ENGINE = 'distributed' needs one, the same for every process"
            )
    if sqlite or settings.engine == "embedded":
        return "embedded"
    if find_spec("procrastinate") is None:
        raise SettingsError(
            f"GRIDBOT_ENGINE = {settings.engine!r}: its library is not installed: pip install 'gridbot[postgres]'"
        )
    return "distributed"


def choose_engine(settings: Settings, database: Database, workers: Workers) -> Engine:
    """The engine of the settings, with its tables. Raises `SettingsError`."""
    if engine_name(settings) == "embedded":
        return EmbeddedEngine(workers)
    from scheduler.distributed import DistributedEngine
    from scheduler.queue import address_of, make_queue

    make_queue(database.engine)
    return DistributedEngine(workers, address_of(database.url))
