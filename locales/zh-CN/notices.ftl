notice-ask = 给 <b>{ $area }</b> 写通知：把要说的话发给我。
    有图片、文件也可以发来。
notice-wrong = 通知太长了，请不要超过 3000 字。
notice-which = 通知哪里？
notice-area = { $name }
notice-send = 发送
notice-send-order = 作为命令发，退订的也收到
notice-confirm-wrong = 要发就按最下面那条的“发送”，不发就按“取消”。
notice-not-allowed = 发通知是网格长、社区的事。

notice-head = 📢 <b>{ $area } 通知</b>
    { $author } · { $time }
notice-head-order = ❗️ <b>{ $area } 命令</b>
    { $author } · { $time }
button-read = 收到
notice-read = ✓ 您已收到（{ $time }）
funnel = 📢 通知已发出，共 { $people } 人
funnel-spreading = 名单还在陆续加入……
funnel-sent = 送到 { $sent }/{ $people }
funnel-read = 收到 { $read }/{ $people }（{ $homes_read }/{ $homes } 户）
funnel-read-people = 收到 { $read }/{ $people }
funnel-confirmed = { $who } 同意发的
button-keep-phrase = 存为模板
funnel-failed = 送不到 { $failed } 人（{ $why }）
