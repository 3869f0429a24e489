command-invite = 请人加入（工作人员）
role-resident = 居民
role-gate = 门岗
role-grid-worker = 网格员
role-grid-head = 网格长
role-community = 社区工作人员
role-street = 街道工作人员
role-district = 分局工作人员
role-city = 市级工作人员
role-volunteer = 志愿者
role-operator = 系统值守
invite-whom = 请谁加入？
invite-where = 请到哪里？
button-area = { $name }
invite-how-many = 请 { $area } 的居民：
button-invite-one = 给一个人（7 天）
button-invite-many = 大家都能用（30 天）
invite-made = <b>{ $area } · { $role }</b>
    让对方用手机扫这个码，或把链接发给他：
    { $link }
    只能用一次，{ $until } 前有效。
invite-made-for-many = <b>{ $area } · { $role }</b>
    大家都可以扫这个码，或点链接：
    { $link }
    { $until } 前有效。
invite-typed = <b>{ $area } · { $role }</b>
    让对方打开和我的对话，发这一行：
    { $typed }
    只能用一次，{ $until } 前有效。
invite-typed-by-many = <b>{ $area } · { $role }</b>
    大家都可以打开和我的对话，发这一行：
    { $typed }
    { $until } 前有效。
button-my-invites = 我发出的邀请
invites-none = 现在没有还能用的邀请。
invites-open = 还能用的邀请有 { $count } 个。点一下收回：
button-withdraw = ✗ { $area } · { $role } · 用过 { $uses } 次
invite-gone = 收回了，这个码不能再用。
invite-withdrawn = 这个二维码已经收回了。请向网格员要新的。
