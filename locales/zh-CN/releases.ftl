released-by-rule = <b>{ $name }</b>，{ $days } 天的居家隔离满了：次次都报了，体温都正常。
    <b>{ $day }</b>起解除隔离，可以出门了。
released-by-staff = <b>{ $name }</b>，{ $days } 天的居家隔离满了，网格员都核实过了。
    <b>{ $day }</b>起解除隔离，可以出门了。
released-thanks = 这些天辛苦了，谢谢您和家人！以后不用再报体温。不舒服了，随时发给我。
released-picture = 这张图是解除隔离证明。请存好，出门时给门岗扫一下。
released-pictures = 解除隔离证明一人一张，跟着发来。请存好，出门时给门岗扫一下。

release-waits-missed = <b>{ $name }</b>，{ $days } 天到了。有几次没收到体温，网格员要先核实一下。
    请再等一等，先不要出门。一定下来我马上告诉您。
release-waits-values = <b>{ $name }</b>，{ $days } 天到了。体温和身体情况，网格员还要再看一看。
    请再等一等，先不要出门。一定下来我马上告诉您。
release-withdrawn = <b>{ $name }</b>，前面说 { $days } 天满了可以出门，现在有新的情况，网格员要先看一看。
    请先不要出门，发过的证明暂时不能用。一定下来我马上告诉您。

certificate = { $name } 的解除隔离证明，{ $day }起有效。
    请把这张图存好，给门岗扫一下就行。

certificate-title = 解除隔离证明
certificate-days = 居家隔离 { $days } 天　{ $first } — { $last }
certificate-valid = { $day }起可以出门
certificate-gate = 门岗扫码核验

releases-head = <b>隔离满了，要您定：{ $count } 人</b>
releases-line = <b>{ $index }.</b> { $name } · { $where }{ $missed ->
        [0] {""}
       *[other] {" "}· 没报 { $missed } 次
    }{ $abnormal ->
        [0] {""}
       *[other] {" "}· 异常 { $abnormal } 次（最近 { $day }）
    }{ $other ->
        [yes] {" "}· 还有别的要看
       *[no] {""}
    }
releases-more = 还有 { $count } 人，定好上面的就接着显示。
releases-none = ✓ 隔离满了的都定好了。
release-card = <b>{ $name }</b> · { $where }
    居家隔离 { $first } 到 { $last }，天数满了。
release-question = 请核实以后再定：解除，还是延长？
release-decided = { $name } 已经定过了。
release-done = ✓ { $name } 解除隔离。已经告诉家里，证明也发去。
release-longer-done = ✓ { $name } 延长 { $days } 天，到 { $until }。已经告诉家里。
doubt-never-asked = 一次体温都没问到。
doubt-unseen = 前 { $count } 天还没登记，没有问过体温。
doubt-missed = 没报 { $count } 次（一共问了 { $of } 次）：{ $days }
doubt-abnormal = 体温异常：{ $values }
doubt-unwell = 说过不舒服：{ $days }
doubt-alarm = 还有没办完的告警。
button-release = 解除隔离
button-certificate-again = 补发证明
button-certificate-revoke = 作废证明
certificate-sent-again = ✓ { $name } 的证明马上补发。
certificate-revoked = ✓ { $name } 的证明作废了，门岗一扫就知道。
status-waits = { $name }，天数到了，网格员正在核实。请先不要出门，一定下来我马上告诉您。

check-ask = 请扫证明上的码，把扫出来的那一行发给我。
check-wrong = 这里面没有证明的码。请重新扫一下，把整行发来。
check-valid = ✅ <b>有效</b>
    { $name } · { $area }
    居家隔离 { $first } 到 { $last }，{ $day }起可以出门
check-not-yet = ⏳ <b>还没到日子</b>
    { $name } · { $area }
    居家隔离 { $first } 到 { $last }，{ $day }起才可以出门
check-revoked = ❌ <b>已经作废</b>
    { $name } · { $area }
    居家隔离 { $first } 到 { $last }，原定 { $day }起可以出门
check-again = ❌ <b>现在又在居家隔离</b>
    { $name } · { $area }
    这张证明是 { $first } 到 { $last } 那次的，{ $day }起有效，现在不算
check-unknown = ❌ <b>不是我们发的证明</b>
    请记下姓名，联系社区。

gate-title = 解除隔离证明核验
gate-valid = 有效
gate-not-yet = 还没到日子
gate-revoked = 已经作废
gate-again = 现在又在居家隔离
gate-unknown = 不是我们发的证明
gate-unknown-help = 请记下姓名，联系社区。
gate-name = 姓名
gate-area = 地方
gate-days = 居家隔离
gate-from = 哪天起可以出门
