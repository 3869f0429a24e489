declare-ask-origin = 您从哪里回来的？发地名就行，比如：湖北武汉
declare-wrong-origin = 请发一个地名，比如：湖北武汉
declare-ask-arrived = 哪天到的？按一个，或者发日期，比如：2月8日
declare-wrong-arrived = 没看懂日期。请发这 30 天里的一天，比如：2月8日
declare-today = 今天
declare-yesterday = 昨天
declare-two-days = 前天
declare-ask-ticket = 坐什么回来的？发车次或航班，比如：K598。车票请先留着。
declare-no-ticket = 自己开车
declare-ask-who = 就您一个人回来，还是一家人？
declare-only-me = 就我一个
declare-all = 一家人
declare-sent = ✓ 谢谢您主动申报！已经告诉网格员，定下来我马上告诉您。
    在这之前请先在家，不要出门。
declare-waits = 您家的申报网格员还在看，定下来我马上告诉您。请先在家。
declared-approved = { $name }，谢谢您主动申报。居家隔离从 { $first } 算起，到 { $last } 为止，每天两次在这里报体温。
    有难处随时发给我，我们帮您。
declared-not-needed = { $name }，网格员看过了：不用居家隔离。谢谢您主动申报，出门请戴好口罩。
declared-wrong = { $name }，申报里有的地方对不上，请给网格员打电话，或者重新发：返乡申报
declared-elsewhere = { $name }，您现在不住在本网格，请到现在住的社区申报。谢谢您！

declaration = <b>返乡申报</b>：{ $name }
    { $where }
    从 { $origin } 回来，{ $day } 到，{ $ticket }
declaration-no-ticket = 自己开车
declaration-question = 请核实。同意的话，到的那天算第 1 天。
declaration-over = { $days } 天到 { $last } 已经满了，不用再隔离。
button-declaration-approve = 同意，隔离到 { $last }
declaration-not-needed = 不用隔离
declaration-wrong = 信息对不上
declaration-elsewhere = 不住在本网格
declaration-approved = ✓ { $who } 同意了，居家隔离已经开始。
declaration-refused = ✓ { $who } 处理了，不开始隔离。
declaration-begun = ✓ 居家隔离开始了，到 { $last }。已经告诉家里。
declaration-refusal-told = ✓ 已经把原因告诉家里。
declaration-decided = 这份申报已经有人处理了。
