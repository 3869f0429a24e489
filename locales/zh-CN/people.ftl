button-share-number = 📱 发送我的手机号
share-number-too = 也可以点下面的“发送我的手机号”。
join-ask-who = 这个号码登记了几个人。您是哪一位？
join-wrong-who = 请点名字，或者打出名字。
button-person = { $name }
number-not-own = 这不是您自己的号码。请点下面的“发送我的手机号”，或者打名字。
number-unknown = 名册里这里没有这个号码。没关系，请打您的名字，比如：王芳
number-nobody = 名册里没有这个号码。请扫楼门口或网格员给的二维码。

start-again = { $name }，您已经登记在 { $where }。要做什么？
button-move = 我搬到 { $area } 了
button-other = 替没有手机的家人报
button-live-here = 我住 { $area }
start-again-nowhere = { $name }，您还没有登记住处。要做什么？
move-ask-who = 谁搬过来？
move-wrong-who = 请按一个：只有我，还是全家
move-only-me = 只有我
move-all = 全家
move-ask-room = 搬到 { $area } 哪一户？请发房号，比如：3号
move-waiting = 好，已经请 { $area } 的网格员确认，有结果马上告诉您。
moved-away = { $name } 从 { $left } 搬到了 { $where }，以后由那边的网格员负责。{ $alarms ->
        [0] {""}
       *[other] {" "}还有 { $alarms } 个没处理完的告警，请办完或转交。
    }
spoken-for = 这里还替别家的人报：{ $names }
button-not-for = 不再替 { $name } 报
spoken-for-no-more = 好，这里不再问 { $name } 的体温。请确认有别人替他报。
spoken-for-told = { $name } 以后也用自己的手机替您报体温。不对的话请告诉网格员。
other-ask-name = 替谁报？请发他的名字，比如：王建国
other-ask-room = 他住哪一户？请发房号，比如：5号
other-ask-call = 您怎么称呼他？比如：爷爷
other-waiting = 谢谢！名册里还没有他，已经请 { $area } 的网格员确认，有结果马上告诉您。
other-joined = 好，以后 { $name }（{ $where }）的体温也在这里问您。
    报的时候写上名字，比如：{ $name }36.5
self-waiting = 谢谢！名册里还没有您，已经请网格员确认，有结果马上告诉您。

approval-self = <b>有人要加入 { $area }</b>
    { $name } · { $room }
    名册里没有对上。认识吗？
approval-other = <b>有人替家人登记 { $area }</b>
    { $name } · { $room }
    本人没有手机，由家人代报。认识吗？
approval-move = <b>有人要搬到 { $area }</b>
    { $name } · { $room }
    认识吗？

another-phone = { $name }，您的登记在另一部手机上也打开了（或者另一个软件）。不是您？
button-not-me = 不是我
stranger-gone = 好，那部手机已经断开，也告诉了网格员。
stranger-put-out = ⚠ { $name } 说有人冒用了登记，已经断开。请联系本人核实。
phone-before = 您以前在另一部手机上登记过（或者另一个软件）。都可以用，您最后在哪里说话就发到哪里。
button-old-phone = 旧手机不用了
button-way-here = 以后发到这里
button-way-last = 我在哪里说话，就发到哪里
way-here = 好，以后都发到这里。
    这里发不到的时候，马上发到您别的对话。
way-last = 好，您最后在哪里说话，就发到哪里。
way-only = 您只有这一个对话，消息本来就发到这里。
phone-retired = 好，以后不再给旧手机发消息。
phone-put-away = 这部手机不再收网格通的消息了：您在新手机上说旧手机不用了。不是您？
robbed-told = 已经告诉网格员，会打电话核实。
robbed-nobody = 记下了，但现在没有网格员能看到。请给网格员打电话。
phone-robbed = ⚠ { $name } 说新手机不是本人的。请打电话核实，弄错了就断开。
button-put-out = 断开那部手机
stranger-put-out-done = 好，那部手机已经断开。请本人再扫码登记。
phone-gone = 那部手机已经不在了，不用处理。

report-for-whom = 您替几家报体温。请写上名字，比如：{ $example }
why-moved = 搬走了
