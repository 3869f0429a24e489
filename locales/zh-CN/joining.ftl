join-ask-name = 欢迎来到 <b>{ $area }</b>！
    请问您叫什么名字？
join-wrong-name = 请只发名字，比如：王芳
join-ask-room = 您住哪一户？请发房号，比如：3号，或者：3栋2单元401
join-wrong-room = 没看懂房号。比如：3号，或者：401
join-nobody = 谢谢，已经记下。{ $area }现在没有人能马上确认，请等网格员联系您。
join-refused = 网格员说您不在这个网格。请再问一下您的网格员。

joined-resident = { $name }，登记好了。{ $where }
    以后早上、晚上我会问体温，直接回数字就行。
joined-gate = { $name }，您已登记为 <b>{ $area }</b> 的门岗。
    隔离的人出了门，发“举报外出”；有人拿解除隔离证明来，发“核验”。
joined-grid-worker = { $name }，您已登记为 <b>{ $area }</b> 的网格员。
    有人发烧、漏报、联系不上，我会马上告诉您。发“帮助”看能做什么。
joined-grid-head = { $name }，您已登记为 <b>{ $area }</b> 的网格长。
    发“通知”可以通知全网格；没人处理的告警会到您这里。
joined-community = { $name }，您已登记为 <b>{ $area }</b> 的社区工作人员。
joined-street = { $name }，您已登记为 <b>{ $area }</b> 的街道工作人员。
joined-district = { $name }，您已登记为 <b>{ $area }</b> 的分局工作人员。
joined-city = { $name }，您已登记为 <b>{ $area }</b> 的市级工作人员。
joined-volunteer = { $name }，谢谢您！您已登记为 <b>{ $area }</b> 的志愿者。
    要帮忙的时候，我在这里告诉您。
joined-operator = { $name }，您已登记为 <b>{ $area }</b> 的系统值守。

invite-forged = 这个二维码不对。请向网格员要新的。
invite-expired = 这个二维码过期了。请向网格员要新的。
invite-used-up = 这个二维码已经用过了。请向网格员要新的。

approval-approved = ✓ { $who } 已同意
approval-refused = ✗ { $who } 说不是本网格的
approval-decided = { $status ->
        [approved] 已经有人同意了。
       *[refused] 已经有人说不是本网格的。
    }
button-admit = 认识，同意
button-refuse = 不是本网格的
