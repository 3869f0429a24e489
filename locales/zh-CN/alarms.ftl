alert-emergency = 🚨 <b>紧急：{ $name } { $celsius }℃</b>
alert-urgent = 🔴 <b>发烧：{ $name } { $celsius }℃</b>
alert-routine = 🟡 <b>体温偏低：{ $name } { $celsius }℃</b>
alert-repeated = 🔴 <b>连续 { $streak } 次漏报：{ $name } 家</b>
alert-missed = 🟠 <b>漏报：{ $name } 家</b>
alert-unreachable = 📵 <b>联系不上：{ $name } 家</b>
alert-unwell-urgent = 🔴 <b>不舒服：{ $name }</b>
alert-unwell-emergency = 🚨 <b>紧急：{ $name }</b>
alert-rechecks = 复测：{ $values }
alert-value = { $celsius }℃（{ $time }）
alert-where = { $where }（没有电话）
alert-where-phone = { $where } · 📞 { $phone }
alert-symptoms = 症状：{ $symptoms }
alert-corrected = ✏️ { $time } 家里改成 { $celsius }℃（原来报 { $before }℃），请核实
alert-opened = { $time } 报来
alert-latest = 最近一次：{ $celsius }℃（{ $time }）
alert-family = 家里其他人：{ $values }
alert-slot = { $day }{ $half }
alert-owed = 还差：{ $names }
alert-reason = 原因：{ $why }
alert-handed = { $name } 转给您的。
alert-not-taken = ↩️ { $name } 没有接您转的这件。
alert-passed = 为什么找您：{ $people }
alert-passed-one = { $name }{ $why }
alert-reopened = 🔁 { $time } { $who } 重新打开（原来写的是：{ $outcome }）
alert-visited = 🚪 { $time } { $who } 上过门
alert-called = ☎️ { $time } { $who } 打过电话
alert-noted = 📝 { $time } { $who }：{ $words }
alert-state-open = ⏳ 还没有人处理
alert-state-handed = ⏳ 已转给 { $who }，等对方接（到 { $until }）
alert-state-handed-to-you = ⏳ 等您接（到 { $until }）
alert-state-taken = 👤 { $who } 在处理（{ $until } 前要有结果）
alert-state-snoozed = 💤 { $who } 到 { $until } 再处理
alert-state-closed = ✅ { $outcome }（{ $who }，{ $time }）
passed-off-duty = 不在班
passed-no-account = 还没登记
passed-unreachable = 联系不上
passed-silent = 最近几条告警都没应答
passed-not-their-turn = 今天没轮到
passed-had-their-turn = 先轮到，到时间还没办完
alert-your-turn = 今天轮到您。
passed-nobody = 没有人
why-no-account = 家里没有人登记
why-account-lost = 家里人都收不到消息
why-blocked = 停用了机器人
why-deactivated = 账号已注销
why-never-started = 没有打开过机器人
why-not-found = 账号找不到
why-kicked = 机器人被移出了群
why-deleted = 群解散了
why-window-closed = 太久没有发过消息，微信不让我们找他们
why-not-following = 没有关注公众号
why-refused = 不接收这类消息
why-not-licensed = 没有企业微信的许可
why-forbidden = 不能给他们发消息
why-rejected = 消息发不出去
why-failed = 消息一直发不出去
why-not-delivered = 到时间消息还没送到
why-service-was-down = 系统停机，这次没有问到

kind-abnormal = 体温
kind-repeated = 连续漏报
kind-missed = 漏报
kind-unreachable = 联系不上

button-take = 我来处理
button-take-all = 全部我来处理
button-pass = 转交
button-reopen = 重新打开
button-call = 已打电话
button-note = 备注
button-more = 电话、备注
button-more-later = 电话、备注、稍后
button-snooze = 稍后处理
button-visit = 已上门
outcome-retest-normal = 复测正常
outcome-watched-at-home = 在家观察
outcome-referred = 已送医
outcome-reported-late = 本户已补报
outcome-reported-by-worker = 已代报
outcome-fine-but-silent = 人没事，忘了报
outcome-back-in-touch = 联系上了
outcome-not-at-home = 家里没人

digest-repeated = 🔴 <b>{ $count } 户连续漏报</b>
digest-missed = 🟠 <b>{ $count } 户漏报</b>
digest-unreachable = 📵 <b>{ $count } 户联系不上，要上门</b>
digest-line-open = { $index }. { $where } { $name } 📞 { $phone }
digest-line-taken = { $index }. { $where } { $name } · 👤 { $who } 在处理
digest-line-closed = { $index }. { $where } { $name } · ✅ { $who }
digest-button = { $index }
digest-left = 还剩 { $count } 户。
digest-done = 都处理完了。
digest-more = …… 还有 { $count } 户，点下面看全部。
digest-newer = 这条有了新的，请看最新那条。

gathered-head = 🟠 <b>一小时内消息多了，合在这一条：{ $count } 件</b>
gathered-silent = { $index }. { $grid }：{ $count } 户没有回音
gathered-alarm = { $index }. { $kind } · { $where }
gathered-silent-held = { $index }. { $grid }：{ $count } 户没有回音 · 👤 { $who } 在处理
gathered-silent-over = { $index }. ✅ { $grid }：都有回音了
gathered-alarm-held = { $index }. { $kind } · { $where } · 👤 { $who } 在处理
gathered-alarm-over = { $index }. ✅ { $kind } · { $where }
gathered-more = …… 还有 { $count } 件，点下面看全部。
gathered-left = 还剩 { $count } 件。
gathered-done = ✅ 这一条里的 { $count } 件都办完了。
list-empty = 这个网格没有待处理的了。

nobody-left = 🚨 <b>没有人处理：{ $kind }</b>
    { $where }，已经 { $age }。
    各级都没有接，请马上安排人。

alert-dead = 🚨 <b>有一条告警一直没能送达：{ $kind }</b>
    { $where }。已经试了两个小时，不再重试。
    请确认有人在处理，并检查机器人的设置和网络。

alarm-mended = 🛠 <b>有一件告警差点没人管：{ $kind }</b>
    { $where }。记录出了错，已经改好，接着往上报。
    请看一眼现在有没有人在处理。
alarm-stuck = 🚨 <b>有一件告警报不上去：{ $kind }</b>
    { $where }。系统每十分钟再试一次。
    请现在就派人去，并叫维护的人看日志。

lapsing-one = ⏰ <b>快到时间了：{ $kind } { $name }</b>
    { $where } · 📞 { $phone }
    { $until } 前要有结果，不然会往上报。
lapsing-head = ⏰ <b>您手里有 { $count } 件快到时间了</b>
lapsing-line = { $index }. { $where } { $name } · { $until } 前
lapsing-done = ✅ 办完了。
lapsing-gone = 这件已经不在您手里了。

alarms-none = 没有要处理的事。
alarms-head = <b>{ $what }：{ $count } 件</b>，{ $waiting } 件没人接
alarms-head-some = <b>{ $what }：{ $count } 件</b>
alarms-whose-anybodys = 没办完的
alarms-whose-nobodys = 没人接的
alarms-whose-mine = 我手里的
alarms-line-open = { $index }. { $what } · { $where } · { $age } ⏳
alarms-line-taken = { $index }. { $what } · { $where } · { $age } · 👤 { $who }
alarms-button-anybodys = { $chosen ->
    [yes] ✓ 全部 { $count }
   *[other] 全部 { $count }
    }
alarms-button-nobodys = { $chosen ->
    [yes] ✓ 没人接 { $count }
   *[other] 没人接 { $count }
    }
alarms-button-mine = { $chosen ->
    [yes] ✓ 我的 { $count }
   *[other] 我的 { $count }
    }
alarms-by-kind = 按类型看
alarms-by-area = 按区域看
alarms-picked = ✓ { $name }
alarms-pick-kind = 看哪一类？
alarms-pick-area = 看哪里？
alarms-pick = { $name } { $count }
alarms-all-kinds = 全部类型
alarms-all-areas = 全部区域

alarm-closed = 这件事已经办完了。
alarm-held = { $who } 已经在处理了。
alarm-not-held = 请先按“我来处理”。
pass-ask = 转给谁？
pass-to = { $name }
pass-nobody = 现在没有别人能接，请您先处理。
pass-done = 已转给 { $name }。对方不接，我会告诉您。
pass-lost = { $name } 现在联系不上，请换一个人。
reopen-done = 已重新打开，大家会重新收到。
reopen-too-late = 已经过了一天，不能再打开。有事请重新上报。
reopen-over = 这件事已经过去了，不用再打开。
reopen-other = 这一家已经有新的一件在办，请看下面这条。
more-ask = 还可以：
call-ask = 记下了，您打过电话。电话里怎么说？写一句，或者按一个。
call-no-answer = 没人接
call-nothing = 没什么要记的
note-ask = 想记什么？写一句，或者发一张照片。
note-wrong = 太长了，请写短一点，一百个字以内。
note-kept = 记下了。
note-photo = 📷 照片
note-photo-kept = 照片记下了。
note-photo-which = 您手上不止一件。请先在那条消息下面按“电话”那个按钮，再按“备注”，然后发照片。
note-photo-no-door = 这一件说的不是一户人家，照片放不进去。请写一句。
snooze-done = 好，{ $until } 再提醒您。
snooze-no-more = 这件不能再往后放了，请现在处理，或者转交。

visit-ask = 记下了，您已上门。
    量到的体温请发给我（{ $names }），比如：{ $example }
visit-wrong = 没看懂。请发量到的体温，比如：{ $example }
visit-none = 没有量
visit-noted = 好。办完请在那条消息下面选结果。
visit-stored = ✓ 已代报：{ $values }
visit-stored-open = ✓ 已代报：{ $values }
    办完请在那条消息下面选结果。

today = <b>{ $areas }</b>
    居家隔离 { $households } 户 { $people } 人{ $slots }
    发烧 { $fevers } 人{ $grave }
    告警：没人接 { $waiting } 件，处理中 { $taken } 件
today-clusters = 聚集发热 { $count } 处
today-breaches = 隔离外出 { $count } 户
today-repeated = 连续漏报 { $count } 户
today-slot = { $half }：应报 { $asked } 户，已报 { $answered }，未到时间 { $due }，漏报 { $missed }，联系不上 { $unreachable }
worker-coming = 网格员 { $name } 已经接到，马上联系您。
worker-coming-phone = 网格员 { $name } 已经接到，马上联系您。急的话打 { $phone }

doors-none = 没有要上门的。
doors-head = <b>要上门的有 { $count } 户</b>，按门牌排好了。按号码填一户。
doors-line = { $index }. { $where } · { $names } · 📞 { $phone }
door-ask = <b>{ $where }</b>：{ $names }
    量到的体温发给我，比如：{ $example }
    没量成就按一个。
door-wrong = 没看懂。请发量到的体温，比如：{ $example }；没量成就按一个。
door-not-at-home = 家里没人
door-refused = 不让量
door-in-hospital = 已送医
door-at-the-gate = 门岗量过了
door-on-leave = 准假外出
door-noted = 记下了：{ $found }。
door-done = 这一户已经报了，不用去了。
why-in-hospital = 已送医，这次免报
why-at-the-gate = 门岗量过了，这次免报
why-on-leave = 准假外出，这次免报
outcome-excused = 这次免报
alert-refused = ❗ 不让量（{ $who }，{ $time }）

trouble-down = 🚨 <b>消息发不出去</b>
    机器人 { $bot } 从 { $since } 起一条也没送出去。
trouble-round = 🚨 <b>{ $area }：很多户没收到提醒</b>
    { $day }{ $half }，{ $asked } 户里有 { $undelivered } 户没送到。
trouble-lasts = 这些户先不算漏报，也不算失联：恢复后再给他们一小时，最晚到开始后 8 小时。请检查机器人和网络。
trouble-over = ✅ { $time } 恢复了。还没答的各户再有一小时。
trouble-more = 还有 { $count } 处
kind-delivery-trouble = 消息送不到
outcome-repaired = 已修好
outcome-told-otherwise = 已用电话、上门通知
outcome-not-ours = 平台那边的问题，等恢复
outcome-arrives-again = 又能送到了
by-itself = 系统
trouble-again = ✅ <b>消息又能送到了</b>
    { $since } 到 { $time } 没送出的正在补发，还没答的各户再有一小时。
today-trouble-down = 🚨 机器人 { $bot } 从 { $since } 起发不出消息
today-trouble-round = 🚨 { $area }：{ $asked } 户里有 { $undelivered } 户没收到提醒
