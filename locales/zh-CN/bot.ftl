command-start = 开始
bot-description = 网格通：居家隔离的家庭每天两次在这里报体温，网格员有事第一时间知道。
    请扫楼里海报上的二维码，或点网格员发给您的链接进来。
bot-about = 报体温、收通知、有急事找得到网格员。

menu-report = 上报体温
menu-home = 我家
menu-status = 隔离状态
menu-family = 家人
menu-more = 更多
menu-help = 帮助
menu-language = 语言
menu-stop = 少打扰
menu-alerts = 要处理的
menu-grid = 我的网格
menu-today = 今日情况
menu-doors = 上门名单
menu-find = 找人
menu-breach = 举报外出
menu-duty = 上班、下班
menu-notice = 发通知
menu-sent = 已发的通知
menu-directive = 指令
menu-invite = 请人加入
