"""Invented people: names that could be Baotou's, and belong to nobody here."""

from collections.abc import Iterable
from random import Random

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪"
    "廖石金贾韦夏付方白邹孟熊秦邱侯江尹薛闫段雷黎史龙贺陶顾毛郝龚邵万钱严武戴莫孔向汤"
)
_GIVEN = {
    ("男", "old"): "建国 德明 福生 长贵 守义 国栋 志远 兴旺 广田 永福 玉山 文忠 庆林 占魁 树林 天佑",
    ("女", "old"): "秀英 桂兰 玉珍 淑芬 凤英 素琴 翠花 桂芝 玉梅 秀兰 月娥 改莲 淑贤 金枝 喜凤 润香",
    ("男", "grown"): "伟 强 军 磊 勇 涛 鹏 海龙 志刚 建平 晓东 俊杰 宏伟 立新 占军 海波 永强 文斌 利军 建军",
    ("女", "grown"): "芳 娜 敏 静 丽 燕 霞 艳 晓梅 海燕 丽娟 红梅 小红 雪梅 春燕 慧敏 秀丽 文静 瑞芳 改霞",
    ("男", "child"): "子轩 浩然 宇航 博文 天宇 俊熙 梓豪 一鸣 嘉乐 小虎 昊天 明泽 思远 皓轩 文博 乐乐",
    ("女", "child"): "欣怡 梓涵 雨桐 诗涵 佳琪 可心 思彤 语嫣 梦瑶 一诺 雅静 小雨 若曦 婉儿 诗雨 朵朵",
}
_MONGOLIAN = {
    "男": "巴特尔 朝鲁 苏和 布和 哈斯巴根 那顺 额尔敦 宝音 阿古拉 特木尔 呼格吉勒 乌力吉 孟和 青格勒 敖特根",
    "女": "乌云其其格 娜仁 萨仁 托娅 其木格 高娃 斯琴 乌日娜 琪琪格 阿茹娜 娜布其 萨日娜 塔娜 格日勒 乌兰",
}


class Names:
    """Names drawn at random, none of them twice and none that is `taken`."""

    def __init__(self, random: Random, taken: Iterable[str] = ()) -> None:
        self._random = random
        self._taken = set(taken)

    def surname(self) -> str:
        """The surname of a family."""
        return self._random.choice(_SURNAMES)

    def han(self, surname: str, sex: str, age: str) -> str:
        """A Han name for a sex (男, 女) and an age (old, grown, child)."""
        return self._fresh(surname, _GIVEN[sex, age])

    def mongolian(self, sex: str) -> str:
        """A Mongolian name, which has no surname."""
        return self._fresh("", _MONGOLIAN[sex])

    def _fresh(self, surname: str, given: str) -> str:
        free = [name for one in given.split() if (name := surname + one) not in self._taken]
        name = self._random.choice(free)
        self._taken.add(name)
        return name
