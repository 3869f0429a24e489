poster-title = 扫一扫，登记报体温
poster-step-one = 打开 Telegram，扫上面的二维码
poster-step-two = 点“开始”，写姓名和门牌号
poster-step-three = 收到提问，回一个数就行：36.5
poster-help = 不会用、没有手机？告诉网格员，上门来帮您。
poster-help-phone = 不会用、没有手机？请打 { $phone }
poster-until = 此码 { $until } 前有效 · Valid until { $until }
