list-mark = 、
half-morning = 早上
half-evening = 晚上
the-household = 本户
no-phone = 无电话

button-cancel = 取消
button-back = ← 上一步
button-resume = 接着填
button-earlier = ← 前面的
button-later = 后面的 →
button-show = 查看

apology = 对不起，刚才没处理好，已经记下来让人查。请再发一次。
not-understood = 没看懂。报体温请直接发数字，比如 36.5。要看能做什么，发：帮助
civil-welcome = 不客气，保重身体。
civil-good = 好。
civil-nothing-to-cancel = 现在没有要取消的。
not-understood-staff = 没看懂。{ $who ->
        [head] 要处理的事，发：告警。要发通知，发：通知。
        [worker] 要处理的事，发：告警。要上门的，发：上门。
        [gate] 有人外出，发：举报外出。查证明，发：核验。
       *[other] {""}
    }要看能做什么，发：帮助
not-text-what = { $kind ->
        [voice] 语音我听不懂。
        [sticker] 表情我看不懂。
        [video] 视频我看不了。
       *[other] 这个我看不懂。
    }
not-text-asked = { not-text-what }<b>体温请打数字。</b>
    { $people ->
        [1] 比如：{ $example }
       *[other] 一家人写在一起，比如：{ $example }
    }
not-text-form = { not-text-what }请打字回答上面问的，或者按按钮。
not-text = { not-text-what }{ $who ->
        [stranger] 请先扫楼门口或网格员给的二维码来登记。
        [head] 请打字。要处理的事，发：告警。要发通知，发：通知。要看能做什么，发：帮助
        [worker] 请打字。要处理的事，发：告警。要上门的，发：上门。要看能做什么，发：帮助
        [gate] 请打字。有人外出，发：举报外出。查证明，发：核验
       *[other] 有事请打字。要看能做什么，发：帮助
    }
not-yours = 这不归您管，没有改动。
not-joined = 您还没有登记。请扫网格员给的二维码。
staff-only = 这是给工作人员用的。

start-unknown = 您好！我是网格通。
    请扫楼门口或网格员给的二维码来登记。
start-unknown-member = 您好！我是网格通。
    花名册里没有您的企业微信账号：{ $member }
    请把账号告诉管理花名册的人；有邀请的，把 /start 开头的那一行发到这里。
start-known = { $name }，您已经登记过了。报体温直接发数字，比如 36.5。

help-volunteer = 要志愿者帮忙的时候，我在这里告诉您，您按“收到”就行。
    还可以发：语言 · 停止
help-stranger = 我是网格通，帮网格里的居民报体温、收通知。
    请先扫网格员给的二维码来登记。
help-resident = 报体温：直接发数字，比如 36.5
    一家人一起报：王芳36.5 王建国36.6
    报错了：再发一次就行

    从外地回来：发 返乡申报
    看到隔离的人出门：发 举报外出
    还可以发：状态 · 上报 · 家人 · 语言 · 停止
help-gate = 举报外出：隔离的人出了门
    核验：查解除隔离证明
    还可以发：语言
help-staff = 告警：要处理的事
    上门：要上门的住户
    查找：按名字、门牌、电话后四位找人
    隔离：查一个人的隔离，延长、再量一次
    举报外出：隔离的人出了门
    核验：查解除隔离证明
    今日：今天的数字
    邀请：请网格员、居民加入
    导出：台账、今天的体温（Excel）
    值班：上班、下班
    语言：中文、English
    以后发到这里：有两个对话的，选在哪里收

    有人发烧、漏报、联系不上，我会马上来找您。
help-own-group = 群：绑定网格群
help-own-policy = 规则：几点问体温、告警找谁
help-head = 告警：要处理的事
    上门：要上门的住户
    简报：今天怎么样，一眼看完
    通知：给下面的住户、工作人员发通知
    已发通知：谁没看，改正、撤回
    指令：往下发指令，看它传到哪了{ $own }
    查找：按名字、门牌、电话后四位找人
    隔离：查一个人的隔离，延长、再量一次
    举报外出：隔离的人出了门
    核验：查解除隔离证明
    今日：今天的数字
    邀请：请网格员、居民加入
    导出：台账、今天的体温（Excel）
    值班：上班、下班
    语言：中文、English
    以后发到这里：有两个对话的，选在哪里收

    有人发烧、漏报、联系不上，我会马上来找您。

language-ask = 用哪种语言？ / Which language?
language-zh-cn = 中文
language-en = English
language-set = 好，以后用中文。

stopped = 好，以后不再给您发一般的通知。
    防疫命令和居家隔离的体温提醒不能退订，还会发。想恢复，发 /start

form-cancelled = 好，不填了。
form-gone = 这一步已经过去了。
form-waiting = 刚才的还没填完，要接着填吗？
form-lapsed = 刚才没填完的已经取消。需要时再来。

command-report = 上报体温
command-status = 还要隔离几天、报了没有
command-family = 家里登记了谁
command-help = 怎么用
command-language = 中文 / English
command-today = 今天的数字（工作人员）
command-alerts = 要处理的事（工作人员）
command-doors = 要上门的（工作人员）
command-notice = 发通知（网格长）
command-duty = 上班、下班（工作人员）
command-stop = 不再收通知
age-minutes = { $minutes } 分钟
age-hours = { $hours } 小时{ $minutes ->
        [0] {""}
       *[other] {" "}{ $minutes } 分
    }
age-days = { $days } 天{ $hours ->
        [0] {""}
       *[other] {" "}{ $hours } 小时
    }
age-seconds = { $seconds } 秒
command-brief = 今天的简报（网格长）
