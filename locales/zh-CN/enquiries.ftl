button-ask = 有问题
enquiry-ask = ❓ { $area }的通知：{ $first }
    <b>想问什么？写下来发给我。</b>
    可以带一张照片。
enquiry-ask-on = <b>还想问什么？写下来发给我。</b>
enquiry-wrong = 请用一两句话写，不超过 300 字。不问了就按“取消”。
enquiry-photo = 照片收到了。<b>再写一句想问什么。</b>
enquiry-which = <b>想问哪一条通知？</b>
enquiry-about = { $first }
enquiry-no-notice = 您最近没有收到通知。有事可以直接打电话给网格员。
enquiry-asked = ✓ 已转给 <b>{ $area }</b>，有答复就发到这里。
enquiry-asked-at-night = ✓ 记下了。夜里不打扰，{ $time } 转给 <b>{ $area }</b>，有答复就发到这里。
enquiry-asked-already = 这个问题已经转过去了，有答复就发到这里。
enquiry-too-many = 您有 { $count } 个问题还在等答复，等有了答复再问。
enquiry-went-up = 您问的“{ $words }”还没人答复，已转给 <b>{ $area }</b>。

enquiry-answer-head = 💬 <b>{ $area }的通知，您问的有答复了</b>
enquiry-known-head = 💬 <b>{ $area }的通知，有人问过一样的</b>
enquiry-quoted = 您问：{ $words }
enquiry-given = <b>答：{ $words }</b>
enquiry-given-by = { $name } · { $time }
enquiry-known-by = 这是 { $name } { $time } 答“{ $words }”的。
button-enquiry-on = 还要问
button-enquiry-useful = 有用
button-enquiry-still = 转给工作人员
enquiry-thanks = 好的。
enquiry-done-already = 已经记下了。

enquiries-head = { $count ->
        [0] ❓ <b>提问</b>
       *[other] ❓ <b>有人提问，{ $count } 人等回答</b>
    }
enquiries-about = { $area } { $time } 的通知：{ $first }
enquiries-withdrawn = 这条通知已撤回，问题还可以回答。
enquiries-none = ✓ 都回答了。
enquiries-again = ⏰ <b>还没回答，再提醒一次。过 4 小时转给上一级。</b>
enquiries-from-below = ⬆️ <b>{ $area }没有回答，转给您</b>
enquiries-one = { $people ->
        [1] <b>{ $words }</b>（{ $age }）
       *[other] <b>{ $words }</b>（{ $people } 人问，{ $age }）
    }
enquiries-line = { $people ->
        [1] { $index }. { $words }（{ $age }）
       *[other] { $index }. { $words }（{ $people } 人问，{ $age }）
    }
enquiry-fresh = 刚问的
enquiry-waits = 已等 { $age }
enquiry-is-at = ，已转给{ $area }
enquiries-commonest = <b>问得最多：</b>
enquiries-commonest-line = { $words }（{ $people } 人）
button-enquiry-answer = 回答
button-enquiry-known = 自动回答的
button-notice-questions = ❓ 提问（共 { $count } 个）
notice-questions = ❓ { $count } 个问题等回答，最早的等了 { $age }

enquiry-asked-by = { $who } { $time } 问：
    <b>{ $words }</b>
enquiry-said = { $name } { $time } 答：
    { $words }
enquiry-said-known = 自动答了 { $name } 的话：
    { $words }
enquiry-not-enough = 看了，还要问。
enquiry-more = 还有 { $count } 人问一样的。
enquiry-text-then = ✏️ 问的时候，通知是这样写的：
enquiry-write = { $people ->
        [1] <b>请写答复，发给我。</b>
       *[other] <b>请写答复，发给我，{ $people } 人都会收到。</b>
    }
enquiry-answer-wrong = 答复请不要超过 500 字。
enquiry-preview = 问：{ $words }
    <b>答：{ $answer }</b>

    以后别人再问一样的，也这样答吗？
enquiry-preview-alone = 问：{ $words }
    <b>答：{ $answer }</b>
enquiry-send = { $people ->
        [1] 只发给问的人
       *[other] 只发给这 { $people } 人
    }
enquiry-send-all = 也告诉别人
enquiry-confirm-wrong = 请按上面的按钮发送，不发就按“取消”。
enquiry-answered = { $unreachable ->
        [0] ✓ 答复发给 { $people } 人了。
       *[other] ✓ 答复发给 { $people } 人了。其中 { $unreachable } 人现在收不到，等他们回来再送。
    }
enquiry-answered-all = { $unreachable ->
        [0] ✓ 答复发给 { $people } 人了。以后再问一样的，我就这样答。
       *[other] ✓ 答复发给 { $people } 人了，其中 { $unreachable } 人等他们回来再送。以后再问一样的，我就这样答。
    }
enquiry-answered-already = 已经由 <b>{ $name }</b> 答了：{ $words }
enquiry-asked-on-meanwhile = 答复没发：刚才又问了一句。
    <b>{ $words }</b>
    请按“回答”，看过再答。
enquiry-nobody-waits = 这个问题现在没人等答复。
enquiry-known-list = <b>再问一样的，我自动回答</b>（{ $first }）
enquiry-known-line = { $index }. { $words }
    答：{ $answer }{ $given ->
        [0] { "" }
       *[other] （答过 { $given } 次）
    }
enquiry-known-none = 没有自动回答的了。
button-enquiry-stop = { $index }. 不再自动回答
enquiry-stopped = 好，不再自动回答。再有人问，转给您。

event-enquiry = 居民提问等回答
command-ask = 对通知有问题
