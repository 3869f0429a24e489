"""parse_mode HTML in, entities; entities out, safe HTML."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.entities import GIVEN, Entity, FormattedText, find_entities, read_entities, strip, units
from sandbox.errors import ApiError
from sandbox.html_parsing import parse_html
from sandbox.html_rendering import render_html
from sandbox.texts import format_text


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("<b>发热</b> 37.4", "发热 37.4", [("bold", 0, 2)]),
        ("😀<i>x</i>", "😀x", [("italic", 2, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<STRONG>a</STRONG>", "a", [("bold", 0, 1)]),
        ("<ins>a</ins><del>b</del><em>c</em>", "abc", [("underline", 0, 1), ("strikethrough", 1, 1), ("italic", 2, 1)]),
        ("<tg-spoiler>a</tg-spoiler>", "a", [("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
        ("<pre>a</pre><code>b</code>", "ab", [("pre", 0, 1), ("code", 1, 1)]),
        ("<b></b>x", "x", []),
        ("a &lt; b &amp;&amp; c &gt; d &quot;&#65;&#x42;", 'a < b && c > d "AB', []),
        ("&nbsp;&lta&ltb &#0; &#xD800;", "&nbsp;&lta&ltb &#0; &#xD800;", []),
        ("<b>a</>", "a", [("bold", 0, 1)]),
    ],
)
def test_html_becomes_text_and_entities(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    parsed = parse_html(source)
    assert parsed.text == text
    assert [(e.type, e.offset, e.length) for e in parsed.entities] == entities


@pytest.mark.parametrize(
    ("source", "entity"),
    [
        ('<a href="https://a.b/?x=1&amp;y=2">t</a>', Entity("text_link", 0, 1, url="https://a.b/?x=1&y=2")),
        ("<a href='http://a.b'>t</a>", Entity("text_link", 0, 1, url="http://a.b")),
        ("<a>a.b</a>", Entity("text_link", 0, 3, url="http://a.b")),
        ('<pre><code class="language-python">x</code></pre>', Entity("pre", 0, 1, language="python")),
        ('<code class="language-python">x</code>', Entity("code", 0, 1)),
        ('<tg-emoji emoji-id="5">x</tg-emoji>', Entity("custom_emoji", 0, 1, custom_emoji_id="5")),
    ],
)
def test_attributes_are_kept_where_telegram_keeps_them(source: str, entity: Entity) -> None:
    assert parse_html(source).entities == (entity,)


def test_a_link_that_is_none_leaves_its_text() -> None:
    assert parse_html('<a href="javascript:alert(1)">t</a>').entities == ()


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("发<div>x</div>", 'Unsupported start tag "div" at byte offset 3'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<a =x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href>y</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji>x</tg-emoji>", "Invalid custom emoji identifier specified"),
    ],
)
def test_wrong_html_is_refused_in_telegrams_words(source: str, complaint: str) -> None:
    with pytest.raises(ApiError) as caught:
        parse_html(source)
    assert (caught.value.status, caught.value.description) == (400, f"Bad Request: can't parse entities: {complaint}")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start abc", [("bot_command", 0, 6)]),
        ("see /help@grid_bot, ok", [("bot_command", 4, 14)]),
        ("36/37 a/b", []),
        ("https://a.b/c?d=1。", [("url", 0, 17)]),
        ("😀 @wangfang #体温", [("mention", 3, 9), ("hashtag", 13, 3)]),
        ("a@b.cd #1", []),
    ],
)
def test_commands_and_links_are_found_in_plain_text(text: str, found: list[tuple[str, int, int]]) -> None:
    assert [(e.type, e.offset, e.length) for e in find_entities(text)] == found


def test_nothing_is_found_inside_code() -> None:
    assert [e.type for e in format_text("<code>/start</code> /help", "HTML").entities] == ["code", "bot_command"]


def test_white_space_at_the_ends_goes_and_entities_move_along() -> None:
    stripped = strip(parse_html(" \n<b> a</b><i>b </i>\n"))
    assert stripped.text == "ab"
    assert [(e.type, e.offset, e.length) for e in stripped.entities] == [("bold", 0, 1), ("italic", 1, 1)]


@pytest.mark.parametrize(
    "given_entity",
    [5, {"type": "bold"}, {"type": "glow", "offset": 0, "length": 1}, {"type": ["x"], "offset": 0, "length": 1}],
)
def test_a_wrong_entity_is_refused(given_entity: object) -> None:
    with pytest.raises(ApiError, match="can't parse MessageEntity"):
        read_entities([given_entity], "text")


def test_entities_outside_the_text_are_dropped() -> None:
    offered = [{"type": "bold", "offset": o, "length": n} for o, n in ((0, 4), (-1, 2), (3, 2), (1, 0))]
    assert read_entities(offered, "text") == (Entity("bold", 0, 4),)


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("<b>a &lt; 'b'</b>", "<b>a &lt; &#x27;b&#x27;</b>"),
        ("<tg-spoiler>a</tg-spoiler>", '<span class="tg-spoiler">a</span>'),
        (
            '<a href="http://a.b/&quot;x">t</a>',
            '<a href="http://a.b/&quot;x" target="_blank" rel="noopener noreferrer">t</a>',
        ),
        ('<a href="tg://user?id=5">t</a>', "t"),
        ("<b>a<i>b</i></b>c", "<b>a<i>b</i></b>c"),
    ],
)
def test_entities_become_html_with_tags_of_our_own_only(source: str, html: str) -> None:
    parsed = parse_html(source)
    assert render_html(parsed.text, parsed.entities) == html


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
stretches = st.lists(
    st.builds(
        Entity, st.sampled_from(sorted(GIVEN)), st.integers(0, 30), st.integers(1, 30), st.just("http://a.b/<\"'>&")
    ),
    max_size=6,
)


@given(texts, stretches)
def test_whatever_the_entities_the_html_nests_and_holds_exactly_the_text(text: str, entities: list[Entity]) -> None:
    # Offsets inside a surrogate pair cannot come from a client that counts right.
    edges = {units(text[:i]) for i in range(len(text) + 1)}
    fitting = tuple(e for e in entities if {e.offset, e.end} <= edges)
    html = render_html(text, tuple(sorted(fitting, key=lambda e: (e.offset, -e.length))))
    stack: list[str] = []
    for closing, name in re.findall(r"<(/?)([a-z]+)[^<>]*>", html):
        if closing:
            assert stack.pop() == name
        else:
            stack.append(name)
    assert stack == []
    assert unescape(re.sub(r"<[^<>]*>", "", html)) == text


@given(st.one_of(st.text(max_size=60), st.text(alphabet="<>/abpre =\"'&;#x", max_size=40)))
def test_any_source_is_parsed_with_entities_inside_the_text_or_refused(source: str) -> None:
    try:
        parsed = parse_html(source)
    except ApiError as error:
        complaint = error.description
        parsed = FormattedText("")
    else:
        complaint = ""
    assert complaint == "" or complaint.startswith("Bad Request: can't parse entities: ")
    assert all(0 <= e.offset < e.end <= units(parsed.text) for e in parsed.entities)
