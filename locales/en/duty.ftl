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
duty-again = You are on duty again: alarms come to you. Thank you!
duty-waiting = In nobody’s hands now: { $count }
