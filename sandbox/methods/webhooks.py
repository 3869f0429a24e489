"""setWebhook, deleteWebhook, getWebhookInfo. Updates go to loopback addresses only; plain HTTP will do."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from sandbox.bots import Webhook
from sandbox.errors import bad_request
from sandbox.methods.call import Call, Handler

MOST_CONNECTIONS = 100
SECRET = re.compile(r"[A-Za-z0-9_-]*")
LONGEST_SECRET = 256


async def set_webhook(call: Call) -> bool:
    """Deliver updates to a URL from now on; an empty one deletes the webhook."""
    given, bot = call.parameters, call.bot
    url = given.text("url").strip()
    if not url:
        return await delete_webhook(call)
    _check_url(url)
    secret = given.text("secret_token")
    if len(secret) > LONGEST_SECRET:
        raise bad_request("secret token is too long")
    if not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    kinds = given.structure("allowed_updates", "allowed updates")
    if isinstance(kinds, list):
        bot.updates.allow(kinds)
    connections = min(max(given.integer("max_connections", 40), 1), MOST_CONNECTIONS)
    shown = given.upload("certificate")
    _replace(call, Webhook(url, secret, connections, shown.content if shown else b""))
    return True


async def delete_webhook(call: Call) -> bool:
    """Back to getUpdates."""
    _replace(call, None)
    return True


async def get_webhook_info(call: Call) -> dict[str, Any]:
    """The webhook and how its last deliveries went."""
    webhook, queue = call.bot.webhook, call.bot.updates
    info: dict[str, Any] = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": bool(webhook and webhook.certificate),
        "pending_update_count": len(queue),
    }
    if queue.allowed_given:
        info["allowed_updates"] = queue.allowed_given
    if webhook is not None:
        info["max_connections"] = webhook.max_connections
        if webhook.last_error_date is not None:
            info["last_error_date"] = webhook.last_error_date
            info["last_error_message"] = webhook.last_error_message
    return info


def _replace(call: Call, webhook: Webhook | None) -> None:
    if call.parameters.boolean("drop_pending_updates"):
        call.bot.updates.clear()
    call.bot.webhook = webhook
    call.bot.updates.bell.ring()
    call.world.webhooks_changed.ring()
    call.world.journal.add("bot", bot=call.bot.username)


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        host = parts.hostname if parts.scheme in {"http", "https"} else None
    except ValueError:
        host = None
    if not host:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not _is_loopback(host):
        raise bad_request("bad webhook: the sandbox delivers to loopback addresses only")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


METHODS: dict[str, Handler] = {
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
