event-round = 问体温
event-reminder = 催报
event-closing = 收尾漏报
event-end = 隔离到期
event-escalation = 告警往上走
event-message = 等到时间的消息
event-notice = 通知送往各户
event-form = 没填完的作废
