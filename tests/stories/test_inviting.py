"""Staff let people below themselves in, from the chat."""

from __future__ import annotations

from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from rules.roles import Role, roles_below
from tests.harness import Heard, Phone, Town, code_in


async def invites(phone: Phone, *labels: str) -> Heard:
    """Presses one's way through /invite."""
    heard = await phone.says("邀请")
    for label in labels:
        heard = await phone.presses(heard, label)
    return heard


async def test_a_head_lets_a_worker_in(town: Town) -> None:
    made = await invites(town.phone("赵网格长"), "网格员")
    assert "第一网格 · 网格员" in made.text
    newcomer = town.stranger("新网格员")
    await newcomer.starts(code_in(made))
    assert "您已登记为 第一网格 的网格员" in (await newcomer.says("新网格员")).text
    again = town.stranger("又一个")
    assert "已经用过了" in (await again.starts(code_in(made))).text


@pytest.mark.needs("captions")
async def test_the_code_can_be_scanned_from_the_phone(town: Town) -> None:
    made = await invites(town.phone("李网格员"), "居民", "给一个人")
    picture = next(
        one for one in town.sandbox.world.messages(town.phone("李网格员").number, "gridbot") if one.id == made.id
    ).content.file
    assert picture
    with Image.open(BytesIO(picture.content)) as image:
        [found] = zxingcpp.read_barcodes(image)
    assert found.text.endswith(f"={code_in(made)}")
    assert found.text in made.text


async def test_an_invite_for_everybody_lets_many_in_until_it_is_withdrawn(town: Town) -> None:
    worker = town.phone("李网格员")
    made = await invites(worker, "居民", "大家都能用")
    for name in ("甲", "乙"):
        assert "叫什么名字" in (await town.stranger(name).starts(code_in(made))).text
    listed = await invites(worker, "我发出的邀请")
    assert "收回了" in (await worker.presses(listed, "第一网格 · 居民")).text
    assert "已经收回" in (await town.stranger("丙").starts(code_in(made))).text


async def test_the_community_chooses_among_its_grids(town: Town) -> None:
    made = await invites(town.phone("孙社区"), "网格长", "第二网格")
    assert "第二网格 · 网格长" in made.text


async def test_nobody_lets_in_above_themselves_or_elsewhere(town: Town) -> None:
    worker, head = town.phone("李网格员"), town.phone("赵网格长")
    asked = await worker.says("邀请")
    assert [label for label in asked.labels if "我" not in label] == ["居民", "志愿者"]
    town.sandbox.world.send_text(worker.number, "gridbot", "/help")
    other_grid = town.area("G2").id
    assert "没有改动" in (await head.forges(f"makeinvite:grid_worker:{other_grid}:one")).text
    assert "没有改动" in (await head.forges(f"makeinvite:city:{town.area('C').id}:one")).text
    assert "没有改动" in (await head.forges("invitein:nobody:1")).text


async def test_a_resident_invites_nobody(town: Town) -> None:
    assert "工作人员" in (await town.phone("王芳").says("邀请")).text


@pytest.mark.parametrize("role", list(Role))
def test_everybody_lets_in_those_below_and_nobody_else(role: Role) -> None:
    assert role not in roles_below(role)
    assert Role.OPERATOR not in roles_below(role)
    for lower in roles_below(role):
        assert set(roles_below(lower)) < set(roles_below(role))
