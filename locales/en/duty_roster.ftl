## The duty roster: mistakes of an import, what its template says

duty-bad-days = “{ $value }” are no days; write 周一至周五 (Mon-Fri), 周六 (Sat), 每天 (daily), 工作日 (weekdays), 周末 (weekend), 节假日 (holidays), 2020-02-10, or 不排班 (none)
duty-bad-time = “{ $value }” is no time of day; write 8:00, 20:30 or 24:00
duty-times-without-days = a row that takes somebody off the roster (不排班, none) has no times
duty-nobody = nobody of the staff of { $code } is called { $name }; put them into 工作人员 (Staff) of the register first, or correct the name or the area code
duty-another-phone = { $name } of { $code } has another phone number in the register; correct it, or leave it empty
duty-several = { $code } has several of the name { $name }; give the phone number, to tell them apart

duty-note-phone = Only where two of the area have the same name.
duty-note-area = Required. The code of the area to which they are appointed, as in the register.
duty-note-days = Required. Mon-Fri, Sat, daily, weekdays, weekend, holidays, or one date. “none” for somebody who is on the roster no more.
duty-note-from = Such as 08:00. With both times empty that day is free.
duty-note-to = Such as 20:00. No later than the beginning: on the next day.
duty-note-date = Required. On this day the rows for holidays apply.
duty-note-holiday = Such as: Lantern Festival.
duty-note-holiday-area = Empty: everywhere.

duty-readme-title = How to fill in the duty roster
duty-readme-what = Two sheets: 排班 (Shifts) says who is on duty on which days from when to when; 节假日 (Holidays) on which dates the rows for holidays apply.
duty-readme-rows = A row of 排班 is one shift of one person. Two shifts a day are two rows; a night shift is 20:00 to 08:00 and belongs to the day on which it begins.
duty-readme-days = Days are Mon-Fri, Sat, daily, weekdays, weekend, holidays, or one date. The row of a date is about that day alone, and comes before those of weekdays and holidays.
duty-readme-free = With both times empty that day is free. Whoever has no row for holidays works on them as on any other day.
duty-readme-again = After a change it can be imported again: who is in the file has what the file says, who is not keeps theirs. To take somebody off the roster write one row with “none”. When a row is wrong the good ones go in all the same, but nothing old is taken away.
duty-readme-own-word = Whoever is on the roster gets alarms in their shifts only; whoever is not is on duty all the time. Going on or off duty in the chat comes before the roster, until its time is over.
cli-sheet-shifts = 排班
cli-sheet-holidays = 节假日
cli-duty-removed = { $count } old shifts were taken away
