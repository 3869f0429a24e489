excused-line = 免报：{ $why }，{ $known ->
        [yes] 到 { $day }
       *[no] 到回来为止
    }，{ $who } 说的
excuse-until = { $name }：{ $why }。免报到哪天？
button-excuse-days = { $days ->
        [0] 只今天
        [1] 到明天
       *[other] 再 { $days } 天
    }
button-excuse-until-back = 到回来为止
button-excused-back = 回来了，接着报
excuse-done = ✓ { $name }：{ $why }，{ $known ->
        [yes] 到 { $day }
       *[no] 到回来为止
    }不用报（{ $who }）。之后照常问。
excuse-over = ✓ { $name } 回来了，下一次起照常问。
excused-in-hospital = { $name } 在医院的这些天不用报体温{ $known ->
        [yes] ，到 { $day }
       *[no] {""}
    }。家里别太担心，有事随时发给我。祝早日康复！
excused-at-the-gate = { $name } 的体温门岗量过了，这里不用再报{ $known ->
        [yes] ，到 { $day }
       *[no] {""}
    }。
excused-on-leave = { $name } 准假外出，这里先不用报体温{ $known ->
        [yes] ，到 { $day }
       *[no] {""}
    }。路上当心，戴好口罩。
excused-back = { $name } 回来了，欢迎回家！下一次起还是每天两次报体温。
today-excused = 免报 { $count } 人
doubt-in-hospital = 还在医院。

button-transfer = 转到别的网格
transfer-ask-grid = { $name } 转到哪个网格？按一个，或者发网格编码。
transfer-wrong-grid = 请按一个网格，或者发网格编码，比如 G2
transfer-ask-room = { $name } 住哪一户？比如：7号、2单元301
transfer-ask-who = 只转 { $name } 一个人，还是一家人？
transfer-only-one = 只转这一个人
transfer-no-grid = 没有编码是 { $code } 的网格，没有改动。
transfer-done = ✓ { $name } 转到 { $where }。两边的网格员和家里都会知道。
moved-here = { $name } 转到了您的网格：{ $where }，居家隔离接着由您负责。{ $alarms ->
        [0] {""}
       *[other] {" "}还有 { $alarms } 个没办完的告警，也转过来了。
    }
transferred = { $name }，您家现在归 { $where } 的网格员照应。还是在这里报体温，次数和天数都不变。
button-quarantine-end-in-hospital = 住院了，居家隔离到此结束
quarantine-ended-in-hospital = { $name } 住院治疗，居家隔离到此结束，不用再报体温。
    祝早日康复！家里有什么难处，随时发给我。
