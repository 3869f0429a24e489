"""The words that stand around temperatures, by what they do to the values beside them.

Data only. Whatever is in no list is talk, and talk in front of a value may be a name: it is asked about, so that a
value never goes to the wrong person. A word too many here costs more than one too few.
"""

from enum import Enum, auto


class Kind(Enum):
    """What a word does."""

    FILLER = auto()
    """Stands anywhere and changes nothing: 体温, 是, 大概."""
    NOW = auto()
    """As a filler; it also ends what was said of an earlier day."""
    PAST = auto()
    """The values behind it, up to the next comma, are of an earlier day."""
    PREDICATE = auto()
    """Says something of those named before it: a value may still follow for them, but a new name starts afresh."""
    SELF = auto()
    """The person who writes."""
    OURS = auto()
    """The family, or a possessive in front of a name: everybody only together with 都."""
    ALL = auto()
    """Every member who is asked."""
    REST = auto()
    """Every member who has no value of their own in the message."""
    EACH = auto()
    """The one value is that of all who were named before; of everybody if nobody was."""
    EXCEPT = auto()
    """除了: those named next are not meant by what is said of all."""
    ONLY = auto()
    """就, 只有: as 除了, and what comes next is said of them alone."""
    JOIN = auto()
    """Between two names."""
    OR = auto()
    """Between two values: one of them is wrong."""
    RANGE = auto()
    """Between two values: neither is one."""
    LIMIT = auto()
    """In front of a value: it is only the limit of one."""
    QUESTION = auto()
    """Behind a value that is only asked about: 37.3算发烧吗."""
    UNMEASURED = auto()
    """Those named before have no value."""
    CORRECTION = auto()
    """Something sent before was wrong."""
    DENIAL = auto()
    """In front of a value: it is not this one."""
    STRANGER = auto()
    """Somebody, but nobody who is asked, unless a member is called so."""
    TALK = auto()
    """Anything else."""


# An underscore is a blank.
_LISTS: dict[Kind, str] = {
    Kind.FILLER: """
        体温 温度 测温 量温 额温 腋温 耳温 数据 情况 早上 上午 中午 下午 晚上 早晨 早间 晚间 早 中 晚 上 下 刚才
        刚刚 刚 方才 是 为 有 在 的 了 呢 啊 吧 哦 嗯 呀 哈 啦 嘛 哟 噢 也 又 还 再 才 只 仅 只有 很 挺 比较
        有点 有些 稍微 一点 稍 偏 体温计 温度计 体温枪 额温枪 耳温枪 水银 水银温度计 电子体温计 大概 大约 差不多
        约 左右 上下 好像 应该 应该是 可能 估计 似乎 一直 仍然 依然 依旧 还是 反正 其实 总之 然后 但 但是 不过
        那 那么 那儿 这儿 外 之外 以外 这 这个 分别 分别是 依次 依次是 从上到下 按顺序 家 一共 每天 早晚 时候
        第一次 温 值 读数 结果 显示 具体 如下 本次 这次 一次 temperature temp t temps is are was were at the a
        of about around approx approximately roughly am degrees also still now has have had 's morning evening
        afternoon noon tonight report our_temps""",
    Kind.NOW: "今天 今日 今早 今晚 今儿 现在 目前 此刻 刚量 刚测 这会儿 today this_morning this_evening now",
    Kind.PAST: "昨天 昨晚 昨日 昨儿 昨夜 前天 前几天 上次 上回 之前 以前 yesterday last_night last_time",
    Kind.PREDICATE: """
        量 测 量了 测了 量的 测的 量着 量过 测过 量完 测完 量完了 测完了 量好了 测好了 量得 测得 量出来 测出来
        量了一下 测了一下 量一下 测一下 自测 复测 再测 又测 又量 重测 重新测 重新量 测量 测量了 测出 量出 记录
        正常 都挺好 一切正常 一切都好 稳定 没问题 没事 没事儿 无异常 没异常 无症状 没症状 无不适 没有不适 无发热
        未发热 未发烧 无发烧 未咳嗽 不发烧 没发烧 没有发烧 良好 健康 平安 挺好 很好 还好 还行 不错 都好 好着呢
        好多了 状态良好 身体健康 身体良好 身体正常 无咳嗽 不咳嗽 没咳嗽 发烧 发烧了 发热 发热了 低烧 高烧 高热
        低热 烧 烧到 烧到了 烧了 退烧 退烧了 退了 升到 升到了 降到 降到了 降了 高 高了 低 低了 咳嗽 咳 头疼 头痛
        头晕 嗓子疼 乏力 没劲 难受 不舒服 不太舒服 不大舒服 不好 不太好 流鼻涕 鼻塞 感冒 感冒了 拉肚子 腹泻 恶心
        胸闷 胸痛 气短 喘 喘不上气 呼吸困难 浑身疼 全身疼 肌肉疼 怕冷 发冷 冷 打冷战 严重 厉害 病了 起床 起床了
        刚起床 起来了 醒了 刚醒 睡醒 睡醒了 刚睡醒 吃完饭 吃了饭 吃饭 吃药 吃了药 吃过药 吃药后 饭后 饭前 运动后
        洗完澡 在家 在家里 回来 回来了 刚回来 到家了 说 给 帮 替 代 让 报 报一下 来报 上报 汇报 汇报一下 报告
        填报 报体温 体温上报 报平安 反馈 登记 打卡 接龙 补报 补 代报 收到 收到了 好 好的 好嘞 好滴 行 可以 ok
        okay 嗯嗯 是的 对 对的 哈哈 知道了 明白 明白了 谢谢 感谢 多谢 谢谢您 谢谢你 谢谢大家 辛苦 辛苦了
        您辛苦了 大家辛苦了 麻烦了 麻烦您了 不好意思 抱歉 打扰了 请查收 请知悉 请查看 完毕 您好 你好 大家好
        各位好 早上好 上午好 中午好 下午好 晚上好 早安 晚安 大家早上好 大家晚上好 各位邻居 老师好 老师 网格员
        网格长 网格员您好 网格员你好 社区 医生 大夫 书记 主任 同志 领导 你们好 您好呀 机器人 fine good all_good
        all_fine all_ok all_right normal ok. well fever cough hello hi hey good_morning good_evening
        good_afternoon thanks thank_you please here says said measured checked
        халуун температур биеийн_халуун градус got took feels reads reading""",
    Kind.SELF: """
        我 俺 本人 自己 我自己 我本人 我的 吾 me i myself mine self i'm im i_am my_temp my_temperature би bi миний
        minii""",
    Kind.OURS: """
        我们 咱们 咱 我家 我们家 咱家 咱们家 俺家 俺们 家里 家里人 家人 我们的 my our ours we us his her their""",
    Kind.ALL: """
        全家 全家人 一家 一家人 一家子 我们全家 我全家 咱全家 俺全家 全部 全体 所有人 所有 每个人 每人 人人 大家
        大伙 大伙儿 家里人都 全员 各人 everyone everybody all all_of_us whole_family the_whole_family family
        the_family both both_of_us we_all бүгд бүгдээрээ bugd манайхан""",
    Kind.REST: """
        其他人 其余人 其他 其余 其它 别人 别的人 剩下 剩下的 剩余 另外的 其他几个 其他人员 其余的 其他的
        其他家人 others the_others the_rest rest everyone_else everybody_else all_others""",
    Kind.EACH: """
        都 都是 均 均为 均是 皆 全是 全都 全都是 全 各 都一样 一样 也一样 也都是 也都 也是 相同 同样 each
        all_are are_all""",
    Kind.EXCEPT: "除了 除 除开 except besides apart_from",
    Kind.ONLY: "就 就是 只有 唯独 only but",
    Kind.JOIN: "和 跟 与 及 以及 还有 同 and with plus",
    Kind.OR: "还是 或 或者 或是 要么 or",
    Kind.RANGE: "到 至 to",
    Kind.LIMIT: """
        超过 高于 大于 低于 小于 不到 不足 没到 未到 没超过 未超过 不超过 不高于 达到 接近 快到 快 将近 没有超过
        over above below under less_than more_than almost nearly not_over up_to""",
    Kind.QUESTION: "算 算不算 算是 吗 么",
    Kind.UNMEASURED: """
        没量 没测 没有量 没有测 未量 未测 还没量 还没测 还没有量 还没有测 还没 忘量了 忘测了 忘了量 忘了测 忘了
        忘记了 忘记量 忘记测 没来得及 不在 不在家 没在家 没在 出门了 出门 外出 上班 上班了 上学 睡了 睡着了 睡觉
        在睡觉 还在睡 没起床 没起 还没起 没醒 还没醒 不肯量 不想量 不愿意量 量不了 测不了 没法量 没法测 没体温计
        没有体温计 体温计坏了 稍后 稍后报 待会 待会儿 等会 等会儿 一会儿 一会 待测 待报 未报 没报 免测 不用量
        没数据 无数据 not_measured not_yet didn't_measure no_thermometer asleep sleeping later forgot out away
        at_work not_home not_at_home""",
    Kind.CORRECTION: """
        改 更正 改为 改成 改一下 更改 更正一下 更正为 修改 修改为 修正 修正为 纠正 订正 刚才发错了 刚发错了
        刚才报错了 刚才写错了 刚才说错了 刚才打错了 发错了 发错 报错了 报错 打错了 打错 说错了 说错 写错了 写错
        输错了 填错了 看错了 弄错了 搞错了 错了 不对 有误 重新报 重报 重新上报 重发 重新发 correction corrected
        correct fix sorry wrong typo change""",
    Kind.DENIAL: "不是 并非 不是的 not",
    Kind.STRANGER: """
        他 她 它 他们 她们 你 您 你们 邻居 朋友 同事 室友 同学 保姆 阿姨 叔叔 客人 亲戚 房客 租客 司机 孩子他爸
        孩子爸 孩子他妈 大爷 大妈 大娘 大叔 大姐 大哥 姑父 姨父 姨夫 姑姑 姑妈 姑 姨 姨妈 舅舅 舅妈 舅 舅母 婶婶
        婶 婶子 伯伯 伯父 伯母 大伯 二伯 二叔 三叔 叔 伯 表哥 表弟 表姐 表妹 堂哥 堂弟 堂姐 堂妹 侄子 侄女 外甥
        外甥女 嫂子 嫂 姐夫 妹夫 弟媳 弟妹 小姨 小姑 小叔 小舅 二姨 大姨 大舅 二舅 亲家 干爹 干妈 后妈 继父 继母
        he she him they them you uncle aunt cousin nephew niece neighbour neighbor friend""",
}

WORDS: dict[str, Kind] = {word.replace("_", " "): kind for kind, words in _LISTS.items() for word in words.split()}
"""Every word with what it does; of two lists that have it, the later one counts."""
