"""What the house asks of WeChat's service account API: a dozen calls, plain values in and out."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from channels.tencent_client import REQUEST_SECONDS, MayForce, TencentClient, accepted, alone

LONGEST_DOWNLOAD = 10_000_000
"""Bytes."""
SCENE_SECONDS = 2_592_000
"""The longest that a temporary code may live: 30 days."""


class WeChatClient:
    """One service account. Errors: `Refusal`, `NotReached`, `NoAnswer`; `request_seconds` are real seconds.

    The token is `stable_token`'s: whoever asks gets the same one, so that any number of processes share it without a
    row of their own. One that dies early is replaced by force, which WeChat allows 20 times a day: `may_force` says in
    which process.
    """

    def __init__(
        self,
        appid: str,
        secret: str,
        api_base: str,
        request_seconds: float = REQUEST_SECONDS,
        may_force: MayForce = alone,
    ) -> None:
        self._appid, self._secret = appid, secret
        self._http = TencentClient(api_base, self._stable_token, request_seconds, may_force)

    async def token(self) -> str:
        """A token; that there is one shows that appid, secret and our address are accepted."""
        return await self._http.tokens.get()

    async def send_text(self, openid: str, text: str) -> None:
        """A customer service message."""
        await self._custom(openid, "text", {"content": text})

    async def send_menu(self, openid: str, head: str, choices: Sequence[tuple[str, str]]) -> None:
        """Words with links below them, as (id, label); a click comes back as a text with the id."""
        links = [{"id": key, "content": label} for key, label in choices]
        await self._custom(openid, "msgmenu", {"head_content": head, "list": links, "tail_content": ""})

    async def send_image(self, openid: str, media_id: str) -> None:
        """A picture that was uploaded."""
        await self._custom(openid, "image", {"media_id": media_id})

    async def send_template(self, openid: str, template: str, fields: Mapping[str, str]) -> str:
        """A template message, which needs no window; its number."""
        data = {name: {"value": value} for name, value in fields.items()}
        body = {"touser": openid, "template_id": template, "data": data}
        return str((await self._http.post("/cgi-bin/message/template/send", body)).get("msgid", ""))

    async def upload_image(self, name: str, mime: str, content: bytes) -> str:
        """The media_id of a picture; it holds for three days."""
        found = await self._http.upload("/cgi-bin/media/upload?type=image", name, mime, content)
        return str(found.get("media_id", ""))

    async def download(self, media_id: str) -> bytes:
        """What somebody sent; WeChat keeps it for three days."""
        return await self._http.download(f"/cgi-bin/media/get?media_id={media_id}", LONGEST_DOWNLOAD)

    async def make_code(self, scene: str) -> str:
        """The ticket of a QR code that brings `scene` (1 to 64 letters) along."""
        body = {
            "expire_seconds": SCENE_SECONDS,
            "action_name": "QR_STR_SCENE",
            "action_info": {"scene": {"scene_str": scene}},
        }
        return str((await self._http.post("/cgi-bin/qrcode/create", body)).get("ticket", ""))

    async def set_menu(self, buttons: Sequence[Mapping[str, Any]]) -> None:
        """The account's own menu: at most three, each with at most five below."""
        await self._http.post("/cgi-bin/menu/create", {"button": list(buttons)})

    async def close(self) -> None:
        """Ends every connection."""
        await self._http.close()

    async def _custom(self, openid: str, kind: str, content: Mapping[str, Any]) -> None:
        await self._http.post("/cgi-bin/message/custom/send", {"touser": openid, "msgtype": kind, kind: content})

    async def _stable_token(self, http: TencentClient, force: bool) -> dict[str, Any]:
        body = {
            "grant_type": "client_credential",
            "appid": self._appid,
            "secret": self._secret,
            "force_refresh": force,
        }
        content, _ = await http.call("POST", "/cgi-bin/stable_token", json.dumps(body).encode())
        return accepted(content)
