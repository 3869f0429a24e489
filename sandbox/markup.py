"""Keyboards under messages and in place of the phone's own, read as strictly as Telegram reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sandbox.errors import bad_request

MOST_BUTTONS = 100
LONGEST_DATA_BYTES = 64
URL_SCHEMES = ("http://", "https://", "tg://")

Rows = tuple[tuple[dict[str, Any], ...], ...]


@dataclass(frozen=True, slots=True)
class Markup:
    """A reply markup; `rows` holds the buttons of an inline or a reply keyboard."""

    kind: Literal["inline", "keyboard", "remove", "force_reply"]
    rows: Rows = ()

    def inline_json(self) -> dict[str, Any]:
        """The InlineKeyboardMarkup of the Bot API."""
        return {"inline_keyboard": [list(row) for row in self.rows]}

    def has_data(self, data: str) -> bool:
        """Whether an inline button carries `data`."""
        return self.kind == "inline" and any(button.get("callback_data") == data for row in self.rows for button in row)

    def label_of(self, data: str) -> str:
        """What the inline button that carries `data` says; empty when there is none."""
        labels = (str(one["text"]) for row in self.rows for one in row if one.get("callback_data") == data)
        return next(labels, "")


def read_markup(given: Any, *, inline_only: bool = False) -> Markup | None:
    """The `reply_markup` of a call; None when there is none or it is empty. Raises ApiError for a wrong one."""
    if given is None or given == "":
        return None
    if not isinstance(given, dict):
        raise bad_request("object expected as reply markup")
    markup = _read(given)
    if markup and inline_only and markup.kind != "inline":
        raise bad_request("inline keyboard expected")
    return markup


def _read(given: dict[str, Any]) -> Markup | None:
    if keyboard := given.get("keyboard"):
        return Markup("keyboard", _rows(keyboard, 'Field "keyboard" must be an Array of Arrays', _reply_button))
    if inline := given.get("inline_keyboard"):
        complaint = 'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
        rows = _rows(inline, complaint, _inline_button)
        if sum(map(len, rows)) > MOST_BUTTONS:
            raise bad_request("reply markup is too long")
        return Markup("inline", rows) if rows else None
    if given.get("remove_keyboard"):
        return Markup("remove")
    return Markup("force_reply") if given.get("force_reply") else None


def _rows(given: Any, complaint: str, read: Any) -> Rows:
    if not isinstance(given, list) or not all(isinstance(row, list) for row in given):
        raise bad_request(complaint[0].lower() + complaint[1:])
    return tuple(tuple(read(button) for button in row) for row in given if row)


def _reply_button(given: Any) -> dict[str, Any]:
    button = {"text": given} if isinstance(given, str) else given
    if not isinstance(button, dict):
        raise bad_request("can't parse keyboard button: KeyboardButton must be a String or an Object")
    if not isinstance(button.get("text"), str):
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    if not button["text"]:
        raise bad_request("keyboard button text must be non-empty")
    return button


def _inline_button(given: Any) -> dict[str, Any]:
    prefix = "can't parse inline keyboard button: "
    if not isinstance(given, dict):
        raise bad_request(prefix + "InlineKeyboardButton must be an Object")
    text, data, url = given.get("text"), given.get("callback_data"), given.get("url")
    if not isinstance(text, str):
        raise bad_request(prefix + 'Can\'t find field "text"')
    if not text:
        raise bad_request("inline keyboard button text must be non-empty")
    if isinstance(url, str):
        _check_url(url)
        return {"text": text, "url": url}
    if isinstance(data, str):
        if not 1 <= len(data.encode("utf-8", "surrogatepass")) <= LONGEST_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
        return {"text": text, "callback_data": data}
    if other := [name for name in ("web_app", "switch_inline_query", "copy_text", "login_url") if name in given]:
        return {"text": text, other[0]: given[other[0]]}
    raise bad_request(prefix + "Text buttons are unallowed in the inline keyboard")


def _check_url(url: str) -> None:
    if not url.lower().startswith(URL_SCHEMES) or len(url.split("://", 1)[1]) == 0:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
