## 排班表：导入时的错误、模板里的说明

duty-bad-days = “{ $value }”不是日子；请填 周一至周五、周六、每天、工作日、周末、节假日、2020-02-10，或 不排班
duty-bad-time = “{ $value }”不是时间；请填 8:00、20:30 或 24:00
duty-times-without-days = “不排班”的这一行不填上班、下班时间
duty-nobody = { $code } 没有叫{ $name }的工作人员；请先在台账的“工作人员”里填上，或改正姓名、区域编码
duty-another-phone = { $code } 的{ $name }登记的不是这个电话；请改正，或空着
duty-several = { $code } 有几位{ $name }；请填电话，以便分清

# 表头上的批注
duty-note-phone = 同一区域有同名的人时才要填。
duty-note-area = 必填。这个人任职的区域的编码，和台账里一样。
duty-note-days = 必填。周一至周五、周六、每天、工作日、周末、节假日，或一个日期。不再排班的人填 不排班。
duty-note-from = 如 08:00。两个时间都空着就是这天休息。
duty-note-to = 如 20:00。比上班早或一样，就是第二天的时间。
duty-note-date = 必填。这天按“节假日”的那几行上班。
duty-note-holiday = 如：元宵节。
duty-note-holiday-area = 空着就是所有区域。

# 模板的说明页
duty-readme-title = 排班表怎么填
duty-readme-what = 两张表：“排班”是谁哪天几点到几点在班；“节假日”是哪些日子按节假日的排班。
duty-readme-rows = “排班”一行是一个人的一个班。一天有两个班就写两行；夜班写 20:00 到 08:00，算在开始的那一天。
duty-readme-days = 日子可以写 周一至周五、周六、每天、工作日、周末、节假日，或一个日期。日期的那一行只管那一天，比星期和节假日的都优先。
duty-readme-free = 上班、下班都空着，就是那天休息。没有写“节假日”的人，节假日照平常上班。
duty-readme-again = 改了以后可以再导入一次：表里有的人，以这张表为准；表里没有的人不变。要让一个人不再按表上班，写一行“不排班”。有一行写错时，对的行照样导入，但不去掉旧的。
duty-readme-own-word = 排了班的人只在自己的班里收告警；没有排班的人一直在班。自己在聊天里按的上班、下班，到时间为止比排班表优先。
cli-sheet-shifts = 排班
cli-sheet-holidays = 节假日
cli-duty-removed = 去掉了 { $count } 个旧的班
