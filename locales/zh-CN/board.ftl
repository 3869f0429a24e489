board-title = 今日看板
board-brand = 网格通
board-time = 数据时间
board-language = 语言
board-where = 您在看
board-whole = 全部

board-quarantine = 居家隔离
board-households = 户
board-people-count = { $people } 人
board-answers = { $half }体温
board-of = / { $asked } 户
board-not-begun = 今天还没到报体温的时间
board-percent = { $percent }%
board-fevers = 发烧
board-fevers-none = 今天没有人发烧
board-fevers-some = 今天报的，或者还没处理完的
board-persons = 人
board-waiting = 没人接的告警
board-waiting-unit = 条
board-oldest = 最久的已等 { $age }
board-all-taken = 每条告警都有人管
board-taken = 处理中 { $taken } 条


board-table = 各级今日数字
board-area = 区域
board-column-households = 户
board-column-people = 人
board-alarms = 告警
board-asked = 应报
board-answered = 已报
board-due = 待报
board-missed = 漏报
board-unreachable = 失联
board-column-fevers = 发烧
board-column-waiting = 没人接
board-column-taken = 处理中
board-share = 进度
board-bar = 已报 { $answered }，待报 { $due }，漏报 { $missed }，失联 { $unreachable }
board-slot-waits = 还没开始
board-slot-none = 没有要报的

board-show-to = 展开到
board-level-city = 市
board-level-district = 区县
board-level-street = 街道
board-level-community = 社区
board-level-grid = 网格
board-fold = 收起或展开下级

board-only-telling = 只列出今天有隔离人员、体温任务或告警的区域。看板只有数字，没有姓名。
board-nothing = 今天没有居家隔离人员。
board-no-areas = 还没有导入名册，所以没有区域可看。
board-stale = 服务器没有回应。下面是 { $time } 的数字，不是现在的；正在重试。
board-no-area = 没有这个区域
board-no-area-help = 地址里的区域编码不在名册里，也许已经改了。
board-back = 看全部
