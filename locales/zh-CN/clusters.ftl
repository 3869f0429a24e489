alert-cluster = 🚨 <b>聚集发热：{ $where }，{ $count } 人</b>
alert-cluster-within = { $hours } 小时内在这里发烧或不舒服的：
alert-cluster-more = 还有 { $count } 人
alert-in-cluster = 🔗 { $where } 聚集发热（{ $count } 人）中的一人
cluster-line-open = { $index }. { $name } { $where } { $measured ->
        [yes] { $celsius }℃
       *[no] 不舒服
    } · ⏳ 还没有人处理
cluster-line-taken = { $index }. { $name } { $where } { $measured ->
        [yes] { $celsius }℃
       *[no] 不舒服
    } · 👤 { $who } 在处理
cluster-line-closed = { $index }. { $name } { $where } { $measured ->
        [yes] { $celsius }℃
       *[no] 不舒服
    } · ✅ { $outcome }
cluster-people = { $count } 人
kind-cluster = 聚集发热
outcome-contained = 已排查控制
outcome-handed-to-cdc = 已移交疾控
outcome-unrelated = 查明没有关联

lapsing-people = { $kind }（{ $count } 人）
lapsing-one-place = ⏰ <b>快到时间了：{ $what }</b>
    { $where }
    { $until } 前要有结果，不然会往上报。
lapsing-line-place = { $index }. { $where } { $what } · { $until } 前
