"""The poster of a building: one page, big words, a code that leads to the right bot."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click
import pypdfium2
import pytest
import zxingcpp

from bot.house import open_database
from bot.inviting import make_links
from bot.poster.page import draw
from bot.poster.words import Poster
from bot.settings import Settings, load_settings
from models.migrate import upgrade
from rules.roles import Role
from sandbox.server import Sandbox
from services.drawing.png import FONT
from services.invites import look_up
from tests.contracts.adapters import TOKEN
from tests.harness import raise_the_house

NOW = datetime(2020, 2, 10, tzinfo=UTC)
A4 = (595.28, 841.89)
"""Points."""


def poster(**more: object) -> Poster:
    words: dict[str, object] = {
        "area": "西河楞第一网格",
        "above": "包头市 昆区",
        "title": "扫一扫，登记报体温",
        "subtitle": "Scan to join",
        "link": "https://t.me/gridbot?start=abcDEF_-123",
        "steps": (("打开 Telegram", "Open Telegram"), ("点“开始”", "Press START"), ("回一个数就行：36.5", "36.5")),
        "help_line": "没有手机？告诉网格员。",
        "foot": "2020-03-10 前有效",
    }
    return Poster(**{**words, **more})  # type: ignore[arg-type]


def test_it_is_one_a4_page_with_every_word_and_a_code_that_can_be_scanned() -> None:
    made = poster()
    content, missing = draw(made)
    pages = pypdfium2.PdfDocument(content)
    assert len(pages) == 1
    assert pages[0].get_size() == pytest.approx(A4, abs=0.01)
    written = "".join(pages[0].get_textpage().get_text_range().split())
    for words in (made.area, made.title, made.help_line, made.foot, *(line for pair in made.steps for line in pair)):
        assert "".join(words.split()) in written
    [code] = zxingcpp.read_barcodes(pages[0].render(scale=2).to_pil())
    assert code.text == made.link
    assert missing == []


def test_a_long_name_stays_on_the_page() -> None:
    content, _ = draw(poster(area="新城花园小区第十七号楼第三单元及地下车库值班室网格"))
    page = pypdfium2.PdfDocument(content)[0]
    boxes = [page.get_textpage().get_charbox(number) for number in range(page.get_textpage().count_chars())]
    assert min(left for left, *_ in boxes) > 0
    assert max(right for _, _, right, _ in boxes) < A4[0]


def test_a_character_that_the_font_does_not_have_is_named_and_breaks_nothing() -> None:
    content, missing = draw(poster(area="㐂村 😷"))
    assert content.startswith(b"%PDF")
    assert missing == ["㐂", "😷"]


def test_the_font_comes_with_its_licence() -> None:
    assert "SIL Open Font License" in (FONT.parent / "OFL.txt").read_text(encoding="utf-8")
    assert FONT.stat().st_size < 5_000_000


@pytest.fixture
def settings(tmp_path: Path, sandbox: Sandbox) -> Settings:
    """A house with the areas of the town."""
    chosen = load_settings(
        _env_file=None,
        database_url=f"sqlite:///{tmp_path / 'town.db'}",
        encryption_key="a key for the tests",
        telegram={"tokens": TOKEN, "api_base": sandbox.api_base},
    )
    database = open_database(chosen)
    upgrade(database.engine)
    database.apply(raise_the_house, NOW)
    database.close()
    return chosen


async def test_its_link_lets_everybody_of_the_area_in(settings: Settings) -> None:
    made = await make_links(settings, NOW, Role.RESIDENT, "G1", 1, many=True)
    [link] = made.links
    assert link.startswith("https://t.me/gridbot?start=")
    assert (made.area, made.above) == ("第一网格", "包头市 昆区 昆河镇 西河楞")
    database = open_database(settings)
    with database.transaction() as session:
        found = look_up(session, NOW, link.partition("start=")[2])
        assert (found.role, found.max_uses) == (Role.RESIDENT, None)  # type: ignore[union-attr]
    database.close()


async def test_an_area_that_nobody_can_join_is_named(settings: Settings) -> None:
    with pytest.raises(click.ClickException, match="--area C: the area is a city"):
        await make_links(settings, NOW, Role.RESIDENT, "C", 1, many=True)
    with pytest.raises(click.ClickException, match="--area 没有: there is no such area"):
        await make_links(settings, NOW, Role.RESIDENT, "没有", 1, many=True)


async def test_a_messenger_that_does_not_answer_is_named(settings: Settings, sandbox: Sandbox) -> None:
    sandbox.world.arm_fault("status", method="getMe", status=401, description="Unauthorized")
    with pytest.raises(click.ClickException, match="does not answer for the bot 'telegram'"):
        await make_links(settings, NOW, Role.RESIDENT, "G1", 1, many=True)
