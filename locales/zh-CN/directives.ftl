command-directive = 往下发指令、看指令到哪了（工作人员）
directive-not-allowed = 发指令是社区和上级的事。
directive-which = 指令：✏️ 写一条新的，或者看最近的。
directive-new = ✏️ { $area }
directive-one = 第 { $number } 号 · { $area }
directive-write = 给 <b>{ $area }</b> 下面各级的指令：把原文发给我。
    一级一级往下传，谁也改不了原文。
directive-too-long = 太长了，原文请不要超过 2000 字。
directive-choose = 请按下面的按钮。
directive-how = 急不急？紧急的马上发给所有人，夜里也响。
directive-ordinary = 一级一级传
directive-urgent = 🚨 马上发给所有人
directive-to = 传到哪里？
directive-to-doors = 传到每一户
directive-to-staff = 只到工作人员
directive-within = 每一级多长时间内确认？（夜里不算，紧急的除外）
directive-in-30 = 30 分钟
directive-in-60 = 1 小时
directive-in-120 = 2 小时
directive-in-240 = 4 小时
directive-preview = <b>请看一遍：</b>

    { $body }

    来自：{ $area }
    { $how ->
        [urgent] 🚨 紧急：马上发给所有人，夜里也响，各级只确认
       *[other] 一级一级往下传，夜里等到早上
    }
    下面：{ $nodes }
    { $to ->
        [doors] 住户：{ $households } 户
       *[other] 只到工作人员，不发给住户
    }
    每一级限时：{ $within }
directive-send = 发出
directive-head = 📜 <b>指令第 { $number } 号</b>{ $urgent ->
        [yes] {" "}🚨 紧急
       *[other] {""}
    }
directive-number = 📜 <b>指令第 { $number } 号</b>
directive-from = 原文 · <b>{ $area }</b>（{ $author }，{ $time }）：
directive-origin = 【指令第 { $number } 号】{ $area }（{ $author }）：
directive-added = ➕ { $area }（{ $author }）补充：
directive-reminded = ⏰ 这条指令还等您确认。
directive-ask = <b>{ $here }</b>：请在 <b>{ $until }</b> 前确认，并往下传。
directive-ask-doors = <b>{ $here }</b>：请在 <b>{ $until }</b> 前确认，并发给各户。
directive-ask-staff = <b>{ $here }</b>：请在 <b>{ $until }</b> 前确认。
directive-ask-urgent = <b>{ $here }</b>：已经直接发给所有人，请在 <b>{ $until }</b> 前确认收到。
directive-with-deputy = ➡️ 已请 { $who } 代为确认。您现在确认也可以。
directive-deputy = ➡️ { $who } 没有确认，请您来。
directive-issued = { $urgent ->
        [yes] ✓ 已发给所有人，各级正在确认。
       *[other] ✓ 已发出，正在一级一级往下传。
    }
directive-confirmed = ✓ { $who } 已确认（{ $time }）
directive-passed = ⬇️ 已往下传（{ $time }）
directive-passed-doors = ⬇️ 已发给各户（{ $time }）
directive-not-passed = 还没往下传。到 { $until } 您还没传，就按现在的样子自动往下传。
directive-not-passed-doors = 还没发给各户。到 { $until } 您还没发，就按现在的样子自动发。
directive-past-here = ⚠️ { $here } 没有人按时确认，{ $time } 已直接往下传，也报了上级。
directive-past-urgent-here = ⚠️ { $here } 没有人按时确认（{ $time }），已报上级。
directive-below = <b>下面各级：</b>
directive-level = { $level }：{ $confirmed }/{ $nodes } 已确认{ $waiting ->
        [0] {""}
       *[other] {" "}· 在等 { $waiting }
    }{ $past ->
        [0] {""}
       *[other] {" "}· ⚠️ 没人确认 { $past }
    }
directive-waits = 在等：
directive-all-confirmed = ✓ 各级都确认了。
directive-late-line = · { $area }：{ $who } { $phone }
directive-late-nobody = · { $area }：没有人能负责
directive-late-head = 没确认的 { $count } 处：
directive-late-none = 现在没有等着确认的。
directive-past-below = ⚠️ 有 { $count } 处没有人按时确认，指令已绕过去往下传：
directive-past-urgent = ⚠️ 有 { $count } 处没有人按时确认：
directive-past-unheard = ⚠️ { $area } 的指令有 { $count } 处没有人按时确认。发指令的 { $author } 和中间各级都联系不上，所以报给您：
directive-past-none = ✓ 没按时确认的，现在都补上了。
directive-button-pass = 收到，往下传
directive-button-pass-doors = 收到，发给各户
directive-button-words = 收到，先加几句
directive-button-confirm = 收到
directive-button-now = 往下传
directive-button-doors-now = 发给各户
directive-button-add = 加几句
directive-button-late = 没确认的
directive-button-remind = 催一催
directive-words = 要补充什么？只加在原文下面，原文不变。
    请发给我，不超过 300 字。
directive-words-long = 太长了，请不要超过 300 字。
directive-words-preview = <b>请看一遍：</b>

    { $body }

    ➕ { $area } 补充：
    { $words }
directive-words-send = 加上，发下去
directive-words-added = 好，加上了，已发下去。
directive-gone-on = 这条已经往下传了，加不上了。
directive-already = { $who } 已经确认过了。
directive-told-again = { $count ->
        [0] 刚催过，或者没有可催的。
       *[other] 好，已再提醒 { $count } 处。
    }
event-directive = 指令往下走
directive-state-coming = 马上送到
directive-state-told = 已送到，等确认
directive-state-reminded = 提醒过，等确认
directive-state-with-deputy = 转给副手，等确认
directive-state-confirmed = 已确认，还没往下传
directive-state-done = 已确认
directive-state-gone-past = 没人确认，已绕过
directive-state-late = 补确认
