notice-preview = <b>请看一遍，发出去就是这样：</b>
notice-preview-above = <b>请看一遍，上面就是发出去的样子。</b>
notice-to = 发给：{ $area } · { $whom }，<b>{ $people ->
        [0] 现在还没有人
       *[other] { $people } 人
    }</b>
notice-to-the-group = 发到 <b>{ $area }</b> 的群里，只发一条；不在群里的人看不到
notice-with-receipt = 回执：要，请大家按“收到”
notice-without-receipt = 回执：不要
notice-now = 时间：现在，大约 { $took }发完
notice-in-the-morning = 时间：夜里不打扰，{ $time } 起发，大约 { $took }发完
notice-later = 时间：{ $time }
notice-repeated = 时间：{ $days } { $clock }，到 { $until }
notice-second = 超过 { $above } 人，要再有一个人同意才发。
notice-time-over = 定的时间已经过了，没有发。请再发一次：通知
notice-nobody-to-agree = 人多，要再有一个人同意才能发，可是现在找不到能同意的人，没有发。请找上级或系统值守。

audience-households = 所有住户
audience-quarantined = 隔离的人家
audience-key-people = 重点人群家
audience-staff = 只给工作人员
audience-volunteers = 志愿者

compose-where = 换地方
compose-who = 换人
compose-when = 换时间
compose-more = 更多
compose-ask-more = 还要改什么？
compose-words = 改字
compose-no-file = 不要图片
compose-receipt = 要回执
compose-no-receipt = 不要回执
compose-to-group = 发到群里
compose-to-doors = 发到每家
compose-back = ← 回到通知
compose-only-a-look = 这只是样子。真的发出去，大家按的就是这个。
compose-ask-who = 发给谁？
compose-ask-time = 什么时候发？按一个，或者打字，比如：明天 15:30
compose-wrong-time = 没看懂时间，或者已经过了、太远了（最多 90 天）。比如：明天 15:30，2月12日 9点
compose-now = 现在
compose-at = { $time }
compose-weekly = 每周几
compose-ask-days = 每周哪几天？可以按几个。
compose-day = { $day }
compose-day-chosen = ✓ { $day }
compose-days-done = 就这几天
compose-ask-clock = 几点发？
compose-clock = { $clock }
compose-ask-until = 发多久？按一个，或者打最后一天，比如：3月15日
compose-wrong-last = 没看懂日子，或者已经过了、太远了（最多 90 天），或者到那天一次也不发。比如：3月15日
compose-lasting = { $days } 天
weekdays-every = 每天
weekday-0 = 周一
weekday-1 = 周二
weekday-2 = 周三
weekday-3 = 周四
weekday-4 = 周五
weekday-5 = 周六
weekday-6 = 周日

place-ask = 发到哪里？现在是 <b>{ $area }</b>。按一个，或者打名字。
place-here = ✓ 就发到 { $name }
place-below = ↓ { $name }
place-up = ↑ { $name }
place-several = 是哪一个？
place-found = { $name }（{ $above }）
place-wrong = 您管的地方里没有这个名字。
place-too-many = 叫这个的太多了，请多打几个字。

notice-file-first = 收到了。再把要说的话发给我。
notice-file-coming = 正在收图片，收好了请您看一遍。
notice-file-refused = 这个发不了：只能是图片（10 MB 以内）或 PDF（20 MB 以内）。可以换一个发来，也可以不要它，接着发。
notice-file-gone = 这个没收下来。请再发一次，也可以不要它，接着发。

plan-button = 已经安排的（{ $count }）
plan-none = 现在没有安排好的通知。
plan-list = <b>还没发的通知</b>
    { $lines }
plan-line = { $number }. { $time } · { $area }{ $state ->
        [waiting] {" "}· 等人同意
       *[planned] {""}
    }：{ $body }
plan-call-off = 不发了
plan-call-off-one = { $number } 不发了
plan-off = 好，不发了。
plan-ask = <b>{ $author } 要发这条通知，人多，请您看一遍。</b>您同意了才发。
plan-asked = { $author } 的通知：
plan-yes = 同意，发
plan-no = 不同意
plan-agreed = ✓ 谢谢，已同意。
plan-decided = 这条已经定了，没有改动。
plan-ask-why = 为什么不发？说一句，我告诉他。
plan-wrong-why = 请用一句话说，不超过 200 字。
plan-said-no = 好，没有发，已经告诉他。
plan-waiting = ⏳ 等一个人同意，到 { $time }。没同意之前一条也不发。
plan-planned = 🕒 安排好了，{ $time } 发。
plan-sent = ✓ 已经发了。
plan-called-off = 不发了。
plan-refused = ✗ { $who } 不同意：{ $why }
plan-lapsed = 到 { $time } 没有人同意，没有发。
plan-late = 过了时间，没有发。
plan-told-refused = ✗ { $who } 不同意发“{ $body }”：{ $why }
plan-told-lapsed = 没有人同意，“{ $body }”没有发。要发请再发一次：通知
plan-told-late = “{ $body }”没有按时发：机器停过，晚了两个多小时，现在发没有用了。要发请再发一次：通知

phrase-button = 常用的
phrase-which = 用哪一条？
phrase-name = { $name }
phrase-name-file = 📎 { $name }
phrase-name-water = 停水
phrase-water = 因管道检修，{ $when }停水。请提前存好水，关好水龙头。
phrase-name-test = 做核酸
phrase-test = { $when }做核酸检测。请带身份证，戴好口罩，按网格员的安排下楼，排队隔开一米。
phrase-name-disinfect = 消毒
phrase-disinfect = { $when }对楼道和院子消毒。请关好门窗，老人和孩子不要出门，晾的衣服收一下。
phrase-name-supplies = 送物资
phrase-supplies = { $when }送米面菜到单元门口。隔离的人家不用下楼，我们放在门口，缺药请打网格员的电话。
phrase-ask-blank = 什么时候？比如：今天下午两点到六点
phrase-wrong-blank = 请短一点，比如：今天下午两点到六点
phrase-ask-name = 给它起个名字，下次在“常用的”里一按就有。
phrase-wrong-name = 名字请不要超过 30 字。
phrase-kept = ✓ 存好了：<b>{ $name }</b>。{ $area } 和下面都能用。
phrase-drop = 删掉它
phrase-dropped = “{ $name }”删掉了。
phrase-gone = 已经没有这一条了。
