duty-is-on = 您现在在班，告警会发给您。{ $more }
duty-is-off = 您现在不在班，{ $known ->
        [yes] { $until } 自动上班。
       *[no] 回来时按“上班”。
    }{ $more }
duty-on-done = ✓ 您现在在班，告警会发给您。
duty-off-done = ✓ 您下班了，{ $known ->
        [yes] { $until } 自动上班。
       *[no] 回来时按“上班”。
    }{ $more }
duty-instead = { $area }的告警现在发给 { $names }。
duty-instead-above = { $area }现在没有别的{ $place }在班，告警直接发给 { $names }（{ $role }）。
duty-instead-nobody = ⚠️ { $area }现在没有人能接告警，会直接报给系统值守。
duty-go-on = 上班
duty-rest-tonight = 休息到今晚8点
duty-rest-morning = 休息到{ $day ->
        [today] 今早
       *[tomorrow] 明早
    }8点
duty-rest-days = 休息3天
duty-rest-open = 下班，回来再按
duty-team = 谁在班：
duty-grid = { $grid }：{ $people }
duty-more-grids = 还有 { $count } 个网格
duty-one-on = { $name } ✓
duty-one-rests = { $name }（休息到 { $until }）
duty-one-not = { $name }（{ $why }）
duty-one-until = { $name } ✓（到 { $until }）
duty-on-tonight = 上班到今晚8点
duty-on-morning = 上班到{ $day ->
        [today] 今早
       *[tomorrow] 明早
    }8点
duty-week = 您这七天的班：
duty-week-day = { $day } { $hours }
duty-week-free = { $day } 休息{ $hours }
duty-hours = { $starts }–{ $ends }
duty-hours-over-midnight = { $starts }–次日{ $ends }
outlook = 📅 <b>接下来一天，这些时候排班表上没有人</b>
outlook-line = { $grid }：{ $starts } 到 { $ends }
outlook-what = 请安排人：改排班表，或者请人在这段时间按“值班”、“上班”。没人时，告警直接发给社区。
duty-again = 您又在班了，告警会发给您。辛苦了！
duty-waiting = 现在有 { $count } 件没有人处理。
duty-one-stands-in = { $name } ✓（代{ $other }）
stand-in-ask = 请人代班
stand-in-stop = 不能再代班了
stand-in-when = 请人代到什么时候？
stand-in-until-tonight = 到今晚8点
stand-in-until-morning = 到{ $day ->
        [today] 今早
       *[tomorrow] 明早
    }8点
stand-in-until-days = 3天
stand-in-who = 请谁代班？对方答应了，您才下班。
stand-in-nobody = 现在找不到能代班的同事，请先跟网格长或社区商量。
stand-in-sent = 已经问 { $name } 了。答应以前，告警还是发给您。
stand-in-asked = 🙋 <b>{ $name } 请您代班</b>
    { $areas }，到 { $until }。答应了，告警就发给您。
stand-in-yes = 我来代
stand-in-no = 代不了
stand-in-accepted = ✓ 您在代班。
stand-in-refused = 您说代不了。
stand-in-over = 不用代了。
stand-in-too-late = 这件事已经过去了。
stand-in-now = 您在替 { $name } 代班，到 { $until }。
stand-in-done = 替 { $name } 代班结束了。辛苦了！
stand-in-they-accepted = ✓ { $name } 答应代班。您下班了，{ $until } 自动上班。
stand-in-they-refused = { $name } 代不了，您还在班。可以再问别人。
stand-in-they-stopped = { $name } 不能再代班了，告警直接发给下一个人。
answering-again = 您回来了！告警又发给您了。
    前面 { $count } 条您没顾上，后来的先发给了别人。
    想歇一歇，按“下班”就行。
answering-alarms = 还有哪些没处理
answering-rest = 下班
duty-gap = ⚠️ <b>{ $grid } 没人值班</b>
duty-gap-open = 网格员、网格长都收不到告警，现在直接发给社区。请安排人。
duty-gap-since = { $time } 起
kind-no-one-on-duty = 没人值班
outcome-staffed = 已安排人值班
outcome-covered-above = 社区先接着
outcome-somebody-on = 又有人值班了
outcome-nobody-to-watch = 已经没有隔离户
