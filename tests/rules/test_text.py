"""Messages as text: cut where a reader would pause, nothing lost, nothing typed ever markup."""

from collections.abc import Sequence
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.port import Message, Span
from channels.text import Line, as_html, pieces

LIMIT = 4096

spans = st.builds(Span, st.text(max_size=60), st.booleans())
messages = st.lists(st.lists(spans, max_size=4).map(tuple), max_size=12).map(lambda lines: Message(tuple(lines)))
limits = st.integers(1, 80)


def _plain(*texts: str) -> Message:
    return Message(tuple((Span(text),) for text in texts))


def _read(lines: Sequence[Line]) -> str:
    return Message(tuple(lines)).text


def _letters(lines: Sequence[Line]) -> list[tuple[str, bool]]:
    """Every character that is no white space, and whether it is emphasised."""
    return [(letter, span.strong) for line in lines for span in line for letter in span.text if not letter.isspace()]


class _Reader(HTMLParser):
    """Reads the HTML back as (character, emphasised), and refuses every tag but <b>."""

    def __init__(self) -> None:
        super().__init__()
        self.letters: list[tuple[str, bool]] = []
        self.strong = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        assert (tag, attrs, self.strong) == ("b", [], False)
        self.strong = True

    def handle_endtag(self, tag: str) -> None:
        assert (tag, self.strong) == ("b", True)
        self.strong = False

    def handle_data(self, data: str) -> None:
        self.letters += [(letter, self.strong) for letter in data]

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)


@given(messages, limits)
def test_no_piece_is_longer_than_the_messenger_takes(message: Message, longest: int) -> None:
    assert all(len(_read(piece)) <= longest for piece in pieces(message, longest))


@given(messages, limits)
def test_no_letter_and_no_emphasis_is_lost_at_a_cut(message: Message, longest: int) -> None:
    cut = [letter for piece in pieces(message, longest) for letter in _letters(piece)]
    assert cut == _letters(message.lines)


@given(st.lists(st.text("字，。！ab", min_size=1, max_size=200), min_size=1, max_size=10), limits)
def test_only_line_ends_are_lost_at_a_cut(texts: list[str], longest: int) -> None:
    cut = "".join(_read(piece).replace("\n", "") for piece in pieces(_plain(*texts), longest))
    assert cut == "".join(texts)


@given(messages, limits)
def test_no_piece_is_empty_unless_the_message_is(message: Message, longest: int) -> None:
    parts = pieces(message, longest)
    assert parts
    if "".join(span.text for line in message.lines for span in line).strip() == "":
        return
    heads = [part[0] for part in parts if part]
    assert len(heads) == len(parts)
    assert all("".join(span.text for span in head).strip() for head in heads)


@given(st.lists(st.text("字a。", min_size=1, max_size=9), min_size=1, max_size=9))
def test_a_message_that_fits_is_one_piece_as_it_was(texts: list[str]) -> None:
    message = _plain(*texts)
    assert pieces(message, LIMIT) == [message.lines]
    assert pieces(message, len(message.text)) == [message.lines]


@pytest.mark.parametrize(
    ("texts", "longest", "expected"),
    [
        (["一二三", "四五六"], 7, ["一二三\n四五六"]),
        (["一二三", "四五六"], 6, ["一二三", "四五六"]),
        (["一二。三四五。六七"], 7, ["一二。三四五。", "六七"]),
        (["一二三四五六七八"], 3, ["一二三", "四五六", "七八"]),
        (["一二三", "", "四五六"], 5, ["一二三\n", "四五六"]),
        (["一二三", "", "四五六"], 3, ["一二三", "四五六"]),
        (["", "一二三"], 3, ["一二三"]),
        ([], 3, [""]),
        ([""], 3, [""]),
    ],
)
def test_a_message_is_cut_between_lines_else_after_a_sentence(
    texts: list[str], longest: int, expected: list[str]
) -> None:
    assert [_read(piece) for piece in pieces(_plain(*texts), longest)] == expected


@given(messages)
def test_html_says_what_the_message_says_and_nothing_typed_is_markup(message: Message) -> None:
    reader = _Reader()
    reader.feed(as_html(message.lines))
    reader.close()
    assert "".join(letter for letter, _ in reader.letters) == message.text
    assert [one for one in reader.letters if not one[0].isspace()] == _letters(message.lines)


@pytest.mark.parametrize(
    "typed",
    ["<b>王芳</b>", "</b>", "<a href='x'>", "a < b & c > d", "&lt;b&gt;", "&amp;", "<!-- -->", "]]>", "<?x?>", "&#60;"],
)
@pytest.mark.parametrize("strong", [True, False])
def test_tags_and_entities_that_people_type_are_only_text(typed: str, strong: bool) -> None:
    reader = _Reader()
    reader.feed(as_html([(Span(typed, strong),)]))
    reader.close()
    assert reader.letters == [(letter, strong) for letter in typed]
