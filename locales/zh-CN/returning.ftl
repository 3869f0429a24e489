back-head = 欢迎回来！您不在的时候：
back-notices = 📢 有 { $count } 条通知，最近一条：{ $first }
back-alarms = 🔔 您的网格有 { $count } 件事还没处理完。
button-missed = 看通知（{ $count }）
button-open-alarms = 看要处理的事（{ $count }）
missed-none = 没有没看过的通知了。
