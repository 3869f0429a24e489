"""A text with entities as safe HTML for a page: every character of it escaped, every tag one of ours."""

from __future__ import annotations

from html import escape
from itertools import pairwise

from sandbox.entities import Entity

_PLAIN_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}
_CLASSES = {"spoiler": "tg-spoiler", "mention": "mention", "hashtag": "hashtag", "bot_command": "command"}


def _tags(entity: Entity, covered: str) -> tuple[str, str]:
    if tag := _PLAIN_TAGS.get(entity.type):
        return f"<{tag}>", f"</{tag}>"
    if name := _CLASSES.get(entity.type):
        return f'<span class="{name}">', "</span>"
    url = covered if entity.type == "url" else entity.url
    if entity.type in {"url", "text_link"} and url and url.lower().startswith(("http://", "https://")):
        return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">', "</a>"
    return "", ""


def render_html(text: str, entities: tuple[Entity, ...]) -> str:
    """`text` as HTML; overlapping entities are split, so that tags always nest. Line breaks stay line breaks."""
    if not entities:
        return escape(text)
    wide = text.encode("utf-16-le", "surrogatepass")

    def cut(start: int, end: int) -> str:
        return wide[2 * start : 2 * end].decode("utf-16-le", "replace")

    edges = sorted({0, len(wide) // 2, *(e.offset for e in entities), *(e.end for e in entities)})
    stack: list[tuple[Entity, str]] = []
    out: list[str] = []
    for start, end in pairwise(edges):
        active = [e for e in entities if e.offset <= start and e.end >= end]
        while stack and not (len(stack) <= len(active) and [e for e, _ in stack] == active[: len(stack)]):
            out.append(stack.pop()[1])
        for entity in active[len(stack) :]:
            opening, closing = _tags(entity, cut(entity.offset, entity.end))
            out.append(opening)
            stack.append((entity, closing))
        out.append(escape(cut(start, end)))
    out.extend(closing for _, closing in reversed(stack))
    return "".join(out)
