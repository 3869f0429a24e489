"""What the house asks of WeCom: one application of one corporation, plain values in and out."""

from collections.abc import Mapping, Sequence
from typing import Any

from channels.tencent_client import REQUEST_SECONDS, Refusal, TencentClient, accepted

LONGEST_DOWNLOAD = 20_000_000
"""Bytes."""
REPEATED_WITHIN = 1800
"""Seconds within which WeCom drops the same request; a part of it is each message's own number (see `_checked`)."""
_NUMBERS = 10_000

INVALID, UNLICENSED = 81013, 60111
"""The codes of somebody who is not a member here, and of one who has none of the licences."""


class WeComClient:
    """One application. Errors: `Refusal`, `NotReached`, `NoAnswer`; `request_seconds` are real seconds."""

    def __init__(
        self, corp: str, secret: str, agent: int, api_base: str, request_seconds: float = REQUEST_SECONDS
    ) -> None:
        self._corp, self._secret, self._agent = corp, secret, agent
        self._http = TencentClient(api_base, self._token, request_seconds)

    async def token(self) -> str:
        """A token; that there is one shows that corporation and secret are accepted."""
        return await self._http.tokens.get()

    async def send(self, member: str, kind: str, content: Mapping[str, Any], number: int) -> dict[str, Any]:
        """A message of the application to one member; what of it was not for them is a `Refusal` too."""
        body = {"touser": member, "msgtype": kind, "agentid": self._agent, kind: content, **_checked(number)}
        answer = await self._http.post("/cgi-bin/message/send", body)
        # WeCom says "ok" and names beside it those whom it did not reach.
        if member in str(answer.get("invaliduser", "")).split("|"):
            raise Refusal(INVALID, "invaliduser")
        if member in str(answer.get("unlicenseduser", "")).split("|"):
            raise Refusal(UNLICENSED, "unlicenseduser")
        return answer

    async def update_card(self, response_code: str, card: Mapping[str, Any]) -> None:
        """Puts another card in place of one; the code is good for once, within 72 hours."""
        body = {"agentid": self._agent, "response_code": response_code, "template_card": card}
        await self._http.post("/cgi-bin/message/update_template_card", body)

    async def upload(self, kind: str, name: str, mime: str, content: bytes) -> str:
        """The media_id of a picture ("image") or a file ("file"); it holds for three days."""
        found = await self._http.upload(f"/cgi-bin/media/upload?type={kind}", name, mime, content)
        return str(found.get("media_id", ""))

    async def download(self, media_id: str) -> bytes:
        """What somebody sent."""
        return await self._http.download(f"/cgi-bin/media/get?media_id={media_id}", LONGEST_DOWNLOAD)

    async def member(self, member: str) -> dict[str, Any]:
        """What the application may know of a member: name, perhaps the mobile."""
        return await self._http.get(f"/cgi-bin/user/get?userid={member}")

    async def set_menu(self, buttons: Sequence[Mapping[str, Any]]) -> None:
        """The application's menu: at most three, each with at most five below."""
        await self._http.post(f"/cgi-bin/menu/create?agentid={self._agent}", {"button": list(buttons)})

    async def close(self) -> None:
        """Ends every connection."""
        await self._http.close()

    async def _token(self, http: TencentClient, force: bool) -> dict[str, Any]:  # noqa: ARG002 - WeCom knows no force
        content, _ = await http.call("GET", f"/cgi-bin/gettoken?corpid={self._corp}&corpsecret={self._secret}", None)
        return accepted(content)


def _checked(number: int) -> dict[str, int]:
    """The guard against a message that comes twice after an answer that was lost.

    WeCom compares the whole request. The same words may be meant twice ("not understood"), so each message has an
    interval of its own: its repetition is the same request, another message is not.
    """
    if not number:
        return {}
    return {"enable_duplicate_check": 1, "duplicate_check_interval": REPEATED_WITHIN + number % _NUMBERS}
