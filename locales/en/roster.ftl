## The roster: mistakes found while importing, and the words in the template

roster-row-error = { $sheet }, row { $row }, { $column }: { $what }

# Cells
roster-required = empty; this column must be filled in
roster-too-long = { $length } characters; at most { $longest } are allowed
roster-cell-is-date = Excel has made this a date; set the cell's format to Text and type it again
roster-bad-level = “{ $value }” is no level; allowed: 市 city, 区县 district, 街道 street, 社区 community, 网格 grid, 楼栋 building, 单元 unit
roster-bad-role = “{ $value }” is no role; allowed: 市级 city, 分局 district, 街道 street, 社区 community, 网格长 grid head, 网格员 grid worker, 门岗 gate, 志愿者 volunteer
roster-bad-sex = “{ $value }” is no sex; allowed: 男 male, 女 female
roster-bad-relation = “{ $value }” is no relation to the head of the household; allowed: 户主 head, 配偶 spouse, 夫 husband, 妻 wife, 子 son, 女 daughter, 儿媳 daughter-in-law, 女婿 son-in-law, 孙子 grandson, 孙女 granddaughter, 外孙, 外孙女, 父 father, 母 mother, 公公 father-in-law, 婆婆 mother-in-law, 岳父, 岳母, 祖父 grandfather, 祖母 grandmother, 外祖父, 外祖母, 兄 brother, 弟, 姐 sister, 妹, 其他 other
roster-bad-phone = “{ $value }” is no phone number; give a mainland mobile number of 11 digits, or another of 7 to 15 digits
roster-id-is-number = Excel has made this a number and lost its last digits; set the cell's format to Text and type it again
roster-bad-id-number = not an identity number ({ $length } characters); it has 17 digits, the 7th to 14th of them a date of birth, and a last digit or X
roster-id-checksum = the last character of { $value } does not fit the 17 digits before it, so one of them is wrong (GB 11643); compare it with the card
roster-bad-date = “{ $value }” is no date; write 2020-02-01, 2020/2/1 or 2020年2月1日
roster-date-out-of-range = { $value } is too early or too late; give a date from { $first } to { $last }
roster-bad-days = “{ $value }” is no number of days; give a whole number from 1 to { $most }
roster-needs-first-day = a quarantine is described, but 隔离开始 (Quarantine from) is empty

# Between rows
roster-duplicate = the same as row { $first }; it may stand in a file once only
roster-city-has-parent = a city is the top and has no parent
roster-parent-required = empty; every area but a city needs the code of its parent
roster-member-taken = the WeCom account "{ $value }" is { $name }'s; it can be one person's only
roster-parent-unknown = there is no area with the code { $code }; add it to the sheet 区域 (Areas), or correct the code
roster-parent-level = { $code } is a { $level }, which cannot be the parent of a { $own }; a parent's level must be higher
roster-level-fixed = { $code } is known as a { $level }, and the level of an area cannot change; use another code
roster-area-unknown = there is no area with the code { $code }; add it to the sheet 区域 (Areas), or correct the code
roster-area-too-high = { $code } is not a grid, building or unit; households live in grids, buildings or units only
roster-no-grid = { $code } lies in no grid; every household belongs to a grid, so add its grid first
roster-role-level = { $code } is a { $level }; the area of a { $role ->
    [grid_head] grid head
    [grid_worker] grid worker
    [gate] gate
    [volunteer] volunteer
   *[other] { $role } official
} must be a { $wanted }

# Headers
roster-header-missing = this column is missing; the first row must have { $column } (or { $english })
roster-column-ignored = unknown column, not imported

# Files
roster-file-missing = { $path }: there is no such file or folder
roster-file-unreadable = { $path }: cannot be opened, it is not a sound workbook ({ $why })
roster-file-locked = { $path }: protected by a password; remove the password and import again
roster-not-utf8 = { $path }: not encoded in UTF-8; save it in Excel as “CSV UTF-8 (comma delimited)”
roster-no-sheets = { $path }: has none of the sheets { $sheets }

# Notes on the headers
roster-note-code = Code. Required. A short code of your own, one for each area, never changed later.
roster-note-name = Name. Required.
roster-note-level = Level. Required: city, district, street, community, grid, building, unit. Levels between may be left out.
roster-note-parent = Parent code: the code of the area above. Empty for a city only.
roster-note-phone = Phone: a mobile number of 11 digits, or 7 to 15 digits.
roster-note-role = Role. Required: city, district, street, community, grid head, grid worker, gate, volunteer.
roster-note-area = Area code. Required. A code of the sheet 区域; for residents a grid, building or unit.
roster-note-member = Their account (userid) in WeCom. Whoever has it is known when they open the application, without an invite.
roster-note-room = Room. Required. What is on the door: 301, 3号.
roster-note-sex = Sex: male, female.
roster-note-id-number = ID number: 18 characters, may be empty. Stored encrypted.
roster-note-relation = Relation to the head of the household: head, spouse, son, daughter, father, mother …
roster-note-tags = Key population: several with 、 between them.
roster-note-first-day = Quarantine from: the first day at home, like 2020-02-01. Empty for people not in quarantine.
roster-note-days = Quarantine days: 1 to 60, first and last day included; empty means 14.
roster-note-reason = Quarantine reason: returned home, close contact …
roster-note-origin = Place of origin: where they came from.

# The template's first page
roster-readme-title = How to fill in the roster
roster-readme-what = Three sheets: 区域 (Areas) has the cities, districts, streets, communities, grids, buildings and units; 工作人员 (Staff) who answers for them; 居民 (Residents) everybody in the households, one person a row.
roster-readme-order = Fill in 区域 first, then the others. Rows may stand in any order, a parent even below its children. Sheets that you do not need may stay empty or be deleted.
roster-readme-required = Columns with a dark header must be filled in, the others may stay empty. Rest the pointer on a header to read what belongs there.
roster-readme-examples = Grey italics are examples. Rows that begin with # are not imported: leave them or delete them.
roster-readme-text = Codes, rooms, phones and ID numbers are text. When you paste from elsewhere choose “values only”, or Excel turns the last digits of an ID number into zeros.
roster-readme-again = Import it again whenever it has changed: what is the same stays, what differs is updated, what is new is added. An empty cell never erases what is known, and deleting a row deletes nobody.
roster-readme-match = The same ID number is the same person, and another room means that they moved. Without ID numbers the same name in the same household is the same person.
roster-readme-privacy = This file holds personal data: do not pass it on in a chat, and delete it when you are done. Once imported, phones and ID numbers are kept encrypted.
