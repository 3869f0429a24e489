notice-corrected = ✏️ <b>{ $time } 改正过</b>
notice-withdrawn = <b>这条通知已撤回，不用再看。</b>
notice-corrected-anew = ✏️ <b>更正：{ $area } { $time } 的通知以这条为准</b>
notice-withdrawn-anew = <b>{ $area } { $time } 的通知已撤回，不用再看</b>：{ $first }
notice-withdrawn-file = <b>这条通知已撤回，不用再看。</b>图片、文件也不算数了，请不要再转发。
notice-withdrawn-anew-file = <b>{ $area } { $time } 的通知已撤回，不用再看</b>：{ $first }
    图片、文件也不算数了，请不要再转发。
notice-reminder = ⏰ <b>这条通知您还没看，看过请按“收到”</b>

funnel-node = 📢 <b>{ $area }：{ $origin }的通知</b>（{ $time }）{ $first }
funnel-paused = ⏸ <b>暂停了，按“继续”接着发</b>
funnel-stopped = ⏹ <b>停了，没发的不再发</b>
funnel-withdrawn = ↩️ <b>已撤回，回执不再记</b>
funnel-corrected = ✏️ { $time } 改正过
funnel-dropped = 不再发的 { $dropped } 人
funnel-left-out = 名单还没加到、不再发的 { $people } 人
funnel-waiting = 还没发的 { $waiting } 人
funnel-pace = 每分钟 { $rate } 条，大约还要 { $left }
funnel-why = { $why } { $people }
funnel-why-others = 其他

button-notice-pause = ⏸ 暂停
button-notice-resume = ▶️ 继续
button-notice-stop = ⏹ 停
button-notice-sure-stop = ⏹ 停，不再发
button-notice-correct = ✏️ 改正
button-notice-withdraw = ↩️ 撤回
button-notice-sure-withdraw = ↩️ 撤回这条通知
button-notice-history = 经过
button-notice-below = 看下一级
button-notice-who = 谁没看
button-notice-remind = 提醒没看的
button-notice-doors = 上门名单
button-notice-file = 下载表格

notice-sure-stop = 已经送到 { $sent } 人，这些不变。还没发的 { $waiting } 人就收不到了。停吗？
notice-sure-withdraw = { $waiting ->
        [0] 已经送到的 { $sent } 人会看到“已撤回”。
       *[other] 已经送到的 { $sent } 人会看到“已撤回”，还没发的 { $waiting } 人不再发。
    }{ $file ->
        [yes] 图片、文件：送到不满两天的一起删掉；更早的、在微信里的删不掉，会写明不算数。
       *[no] {""}
    }撤回吗？
notice-done-pause = ⏸ 暂停了，一条也不再发。按“继续”接着发。
notice-done-resume = ▶️ 接着发。
notice-done-stop = ⏹ 停了。没发的不再发，已经发的不变。
notice-done-withdraw = ↩️ 撤回了。已经送到的人会看到“已撤回”。{ $file ->
        [yes] 能删的图片、文件会删掉，删不掉的会写明不算数。记录里都留着。
       *[no] {""}
    }
notice-done-correct = ✏️ 改好了。已经送到的人会看到新的，原来的文字留底。
notice-not-possible = 现在不能这样做了。
notice-correct-ask = 现在的文字：

    { $body }

    请把改好的整条通知发给我。{ $file ->
        [yes] 图片、文件不变；要换就撤回，再发一次。
       *[no] {""}
    }
notice-correct-words-only = 改正只改文字，图片、文件换不了。{ $file ->
        [yes] 原来的图片、文件还在；要换就撤回，再发一次。
       *[no] 要加就撤回，再发一次。
    }
notice-correct-preview = <b>改成这样：</b>

    { $body }

    已经送到的 { $sent } 人也会看到改正。{ $file ->
        [yes] 图片、文件不变；要换就撤回，再发一次。
       *[no] {""}
    }
notice-correct-send = 改正
notice-correct-wrong = 要改就按“改正”，不改就按“取消”。
notice-correct-same = 和原来一样，没有改。

notices-button = 已发的通知
notices-head = <b>通知</b>，新的在前
notices-none = 还没有通知。
notices-line = { $index }. { $area } { $time }：{ $first }（收到 { $read }/{ $people }）
notices-line-state = { $index }. { $area } { $time }：{ $first }（{ $state }，收到 { $read }/{ $people }）
notice-state-paused = 暂停
notice-state-stopped = 停了
notice-state-withdrawn = 已撤回
notice-card-head = 📢 <b>{ $area } 通知</b>
    { $author } · { $time }
notice-card-file = 📎 { $kind ->
        [picture] 图片
       *[file] { $name }
    }
notice-event-corrected = ✏️ <b>{ $time } { $name } 改成：</b>
notice-event-paused = ⏸ { $time } { $name } 暂停
notice-event-resumed = ▶️ { $time } { $name } 继续
notice-event-stopped = ⏹ { $time } { $name } 停发
notice-event-withdrawn = ↩️ { $time } { $name } 撤回
notice-event-reminded = ⏰ { $time } { $name } 提醒了没看的

notice-below-head = <b>{ $area }</b>：{ $first }
    收到的人少的在前：
notice-below-line = { $index }. { $area } 收到 { $read }/{ $people }，{ $homes_read }/{ $homes } 户
notice-below-button = { $area }
notice-below-none = 下面还没有人收到这条通知。
notice-who-head = <b>{ $area } { $count } 人没看</b>：{ $first }
notice-doors-head = <b>{ $area } { $count } 户没人看</b>：{ $first }
notice-unread-line = { $index }. { $where } { $names }
notice-unread-line-why = { $index }. { $where } { $names }（{ $why }）
notice-all-read = { $area } 都看过了。
notice-remind-begun = ⏰ 好，这就提醒送到了还没看的人。
notice-remind-too-soon = { $last } 提醒过了，{ $again } 以后再提醒。

export-unread = 没看通知的住户
sheet-number = 序号
sheet-door = 住址
sheet-people = 住户
sheet-why = 原因
sheet-found = 上门情况

event-sweep = 通知有改动
event-funnel = 通知进度
command-sent = 已发的通知：改正、撤回、谁没看

notices-together = 📢 <b>{ $count } 条通知</b>
notices-together-changed = ✏️ <b>有改动，以这条为准</b>
button-read-all = 全部收到
