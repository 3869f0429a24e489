command-group = 绑定网格群（网格长）

group-which = 哪个网格的群？
group-not-allowed = 绑定群是网格长的事。
group-no-link = 现在还做不出链接，请过几分钟再发：群
group-link = 把 <b>{ $area }</b> 的群交给我：
    1. 点下面的链接
    2. 选你们网格的群
    3. 按“添加”，我会私聊告诉您成没成
    链接一天内有效，只有您自己能用。
    { $link }
group-link-old = 这个链接过期了。请发“群”要一个新的，再加一次。
group-refused = 这个链接不是您的。要绑定群，请网格长自己私聊我，发：群
group-already = 这个群已经是 <b>{ $area }</b> 的群了。
group-taken = 这个群已经是 <b>{ $area }</b> 的群。一个群只能归一个网格，要先在那边解除绑定。
group-swap-ask = <b>{ $area }</b> 已经绑定了另一个群。换成刚才这个？
group-button-swap = 换成这个群
group-button-keep = 不换
group-bound = ✓ 群已绑定到 <b>{ $area }</b>。
    以后发通知，可以选“发到群里”。
    催报还是发到每家；要改成群里发一条，按下面。
group-state-off = <b>{ $area }</b> 已绑定群。
    催报：发到每家
group-state-on = <b>{ $area }</b> 已绑定群。
    催报：群里只发一条
group-button-on = 催报发到群里
group-button-off = 催报改发到每家
group-button-other = 换一个群
group-button-unbind = 解除绑定
group-unbound = 好，{ $area } 的群已解除绑定。通知和催报发到每家。
group-lost = ⚠ <b>{ $area }</b> 的群里发不了消息了：我被移出了群，或者群没有了。
    已解除绑定，没发出去的已改发到每家。要重新绑定，发：群
group-post-lost = ⚠ 有一条消息没能发到 <b>{ $area }</b> 的群里，已改发到每家。

group-hello = 大家好，我是网格通。这里是 <b>{ $area }</b> 的群。
    我在这里只发网格的通知和催报。
    请不要在群里写体温和姓名，报体温请私聊我：
    { $link }
group-in-private = 请私聊我上报，不要写在群里：
    { $link }
group-notice = 📢 <b>{ $area } 通知</b>
    { $time }
group-read = ✓ { $read } 人已收到
group-reminder-morning = 早上的体温还有 <b>{ $households }</b> 户没有报。
    请在 { $until } 前私聊我上报：
    { $link }
group-reminder-evening = 晚上的体温还有 <b>{ $households }</b> 户没有报。
    请在 { $until } 前私聊我上报：
    { $link }

funnel-group-waiting = 📢 通知会发到群里
funnel-group-posted = 📢 通知已发到群里
funnel-group-read = 收到 { $read } 人
