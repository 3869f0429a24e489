duty-is-on = You are on duty: alarms come to you.{ $more }
duty-is-off = You are off duty, { $known ->
        [yes] and on again by yourself at { $until }.
       *[no] until you press Go on duty.
    }{ $more }
duty-on-done = ✓ You are on duty: alarms come to you.
duty-off-done = ✓ You are off duty, { $known ->
        [yes] and on again by yourself at { $until }.
       *[no] until you press Go on duty.
    }{ $more }
duty-instead = Alarms of { $area } now go to { $names }.
duty-instead-above = Nobody else ({ $place }) of { $area } is on duty: alarms go straight to { $names } ({ $role }).
duty-instead-nobody = ⚠️ Nobody of { $area } can be told of an alarm now: it goes to those who run the system.
duty-go-on = Go on duty
duty-rest-tonight = Rest until 8 tonight
duty-rest-morning = Rest until 8 { $day ->
        [today] this morning
       *[tomorrow] tomorrow morning
    }
duty-rest-days = Rest for 3 days
duty-rest-open = Go off duty, I say when I am back
duty-team = On duty:
duty-grid = { $grid }: { $people }
duty-more-grids = and { $count } more grids
duty-one-on = { $name } ✓
duty-one-rests = { $name } (resting until { $until })
duty-one-not = { $name } ({ $why })
duty-one-until = { $name } ✓ (until { $until })
duty-on-tonight = On duty until 8 tonight
duty-on-morning = On duty until 8 { $day ->
        [today] this morning
       *[tomorrow] tomorrow morning
    }
duty-week = Your next seven days:
duty-week-day = { $day }: { $hours }
duty-week-free = { $day }: free{ $hours }
duty-hours = { $starts }–{ $ends }
duty-hours-over-midnight = { $starts }–{ $ends } next day
outlook = 📅 <b>Nobody is on the roster in the coming day</b>
outlook-line = { $grid }: { $starts } to { $ends }
outlook-what = Please find somebody: change the roster, or let somebody go on duty for that time with /duty. With nobody on, alarms come straight to the community.
duty-again = You are on duty again: alarms come to you. Thank you!
duty-waiting = In nobody’s hands now: { $count }
duty-one-stands-in = { $name } ✓ (for { $other })
stand-in-ask = Ask for a stand-in
stand-in-stop = I cannot stand in any longer
stand-in-when = Until when shall somebody stand in?
stand-in-until-tonight = Until 8 tonight
stand-in-until-morning = Until 8 { $day ->
        [today] this morning
       *[tomorrow] tomorrow morning
    }
stand-in-until-days = For 3 days
stand-in-who = Who shall stand in? You are off duty when they say yes.
stand-in-nobody = Nobody can stand in now. Please talk to your grid head or the community.
stand-in-sent = { $name } was asked. Until they say yes, alarms come to you.
stand-in-asked = 🙋 <b>{ $name } asks you to stand in</b>
    { $areas }, until { $until }. When you say yes, alarms come to you.
stand-in-yes = I stand in
stand-in-no = I cannot
stand-in-accepted = ✓ You are standing in.
stand-in-refused = You said that you cannot.
stand-in-over = No longer needed.
stand-in-too-late = That is over.
stand-in-now = You are standing in for { $name } until { $until }.
stand-in-done = You need not stand in for { $name } any longer. Thank you!
stand-in-they-accepted = ✓ { $name } stands in. You are off duty, and on again by yourself at { $until }.
stand-in-they-refused = { $name } cannot stand in; you are still on duty. You can ask somebody else.
stand-in-they-stopped = { $name } cannot stand in any longer: alarms go straight to the next.
answering-again = You are back! Alarms come to you again.
    You could not see to the last { $count }, so the later ones went to others.
    If you need a rest, just go off duty.
answering-alarms = What is still open
answering-rest = Go off duty
duty-gap = ⚠️ <b>{ $grid }: nobody is on duty</b>
duty-gap-open = Neither a worker nor a head can be told of an alarm: they come straight to the community. Please find somebody.
duty-gap-since = Since { $time }
kind-no-one-on-duty = nobody on duty
outcome-staffed = Somebody was found
outcome-covered-above = The community stands in
outcome-somebody-on = Somebody is on again
outcome-nobody-to-watch = Nobody is in quarantine any more
