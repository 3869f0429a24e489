duty-is-on = 您现在在班，告警会发给您。{ $more }
duty-is-off = 您现在不在班，{ $known ->
        [yes] { $until } 自动上班。
       *[no] 回来时按“上班”。
    }{ $more }
duty-on-done = ✓ 您现在在班，告警会发给您。
duty-off-done = ✓ 您下班了，{ $known ->
        [yes] { $until } 自动上班。
       *[no] 回来时按“上班”。
    }{ $more }
duty-instead = { $area }的告警现在发给 { $names }。
duty-instead-above = { $area }现在没有别的{ $place }在班，告警直接发给 { $names }（{ $role }）。
duty-instead-nobody = ⚠️ { $area }现在没有人能接告警，会直接报给系统值守。
duty-go-on = 上班
duty-rest-tonight = 休息到今晚8点
duty-rest-morning = 休息到{ $day ->
        [today] 今早
       *[tomorrow] 明早
    }8点
duty-rest-days = 休息3天
duty-rest-open = 下班，回来再按
duty-team = 谁在班：
duty-grid = { $grid }：{ $people }
duty-more-grids = 还有 { $count } 个网格
duty-one-on = { $name } ✓
duty-one-rests = { $name }（休息到 { $until }）
duty-one-not = { $name }（{ $why }）
duty-again = 您又在班了，告警会发给您。辛苦了！
duty-waiting = 现在有 { $count } 件没有人处理。
