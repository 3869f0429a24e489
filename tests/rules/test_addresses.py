"""A door as people write it."""

import pytest

from rules.addresses import is_meant


@pytest.mark.parametrize(
    ("address", "text", "meant"),
    [
        ("2号楼 1单元 301", "2号楼1单元301", True),
        ("2号楼 1单元 301", "2-1-301", True),
        ("2号楼 1单元 301", "２号楼３０１", True),
        ("2号楼 1单元 301", "301", True),
        ("2号楼 1单元 301", "301室", True),
        ("2号楼 1单元 301", "0301", True),
        ("2号楼 1单元 301", "1-2-301", False),
        ("2号楼 1单元 301", "2-302", False),
        ("2号楼 1单元 301", "3号楼301", False),
        ("2号楼 1单元 301", "1", False),
        ("2号楼 1单元 301", "2", False),
        ("2号楼 1单元 301", "building 2, 301", True),
        ("东一排 3号", "3号", True),
        ("东一排 3号", "东一排3", True),
        ("东一排 甲", "东一排", True),
        ("东一排 甲", "西一排", False),
        ("东一排 甲", "甲1", False),
        ("东一排 甲", "", False),
        ("东一排 甲", "。", False),
    ],
)
def test_which_door_is_meant(address: str, text: str, meant: bool) -> None:
    assert is_meant(address, text) is meant
