excused-line = Excused: { $why }, { $known ->
        [yes] until { $day }
       *[no] until back
    }, said { $who }
excuse-until = { $name }: { $why }. Excused until when?
button-excuse-days = { $days ->
        [0] Today only
        [1] Until tomorrow
       *[other] { $days } more days
    }
button-excuse-until-back = Until back
button-excused-back = Back: ask again
excuse-done = ✓ { $name }: { $why }, nobody asks { $known ->
        [yes] until { $day }
       *[no] until they are back
    } ({ $who }). Then as before.
excuse-over = ✓ { $name } is back and is asked again from the next time on.
excused-in-hospital = { $name } need not report while in hospital{ $known ->
        [yes] , until { $day }
       *[no] {""}
    }. Write to me whenever you need something. We wish a quick recovery!
excused-at-the-gate = The gate has measured { $name }: no report is needed here{ $known ->
        [yes] , until { $day }
       *[no] {""}
    }.
excused-on-leave = { $name } is away with permission and need not report{ $known ->
        [yes] , until { $day }
       *[no] {""}
    }. Take care, and please wear a mask.
excused-back = { $name } is back: welcome home! From the next time on I ask twice a day again.
today-excused = { $count } excused
doubt-in-hospital = Still in hospital.

button-transfer = To another grid
transfer-ask-grid = To which grid does { $name } go? Press one, or send its code.
transfer-wrong-grid = Please press a grid, or send its code, like G2
transfer-ask-room = Behind which door will { $name } live? Like: No. 7, or 2-301
transfer-ask-who = Only { $name }, or the whole family?
transfer-only-one = Only this one
transfer-no-grid = No grid has the code { $code }: nothing was changed.
transfer-done = ✓ { $name } goes to { $where }. Both grids and the family will know.
moved-here = { $name } has come to your grid: { $where }. The home quarantine goes on with you.{ $alarms ->
        [0] {""}
        [one] {" "}One open alarm comes along.
       *[other] {" "}{ $alarms } open alarms come along.
    }
transferred = { $name }: the grid worker of { $where } looks after you now. You report here as before, as often and as long.
button-quarantine-end-in-hospital = In hospital: the home quarantine ends here
quarantine-ended-in-hospital = { $name } is being treated in hospital: the home quarantine ends here, and no report is needed.
    We wish a quick recovery! Write to me if the family needs anything.
