"""The words that cells may hold: the register's own first, then what else people write for it."""

from rules.roles import Level, Role

LEVELS: dict[Level, str] = {
    Level.CITY: "市",
    Level.DISTRICT: "区县",
    Level.STREET: "街道",
    Level.COMMUNITY: "社区",
    Level.GRID: "网格",
    Level.BUILDING: "楼栋",
    Level.UNIT: "单元",
}

ROLES: dict[Role, str] = {
    Role.CITY: "市级",
    Role.DISTRICT: "分局",
    Role.STREET: "街道",
    Role.COMMUNITY: "社区",
    Role.GRID_HEAD: "网格长",
    Role.GRID_WORKER: "网格员",
    Role.GATE: "门岗",
    Role.VOLUNTEER: "志愿者",
}

SEXES: dict[str, str] = {"男": "男 男性 m male", "女": "女 女性 f female"}

RELATIONS: dict[str, str] = {
    "户主": "本人 户主本人 head self",
    "配偶": "爱人 spouse partner",
    "夫": "丈夫 老公 husband",
    "妻": "妻子 老婆 wife",
    "子": "儿子 长子 次子 三子 独生子 养子 继子 son",
    "女": "女儿 长女 次女 三女 独生女 养女 继女 daughter",
    "儿媳": "媳妇 儿媳妇 daughter-in-law",
    "女婿": "son-in-law",
    "孙子": "孙 grandson",
    "孙女": "granddaughter",
    "外孙": "外孙子",
    "外孙女": "",
    "父": "父亲 爸爸 father",
    "母": "母亲 妈妈 mother",
    "公公": "father-in-law",
    "婆婆": "mother-in-law",
    "岳父": "丈人",
    "岳母": "丈母娘",
    "祖父": "爷爷 grandfather",
    "祖母": "奶奶 grandmother",
    "外祖父": "外公 姥爷",
    "外祖母": "外婆 姥姥",
    "兄": "哥哥 brother",
    "弟": "弟弟",
    "姐": "姐姐 sister",
    "妹": "妹妹",
    "其他": "其它 亲属 亲戚 非亲属 other",
}
"""Relations to the head of the household (GB/T 4761), and their everyday and English words."""


LEVEL_WORDS: dict[str, Level] = {
    **{word: level for level, word in LEVELS.items()},
    **{level.value: level for level in Level},
    **dict.fromkeys(("旗县", "区", "县", "旗", "分局"), Level.DISTRICT),
    **dict.fromkeys(("乡镇", "镇", "乡", "苏木"), Level.STREET),
    **dict.fromkeys(("村", "嘎查"), Level.COMMUNITY),
    "楼": Level.BUILDING,
}
ROLE_WORDS: dict[str, Role] = {
    **{word: role for role, word in ROLES.items()},
    **{role.value.replace("_", " "): role for role in ROLES},
}
SEX_WORDS: dict[str, str] = {word: sex for sex, words in SEXES.items() for word in words.split()}
RELATION_WORDS: dict[str, str] = {
    word: relation for relation, others in RELATIONS.items() for word in (relation, *others.split())
}
