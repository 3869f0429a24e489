"""`gridbot doctor`: checks every setting and connection, and says what is wrong."""

import asyncio
import json
from dataclasses import dataclass
from datetime import UTC, datetime

import click
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from bot.cli import settings_in_force
from bot.engines import engine_name
from bot.house import open_database
from bot.keys import encryption_key, key_file
from bot.media import open_media
from bot.messengers import are_there_any, areas_of_bots
from bot.settings import Settings, SettingsError
from bot.telegram import telegram_channels
from bot.wechat import wechat_channels
from bot.wecom import wecom_channels
from channels.port import ChannelError
from models import Area
from models.migrate import current, newest
from models.vault import Vault


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `well` None is a warning."""

    name: str
    well: bool | None
    says: str


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="For a program.")
def command(as_json: bool) -> None:
    """Check every setting and connection; exit 1 when something is wrong."""
    settings = settings_in_force()
    findings = [Finding("settings", True, "every setting is understood"), *_key(settings), *_database(settings)]
    findings += _engine(settings)
    findings += _areas(settings)
    findings += asyncio.run(_media(settings))
    findings += asyncio.run(_telegram(settings))
    findings += asyncio.run(_wechat(settings))
    findings += asyncio.run(_wecom(settings))
    if as_json:
        click.echo(json.dumps([{"name": one.name, "ok": one.well, "says": one.says} for one in findings]))
    else:
        for one in findings:
            mark = {True: "✓", None: "!", False: "✗"}[one.well]
            click.echo(f"{mark} {one.name}: {one.says}", err=one.well is False)
    if any(one.well is False for one in findings):
        raise SystemExit(1)


def _key(settings: Settings) -> list[Finding]:
    if settings.encryption_key:
        return [Finding("encryption key", True, "from GRIDBOT_ENCRYPTION_KEY")]
    path = key_file(settings.database_url.get_secret_value())
    return [Finding("encryption key", None, f"in the file {path}: keep a copy somewhere else")]


def _database(settings: Settings) -> list[Finding]:
    database = open_database(settings)
    where = database.url.render_as_string(hide_password=True)
    try:
        found = current(database.engine)
    except SQLAlchemyError as error:
        reason = str(error).splitlines()[0]
        return [Finding("database", False, f"GRIDBOT_DATABASE_URL {where}: {reason}")]
    finally:
        database.close()
    if found is None:
        return [Finding("database", None, f"{where} is empty, `gridbot serve` will set it up")]
    if found != newest():
        return [Finding("database", None, f"{where} is at {found}, `gridbot serve` will bring it to {newest()}")]
    return [Finding("database", True, f"{where} answers, schema {found}")]


def _engine(settings: Settings) -> list[Finding]:
    """Who runs the clockwork, and what several processes must have in common."""
    try:
        name = engine_name(settings)
    except SettingsError as error:
        return [Finding("engine", False, str(error))]
    findings = [Finding("engine", True, f"{name} (GRIDBOT_ENGINE = {settings.engine!r})")]
    if name == "distributed" and settings.encryption_key is None:
        findings.append(Finding("engine", None, "several processes need the same GRIDBOT_ENCRYPTION_KEY"))
    if name == "distributed" and not (settings.media.store or "").startswith("s3://"):
        findings.append(Finding("engine", None, "several machines need a GRIDBOT_MEDIA__STORE that they share"))
    return findings


async def _media(settings: Settings) -> list[Finding]:
    """A probe is kept, read back and deleted."""
    where = settings.media.store or "beside the database"
    media = open_media(settings, Vault(encryption_key(settings)))
    try:
        digest = await media.keep(b"gridbot doctor")
        same = await media.content(digest) == b"gridbot doctor"
        await media.forget(digest)
    except Exception as error:  # whatever a folder or a bucket may answer
        return [Finding("photos", False, f"GRIDBOT_MEDIA__STORE ({where}): {str(error).splitlines()[0]}")]
    return [Finding("photos", same, f"{where}: kept, read back and deleted")]


def _areas(settings: Settings) -> list[Finding]:
    """Codes that the register does not know; while there is no register nothing can be said."""
    codes = [code for served in areas_of_bots(settings).values() for code in served]
    if not codes:
        return []
    database = open_database(settings)
    try:
        with database.transaction() as session:
            known = set(session.scalars(select(Area.code)))
    except SQLAlchemyError:
        return []
    finally:
        database.close()
    missing = sorted(set(codes) - known)
    return [Finding("areas", False, f"GRIDBOT_…__AREAS: the register has no area {code}") for code in missing]


async def _telegram(settings: Settings) -> list[Finding]:
    channels = telegram_channels(settings)
    if not channels and are_there_any(settings):
        return []
    if not channels:
        return [Finding("telegram", False, "GRIDBOT_TELEGRAM__TOKENS: no bot token is set")]
    findings = []
    for name, channel in channels.items():
        try:
            who = await channel.check()
            areas = "+".join(settings.telegram.areas.get(name, ())) or "whatever no other bot serves"
            says = f"@{who['username']} answers, {settings.telegram.mode}, for {areas}"
            findings.append(Finding(f"telegram {name}", True, says))
            findings += [Finding(f"telegram {name}", None, words) for words in who["trouble"]]
        except ChannelError as error:
            findings.append(Finding(f"telegram {name}", False, f"GRIDBOT_TELEGRAM__TOKENS: {error}"))
        finally:
            await channel.close()
    return findings


async def _wechat(settings: Settings) -> list[Finding]:
    """Whether WeChat takes appid and secret from this address; what else will be missing."""
    findings = []
    for channel in wechat_channels(settings, lambda: datetime.now(UTC)).values():
        try:
            await channel.check()
            findings.append(Finding("wechat", True, f"{settings.wechat.appid} has a token; it calls /wechat"))
        except ChannelError as error:
            findings.append(Finding("wechat", False, f"GRIDBOT_WECHAT__APPID, __SECRET: {error}"))
        finally:
            await channel.close()
        if settings.wechat.base is None:
            findings.append(Finding("wechat", None, "GRIDBOT_WECHAT__BASE is not set: no invite leads to the account"))
        if settings.wechat.template is None:
            words = "GRIDBOT_WECHAT__TEMPLATE is not set: who has been silent for two days is reached at the door only"
            findings.append(Finding("wechat", None, words))
    return findings


async def _wecom(settings: Settings) -> list[Finding]:
    """Whether WeCom takes corporation and secret from this address."""
    findings = []
    for channel in wecom_channels(settings).values():
        try:
            await channel.check()
            findings.append(Finding("wecom", True, f"{settings.wecom.corpid} has a token; it calls /wecom"))
        except ChannelError as error:
            findings.append(Finding("wecom", False, f"GRIDBOT_WECOM__CORPID, __SECRET: {error}"))
        finally:
            await channel.close()
    return findings
