"""The parts that every command needs: the policy from the settings, the database with its vault."""

from datetime import timedelta
from itertools import starmap

from sqlalchemy.exc import ArgumentError

from bot.keys import encryption_key
from bot.settings import Settings, SettingsError
from models.db import Database, engine_url
from models.vault import Vault
from rules.ladder import LADDERS, LINE, Ladder, Step
from rules.policy import LAPSES, Policy


def policy_from(settings: Settings) -> Policy:
    """What holds where no area says otherwise."""
    chosen = settings.escalation
    routine = dict.fromkeys(_ROUTINE, (_ladder(chosen.routine), chosen.routine_lapse))
    climbs = {
        Ladder.EMERGENCY: (_ladder(chosen.emergency), chosen.emergency_lapse),
        Ladder.ABNORMAL: (_ladder(chosen.urgent), chosen.urgent_lapse),
        **routine,
    }
    return Policy(
        timezone=settings.timezone,
        language=settings.language,
        site=settings.http.base or "",
        morning=settings.rounds.morning,
        evening=settings.rounds.evening,
        remind_after=settings.rounds.remind_after,
        miss_after=settings.rounds.miss_after,
        spot_checks=settings.rounds.spot_checks,
        unanswered=settings.escalation.unanswered,
        rate=settings.telegram.rate,
        rates=settings.rates,
        alarms_an_hour=settings.escalation.alarms_an_hour,
        quiet_from=settings.quiet.start,
        quiet_to=settings.quiet.end,
        ladders={**LADDERS, **{one: ladder for one, (ladder, _) in climbs.items()}},
        lapses={**LAPSES, **{one: lapse for one, (_, lapse) in climbs.items() if one in LAPSES}},
    )


_ROUTINE = (Ladder.LOW, Ladder.UNREACHABLE, Ladder.MISSED, Ladder.ORDINARY)
"""What climbs by the ladder of what can wait, unless an area chooses otherwise."""


def _ladder(waits: tuple[timedelta, ...]) -> tuple[Step, ...]:
    return tuple(starmap(Step, zip(LINE, waits, strict=True)))


def open_database(settings: Settings) -> Database:
    """The database of the settings; its schema is left as it is. Raises `SettingsError`."""
    address = settings.database_url.get_secret_value()
    try:
        backend = engine_url(address).get_backend_name()
    except ArgumentError as error:
        raise SettingsError(
            "GRIDBOT_DATABASE_URL: an address such as sqlite:///gridbot.db or postgresql://…"
        ) from error
    if backend not in {"sqlite", "postgresql"}:
        raise SettingsError(f"GRIDBOT_DATABASE_URL: {backend} is not known here; sqlite:///… or postgresql://…")
    try:
        return Database(address, Vault(encryption_key(settings)), policy_from(settings))
    except ModuleNotFoundError as error:
        raise SettingsError(
            "GRIDBOT_DATABASE_URL: PostgreSQL needs its driver: pip install 'gridbot[postgres]'"
        ) from error
