## 台账：导入时的错误、模板里的说明

roster-row-error = { $sheet } 第 { $row } 行，{ $column }：{ $what }

# 单元格
roster-required = 没有填写，这一列必须填
roster-too-long = 有 { $length } 个字，最多 { $longest } 个字
roster-cell-is-date = 被 Excel 当成了日期；请把单元格格式设为“文本”，重新填写
roster-bad-level = 没有“{ $value }”这个级别；可以填：市、区县、街道、社区、网格、楼栋、单元
roster-bad-role = 没有“{ $value }”这个职务；可以填：市级、分局、街道、社区、网格长、网格员、门岗、志愿者
roster-bad-sex = “{ $value }”不是性别；可以填：男、女
roster-bad-relation = 没有“{ $value }”这种关系；可以填：户主、配偶、夫、妻、子、女、儿媳、女婿、孙子、孙女、外孙、外孙女、父、母、公公、婆婆、岳父、岳母、祖父、祖母、外祖父、外祖母、兄、弟、姐、妹、其他
roster-bad-phone = “{ $value }”不是电话号码；请填 11 位手机号，或 7 到 15 位数字的其他号码
roster-id-is-number = 被 Excel 当成了数字，末尾几位已丢失；请把单元格格式设为“文本”，重新填写
roster-bad-id-number = 不是身份证号（现有 { $length } 位）；应为 17 位数字加 1 位数字或 X，其中第 7 到 14 位是出生日期
roster-id-checksum = { $value } 的最后一位与前 17 位不符，有一位填错了（GB 11643）；请对照证件改正
roster-bad-date = “{ $value }”不是日期；请填 2020-02-01、2020/2/1 或 2020年2月1日
roster-date-out-of-range = { $value } 太早或太晚；请填 { $first } 到 { $last } 之间的日期
roster-bad-days = “{ $value }”不是天数；请填 1 到 { $most } 的整数
roster-needs-first-day = 填了隔离的情况，但没有填“隔离开始”

# 行与行之间
roster-duplicate = 与第 { $first } 行重复，同一文件里只能出现一次
roster-city-has-parent = 市是最高一级，不填上级编码
roster-parent-required = 没有填写；除了“市”，每个区域都要填上级编码
roster-member-taken = 企业微信账号“{ $value }”已经登记给 { $name }；一个账号只能是一个人
roster-parent-unknown = 没有编码为 { $code } 的区域；请先在“区域”表里填上它，或改正编码
roster-parent-level = { $code } 是{ $level ->
    [city] 市
    [district] 区县
    [street] 街道
    [community] 社区
    [grid] 网格
    [building] 楼栋
   *[unit] 单元
}，不能作{ $own ->
    [city] 市
    [district] 区县
    [street] 街道
    [community] 社区
    [grid] 网格
    [building] 楼栋
   *[unit] 单元
}的上级；上级的级别必须更高
roster-level-fixed = { $code } 已登记为{ $level ->
    [city] 市
    [district] 区县
    [street] 街道
    [community] 社区
    [grid] 网格
    [building] 楼栋
   *[unit] 单元
}，级别不能改；请换一个编码
roster-area-unknown = 没有编码为 { $code } 的区域；请先在“区域”表里填上它，或改正编码
roster-area-too-high = { $code } 不是网格、楼栋或单元；住户只能登记在网格、楼栋或单元里
roster-no-grid = { $code } 不在任何网格里；住户必须属于一个网格，请先填上它的网格
roster-role-level = { $code } 是{ $level ->
    [city] 市
    [district] 区县
    [street] 街道
    [community] 社区
    [grid] 网格
    [building] 楼栋
   *[unit] 单元
}；{ $role ->
    [city] 市级
    [district] 分局
    [street] 街道
    [community] 社区
    [grid_head] 网格长
    [gate] 门岗
    [volunteer] 志愿者
   *[grid_worker] 网格员
}人员的区域必须是{ $wanted ->
    [city] 市
    [district] 区县
    [street] 街道
    [community] 社区
   *[grid] 网格
}

# 表头
roster-header-missing = 缺少这一列；第一行必须有“{ $column }”（或 { $english }）
roster-column-ignored = 不认识这一列，没有导入

# 文件
roster-file-missing = { $path }：没有这个文件或文件夹
roster-file-unreadable = { $path }：打不开，不是完好的工作簿（{ $why }）
roster-file-locked = { $path }：有密码；请去掉密码后再导入
roster-not-utf8 = { $path }：不是 UTF-8 编码；请在 Excel 里另存为“CSV UTF-8（逗号分隔）”
roster-no-sheets = { $path }：没有找到这几张表中的任何一张：{ $sheets }

# 表头上的批注
roster-note-code = 必填。自己编的短代码，每个区域一个，以后不要改。
roster-note-name = 必填。
roster-note-level = 必填：市、区县、街道、社区、网格、楼栋、单元。可以跳过中间的级别。
roster-note-parent = 上一级区域的编码。只有“市”不填。
roster-note-phone = 11 位手机号，或 7 到 15 位数字。
roster-note-role = 必填：市级、分局、街道、社区、网格长、网格员、门岗、志愿者。
roster-note-area = 必填。“区域”表里的编码；居民填网格、楼栋或单元。
roster-note-member = 企业微信的账号（userid）。填了的人打开应用就认得，不用邀请。
roster-note-room = 必填。门牌，如 301、3号。
roster-note-sex = 男、女。
roster-note-id-number = 18 位，可以不填。加密保存。
roster-note-relation = 户主、配偶、子、女、父、母……
roster-note-tags = 多个用、隔开，如：独居老人、慢性病。
roster-note-first-day = 居家隔离第一天，如 2020-02-01。不隔离的不填。
roster-note-days = 含首尾两天，1 到 60；不填为 14 天。
roster-note-reason = 如：返乡、密切接触。
roster-note-origin = 从哪里来，如：呼和浩特市。

# 模板的说明页
roster-readme-title = 台账怎么填
roster-readme-what = 三张表：“区域”是市、区县、街道、社区、网格、楼栋、单元；“工作人员”是各级负责的人；“居民”是住户里的每一个人，一人一行。
roster-readme-order = 先填“区域”，再填另外两张。行的先后不限，上级可以写在下级后面。不用的表可以空着或删掉。
roster-readme-required = 深色表头的列必须填，浅色的可以空着。鼠标停在表头上有说明。
roster-readme-examples = 灰色斜体的是例子。以 # 开头的行不会导入，可以留着，也可以删掉。
roster-readme-text = 编码、房号、电话、身份证号都是文本格式。从别处粘贴时请选“只粘贴值”，否则 Excel 会把身份证号的末几位变成 0。
roster-readme-again = 改了以后可以再导入一次：没变的不动，变了的更新，新的添加。空着的格子不会抹掉已经登记的内容；删掉一行不会删掉那个人。
roster-readme-match = 身份证号相同就是同一个人，换了房号就是搬家；没有身份证号时，同一户里名字相同的是同一个人。
roster-readme-privacy = 这个文件里有个人信息：不要用聊天软件转发，用完请删除。导入后电话和身份证号加密保存。
