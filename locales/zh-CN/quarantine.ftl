quarantine-ask = 谁？请发名字，比如：王芳
quarantine-which = 叫 { $name } 的有 { $count } 个人，是哪一位？
quarantine-nobody = 您管的地方没有登记叫 { $name } 的人。
quarantine-none = { $name } · { $where }
    现在没有在居家隔离。
quarantine-shown = <b>{ $name }</b> · { $where }
    居家隔离第 { $day } 天，共 { $days } 天，到 { $last }{ $excused }
button-quarantine-begin = 从今天起隔离 { $days } 天
button-quarantine-longer = 延长 { $days } 天
button-quarantine-end = 今天提前解除
quarantine-ended-done = ✓ { $name } 的居家隔离提前解除了，已经告诉家里。
quarantine-longer = { $name } 的居家隔离延长 { $days } 天，一共 { $whole } 天。
    有疑问请打网格员的电话。辛苦了，我们一起再坚持几天。
quarantine-ended = { $name }，您的居家隔离提前结束了，以后不用每天报体温。
    这些天辛苦了，谢谢您！不舒服随时发给我。
why-released = 隔离已解除
button-measure-again = 请现在再量一次
measure-again = 网格员 { $who } 请 { $name } 现在再量一次体温，拍一张体温计的照片，连数字一起发来。
measure-again-asked = ✓ 已经请 { $name } 家里再量一次，拍照片一起发来。
measure-again-nobody = { $name } 家里没有能收到消息的手机，请上门或打电话。
