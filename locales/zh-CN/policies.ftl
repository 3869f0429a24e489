policy-ask-area = 看哪里的规则？
policy-wrong-area = 请按一个地方。
policy-ask-group = <b>{ $area } 的规则</b>
    看哪一类？括号里是这里自己定了几条，其余照上级的。
policy-group-rounds = 问体温的时间{ $own ->
        [0] { "" }
       *[other] （{ $own }）
    }
policy-group-thresholds = 度数和症状{ $own ->
        [0] { "" }
       *[other] （{ $own }）
    }
policy-group-quiet = 不打扰、简报、通知{ $own ->
        [0] { "" }
       *[other] （{ $own }）
    }
policy-group-alarms = 告警找谁{ $own ->
        [0] { "" }
       *[other] （{ $own }）
    }
policy-group-clusters = 聚集发热{ $own ->
        [0] { "" }
       *[other] （{ $own }）
    }
policy-group-quarantine = 居家隔离{ $own ->
        [0] { "" }
       *[other] （{ $own }）
    }
policy-group-other = 其他{ $own ->
        [0] { "" }
       *[other] （{ $own }）
    }
button-policy-again = 再看规则
policy-ask-name = <b>{ $area } 的规则</b>
    { $lines }

    要改哪一条？从下一轮开始算，谁改的都有记录。
policy-line = { $name }：{ $value }
policy-line-by = { $name }：{ $value }（{ $by }定的）
policy-wrong-name = 请按一条。
policy-ask-value = { $name }，现在是 { $value }。改成多少？照这个样子发。
policy-ask-ladder = { $name }，找谁、等几分钟再往上找，现在是：
    { $steps }

    改的话六段一起发，从网格员到市级，用逗号隔开：
    { $value }
    10×2 是每次等 10 分钟，找两次；- 是不找这一级；+ 是和上一级一起找。新开的告警起用。
    { $night }
policy-ladder-night = 夜里要是不一样，后面写“夜”，再写六段，比如：10,10,15,30,30,60 夜 20,-,30,-,-,60
policy-ladder-waits = 这类告警夜里不打扰人，早上再找，没有夜里的六段。
policy-steps-night = 夜里：
policy-day-and-night = { $day } 夜 { $night }
policy-wrong-ladder = 要六段，用逗号隔开：网格员、网格长、社区、街道、分局、市级。每段写分钟数（紧急最多 30，发烧和聚集最多 120，其他最多 1440），找几次写 ×2（最多 5 次），不找写 -，和上一级一起找写 +。比如：10×2,10,15,30,30,60。夜里会响的，后面还可以写“夜”和六段。
policy-step = { $times ->
        [1] · { $who }：{ $minutes } 分钟
       *[other] · { $who }：{ $minutes } 分钟，找 { $times } 次
    }
policy-step-nobody = · { $who }：不找
policy-step-together = · { $who }：和上一级一起找
policy-changed-ladder = ✓ { $area }：{ $name }改成 { $value }，新开的告警起用，已经开了的不变。
policy-wrong-value = 这个不行。时间写 08:00，时长写分钟数，隔离写天数，体温写度数，症状写名字，用顿号隔开，分法写“一起收”“按天轮”或“按周轮”。
policy-changed = ✓ { $area }：{ $name }改成 { $value }，下一轮起用。
policy-not-yours = 规则由社区和上级改。

policy-morning = 早上几点问
policy-evening = 晚上几点问
policy-remind-after = 几分钟后催
policy-miss-after = 几分钟后算漏报
policy-quiet-from = 几点起不打扰
policy-quiet-to = 不打扰到几点
policy-recheck-after = 几分钟后复测
policy-correct-within = 几分钟内可以改
policy-snooze-for = 告警可以放几分钟
policy-snoozes = 告警可以放几次
policy-repeated-after = 连着几次漏报算严重
policy-cluster-size = 一处几人发烧算聚集
policy-cluster-hours = 几小时内的发烧算在一起
policy-confirm-above = 通知超过几人要两人同意
policy-symptoms = 问哪些症状
policy-turns = 几位网格员怎么分
turns-share = 一起收
turns-day = 按天轮
turns-week = 按周轮
policy-low = 低于多少度算偏低
policy-abnormal = 多少度算发烧
policy-emergency = 多少度算紧急
policy-lowest = 最低可信的度数
policy-highest = 最高可信的度数
policy-quarantine-days = 隔离多少天
policy-ladder-emergency = 紧急告警
policy-ladder-abnormal = 发烧告警
policy-ladder-low = 体温偏低告警
policy-ladder-unreachable = 联系不上告警
policy-ladder-missed = 漏报告警
policy-ladder-repeated = 连续漏报告警
policy-ladder-breach = 隔离违规告警
policy-ladder-cluster = 聚集发热告警
policy-ladder-no-one-on-duty = 没人值班告警
policy-ladder-delivery-trouble = 消息送不到告警
policy-changed-days = ✓ { $area }：{ $name }改成 { $value }，以后开始的隔离起用，已经在隔离的不变。
policy-brief-at = 每天几点发简报
policy-off = 不发
