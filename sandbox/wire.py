"""Parameters off the wire: the bodies of calls, and of webhook answers that are calls themselves."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, ClientResponse, MultipartReader, web

from sandbox.errors import ApiError, bad_request
from sandbox.files import LARGEST_UPLOAD
from sandbox.parameters import Parameters, Upload

LARGEST_BODY = LARGEST_UPLOAD + 1024 * 1024


async def read_call(request: web.Request) -> Parameters:
    """The parameters of a request. Raises ApiError for broken bodies and for more than 50 MB."""
    values: dict[str, Any] = dict(request.query) if request.query_string else {}
    if request.method == "GET" or not request.can_read_body:
        return Parameters(values)
    if request.content_type.startswith("multipart/"):
        return await _read_parts(request, values)
    body = await _read_limited(request.content.readany, LARGEST_BODY)
    return Parameters(values | _decode(request.content_type, body))


async def read_answer(response: ClientResponse) -> Parameters:
    """The parameters in the body of a webhook's answer; none when it holds no call."""
    if response.content_type.startswith("multipart/"):
        return await _read_parts(response, {})
    return Parameters(_decode(response.content_type, await response.read()))


def _decode(content_type: str, body: bytes) -> dict[str, Any]:
    if content_type == "application/x-www-form-urlencoded":
        return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    if content_type != "application/json" or not body:
        return {}
    try:
        decoded = json.loads(body)
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(decoded, dict):
        raise bad_request("object expected")
    return decoded


async def _read_parts(message: web.Request | ClientResponse, values: dict[str, Any]) -> Parameters:
    uploads: dict[str, Upload] = {}
    room = LARGEST_BODY
    try:
        async for part in MultipartReader(message.headers, message.content):
            if not isinstance(part, BodyPartReader) or not part.name:
                continue
            content = await _read_limited(part.read_chunk, room)
            room -= len(content)
            if part.filename is None:
                values[part.name] = content.decode("utf-8", "replace")
            else:
                uploads[part.name] = Upload(part.filename, content, part.headers.get("Content-Type"))
    except ValueError:
        raise bad_request("can't parse multipart body") from None
    return Parameters(values, uploads)


async def _read_limited(read: Callable[[], Awaitable[bytes]], room: int) -> bytes:
    content = bytearray()
    while chunk := await read():
        content += chunk
        if len(content) > room:
            raise ApiError(413, "Request Entity Too Large")
    return bytes(content)
