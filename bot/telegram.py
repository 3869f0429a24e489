"""Telegram's bots from the settings: which library speaks to it, and which way updates come in."""

import importlib
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from bot.keys import encryption_key
from bot.sections.values import LOOPBACK
from bot.settings import Settings, SettingsError
from channels.port import Channel
from channels.telegram_channel import TelegramChannel, WayIn
from channels.telegram_client import TelegramClient
from channels.telegram_polling import Polling
from channels.telegram_webhook import Webhook
from models.vault import Vault

_LIBRARIES = {
    "aiogram": ("channels.telegram_aiogram", "AiogramClient"),
    "ptb": ("channels.telegram_ptb", "PtbClient"),
}


TELEGRAM, PORTS = "api.telegram.org", frozenset({80, 88, 443, 8443})
"""Telegram's own servers, and the ports that they call."""


class _MakeClient(Protocol):
    def __call__(self, token: str, api_base: str) -> TelegramClient: ...


def load_library(settings: Settings) -> _MakeClient:
    """The client class of the setting; its library takes seconds to load. Raises `SettingsError` without it."""
    module, name = _LIBRARIES[settings.telegram.client]
    try:
        make: _MakeClient = getattr(importlib.import_module(module), name)
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"GRIDBOT_TELEGRAM__CLIENT = {settings.telegram.client!r}: "
            f"its library is not installed: pip install 'gridbot[{settings.telegram.client}]'"
        ) from error
    return make


def telegram_channels(settings: Settings) -> dict[str, Channel]:
    """A channel for each token of the settings. Raises `SettingsError`."""
    if not settings.telegram.tokens:
        return {}
    make = load_library(settings)
    tokens = {name: token.get_secret_value() for name, token in settings.telegram.tokens.items()}
    return {
        name: TelegramChannel(name, make(token, settings.telegram.api_base), _way_in(settings, token))
        for name, token in tokens.items()
    }


def _way_in(settings: Settings, token: str) -> WayIn:
    if settings.telegram.webhook_base is None or settings.telegram.mode != "webhook":
        return Polling()
    _look_at_address(settings.telegram.webhook_base, settings.telegram.api_base)
    # The same at every start and in every process, and nothing of the token in it.
    vault = Vault(encryption_key(settings))
    path = vault.signature(f"webhook path:{token}".encode()).hex()[:40]
    chosen = settings.telegram.secret
    secret = chosen.get_secret_value() if chosen else vault.signature(f"webhook secret:{token}".encode()).hex()
    address = f"{settings.telegram.webhook_base}/telegram/{path}"
    return Webhook(address, secret, certificate=_certificate(settings.telegram.certificate))


def _look_at_address(webhook_base: str, api_base: str) -> None:
    """Raises `SettingsError` for an address that Telegram's own servers would not call."""
    at = urlsplit(webhook_base)
    if urlsplit(api_base).hostname == TELEGRAM and (at.hostname in LOOPBACK or (at.port or 443) not in PORTS):
        raise SettingsError(
            f"GRIDBOT_TELEGRAM__WEBHOOK_BASE = {webhook_base!r}: Telegram calls a public address, at the port "
            f"{', '.join(str(port) for port in sorted(PORTS))}; any other needs a Bot API server of your own"
        )


def _certificate(path: str | None) -> bytes | None:
    """The certificate to show to Telegram; a file with the private key in it is refused, and goes nowhere."""
    if path is None:
        return None
    try:
        found = Path(path).read_bytes()
    except OSError as error:
        raise SettingsError(f"GRIDBOT_TELEGRAM__CERTIFICATE = {path!r}: {error.strerror}") from error
    if b"-----BEGIN CERTIFICATE-----" not in found or b"PRIVATE KEY" in found:
        raise SettingsError(f"GRIDBOT_TELEGRAM__CERTIFICATE = {path!r}: a PEM file with the certificate alone")
    return found
