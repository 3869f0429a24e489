prompt-morning = <b>早上好，请量体温</b>（{ $until } 前）
prompt-evening = <b>晚上好，请量体温</b>（{ $until } 前）
prompt-day = 居家隔离第 { $day } 天，共 { $days } 天
prompt-first-morning = 今天开始，早晚各量一次。一个人发来全家的就行；量不了、不舒服，随时说。
prompt-first-evening = 第一天辛苦了。夹好体温计五分钟再看，最准。
prompt-second-day = 缺什么、有难处，也可以直接打网格员的电话。
prompt-half-way = 已经走了一半，谢谢您一家守在家里。
prompt-two-left = 快了，今天过后还有 { $left } 天。
prompt-last-morning = 今天是最后一天。今晚量完，明天就不用再报了；还有没报的、不舒服的，今天都告诉我。
prompt-last-evening = 这是最后一次，量完就等好消息。
prompt-keeps-open = 您回一句，我们才能在接下来两天里找到您；不回，微信会关上这个对话。
prompt-example-one = 直接回数字，比如：36.5
prompt-whom-one = 要报的人：{ $name }
prompt-example-named = 直接回，比如：{ $name }36.5
prompt-whom = 要报的人：{ $names }
prompt-example-family = 一起回就行，比如：{ $first }36.5 { $second }36.6
reminder = 还没收到体温，{ $until } 前请报一下。
recheck = { $name } 刚才是 { $celsius }℃，请再量一次，把数字发给我。

report-stored = ✓ 收到，谢谢！
    { $values }
report-part = ✓ 收到 { $values }
    还差：{ $names }
report-corrected = ✓ 已改成 { $values }
    （原来是 { $before }，也留着）
report-corrected-part = { report-corrected }
    还差：{ $names }
nothing-owed = 现在没有要报的。想报随时发数字，比如：{ $example }
owed-late = 刚才这一次还差：{ $names }
    现在补报也行，比如：{ $example }

unclear-out-of-range = “{ $quote }”不像体温。请看一下体温计再发，比如：{ $example }
unclear-which-scale = “{ $quote }”是华氏度吗？是的话请在后面加 F，不是请再量一次，比如：{ $example }
unclear-inexact = “{ $quote }”不是一个准数。请看体温计，只发一个数，比如：{ $example }
unclear-earlier = “{ $quote }”是以前的。请现在量一次再发，比如：{ $example }
unclear-unknown-name = 名册里没找到“{ $quote }”。请写名字，比如：{ $example }
unclear-who = “{ $quote }”是谁的？请带上名字，比如：{ $example }
unclear-too-few = 数比人少：“{ $quote }”。请带上名字，一人一个数，比如：{ $example }
unclear-too-many = 数比人多：“{ $quote }”。请带上名字，一人一个数，比如：{ $example }
unclear-twice = 同一个人有两个数：“{ $quote }”。请只发一个，比如：{ $example }

advice-abnormal = <b>{ $name } { $celsius }℃，偏高。</b>
    已经告诉网格员，会马上联系您。
    请戴口罩、单独一间、多喝水，先不要自己去医院。一小时后再量一次。

    有下面的情况吗？
advice-emergency = <b>{ $name } { $celsius }℃，要马上处理。</b>
    已经告诉网格员。很难受就打 120。
    请戴口罩、单独一间。

    有下面的情况吗？
advice-low = { $name } { $celsius }℃，偏低。请夹紧体温计，五分钟后再量一次。

    有下面的情况吗？
symptom-breathless = 喘不上气
symptom-chest-pain = 胸口疼
symptom-confused = 人不清醒
symptom-cough = 咳嗽
symptom-weak = 没力气
symptom-none = 都没有
symptom-thanks = 好。{ $name } 请好好休息，一小时后再量一次。
symptom-noted = 记下了，网格员也看得到。{ $name } 请好好休息。
symptom-emergency = <b>已按紧急情况报上去。</b>
    { $name } 现在很难受就马上打 120。

status-line = { $name }：第 { $day }/{ $days } 天，最近 { $celsius }，{ $left ->
        [0] 今天是最后一天
       *[other] 还剩 { $left } 天
    }
status-not-yet = 还没有量
status-owed = 还没报：{ $names }，{ $until } 前都可以。
status-owed-late = 上一轮没报：{ $names }，现在补报也可以。
status-gaps = 图上的 × 是没报的一次。
curve-title = { $name } · 第 { $day }/{ $days } 天
status-nothing-owed = 都报了，谢谢！
status-free = { $name }，您家现在不用每天报体温。

prompt-so-far = ✓ 已有：{ $values }
button-whose = { $name } 的体温 👇
button-other-value = 其他
button-fix = ✏️ 报错了
press-other = 请把 { $name } 的体温发给我，比如：{ $name }37.3
press-already = { $name } 这次已经是 { $celsius }。要改请发：改 { $name }{ $wanted }
press-too-late = 那一次已经过去了。现在量的请按最新的一条，或者直接发数字。
fix-how = { $until } 前可以改。把对的发给我，前面写“改”，比如：改 { $example }
    原来的数也会留着。
fix-too-late = 改的时间已经过了。请再量一次，直接把新的数发给我；有事请找网格员。
report-too-late = ✓ 收到 { $values }
    改的时间过了，按新量的记下，原来的数也算。
others-told = { $who } 已上报，您不用再报了：
    { $values }

symptom-diarrhoea = 拉肚子
symptom-no-smell = 闻不到味
symptom-sore-throat = 嗓子疼
symptom-headache = 头疼
symptom-aches = 浑身疼
symptom-vomiting = 恶心、吐
symptom-chills = 发冷
symptom-runny-nose = 流鼻涕
complaint-noted = 记下了：{ $name } { $symptoms }。已经告诉网格员，会联系您。
    请现在给 { $name } 量一次体温，把数字发给我。

    还有别的吗？
complaint-emergency = <b>{ $name } { $symptoms }：已按紧急情况报上去。</b>
    很难受就马上打 120。请戴口罩、坐起来、开窗，身边不要离人。

    还有别的吗？
complaint-whose = { $symptoms }，说的是谁？是家里人就按名字，我告诉网格员。
complaint-whose-grave = <b>{ $symptoms }：人难受就先打 120。</b>
    说的是谁？按一下名字，我马上报上去。
button-nobody = 没有人，只是问问
complaint-nobody = 好。谁不舒服了，随时告诉我，比如：爷爷咳嗽。想问怎么办，请打网格员的电话。
complaint-thanks = 好，请好好休息。有变化随时告诉我。
recheck-stored = ✓ 复测收到：{ $values }
    （上一次 { $before }）已经告诉网格员。
recheck-stored-part = { recheck-stored }
    还差：{ $names }
