"""Texts from the catalogue: what people typed can never become markup, and nothing is ever shown half."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from channels.port import Span
from services.words import FOLDER, LANGUAGES, Lines, MissingTextError, Words, text_for, words_in
from tests.rules.test_catalogue import catalogue

CATALOGUE = """
plain = 你好
said = <b>{ $name }</b>：{ $text }
over-lines = <b>两行
    都重</b>的
chosen = { $status ->
        [approved] 同意了
       *[refused] 没同意
    }
counted = { $count ->
        [one] one
       *[other] { $count } of them
    }
only-attribute =
    .title = 无
"""
HOSTILE = [
    "<b>",
    "</b>",
    "</b><b>",
    "<",
    "{",
    "}",
    "{ $name }",
    '{"<"}',
    "<b>x</b>",
    "&lt;",
    "-term",
    "\\u003c",
    "<<b>>",
    "\ufdd0",
    "\ufdd00\ufdd1",
    "\ufdd01\ufdd1",
]
typed = st.text(st.characters(codec="utf-8"), max_size=40) | st.lists(st.sampled_from(HOSTILE)).map("".join)


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Words:
    folder = tmp_path_factory.mktemp("locales")
    (folder / "zh-CN").mkdir()
    (folder / "zh-CN" / "test.ftl").write_text(CATALOGUE, encoding="utf-8")
    return Words("zh-CN", folder)


def _strong(lines: Lines) -> list[str]:
    return [span.text for line in lines for span in line if span.strong]


@given(name=typed, text=typed)
@example(name="王\n芳", text="\n")
@example(name="<b>王芳", text="</b>")
def test_what_people_typed_stays_text_and_only_the_catalogue_emphasises(words: Words, name: str, text: str) -> None:
    args = {"name": name, "text": text}
    assert words.text("said", args) == f"{name}：{text}"
    assert "\n".join(_strong(words.lines("said", args))).split() == name.split()


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_the_catalogue_lets_an_argument_become_markup(language: str, hostile: str) -> None:
    words = Words(language)
    for key, names in catalogue(language).variables.items():
        harmless = words.lines(key, dict.fromkeys(names, "甲"))
        expected = tuple(
            tuple(Span(span.text.replace("甲", hostile), span.strong) for span in line) for line in harmless
        )
        assert words.lines(key, dict.fromkeys(names, hostile)) == expected, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_of_any_length_is_said_whole(language: str) -> None:
    body = "通知" * 2000
    assert body in Words(language).text("notice-correct-preview", {"body": body, "sent": 3, "file": "no"})


def test_emphasis_may_span_lines(words: Words) -> None:
    assert words.lines("over-lines") == ((Span("两行", strong=True),), (Span("都重", strong=True), Span("的")))


def test_a_word_or_a_number_chooses_its_variant(words: Words) -> None:
    assert words.text("chosen", {"status": "approved"}) == "同意了"
    assert words.text("chosen", {"status": "refused"}) == "没同意"
    assert words.text("counted", {"count": 2}) == "2 of them"


@pytest.mark.parametrize("key", ["", "no-such-text", "Plain", "only-attribute", "only-attribute.title"])
def test_a_text_that_is_not_there_is_an_error(words: Words, key: str) -> None:
    with pytest.raises(MissingTextError):
        words.text(key)


@pytest.mark.parametrize(
    ("key", "args"), [("said", {}), ("said", {"name": "王芳"}), ("chosen", {}), ("counted", {"number": 3})]
)
def test_a_text_whose_argument_is_missing_is_an_error(words: Words, key: str, args: dict[str, str | int]) -> None:
    with pytest.raises(MissingTextError):
        words.text(key, args)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_catalogue_needs_each_of_its_arguments(language: str) -> None:
    words = Words(language)
    for key, names in catalogue(language).variables.items():
        assert words.text(key, dict.fromkeys(names, "甲")) is not None
        if names:
            with pytest.raises(MissingTextError):
                words.text(key)


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("EN", "en"),
        ("zh-hans", "zh-CN"),
        ("mn", "zh-CN"),
        ("", "zh-CN"),
        (None, "zh-CN"),
    ],
)
def test_whoever_does_not_read_english_reads_chinese(tag: str | None, language: str) -> None:
    assert words_in(tag).language == language


def test_a_text_comes_in_the_reader_s_language() -> None:
    assert text_for("en", "button-cancel") == "Cancel"
    assert text_for("zh-hans", "start-known", name="王芳").startswith("王芳，")


def test_the_catalogue_is_found_beside_the_program() -> None:
    assert {one.name for one in Path(FOLDER).iterdir() if one.is_dir()} == set(LANGUAGES)
