alert-emergency = 🚨 <b>Emergency: { $name } { $celsius }°C</b>
alert-urgent = 🔴 <b>Fever: { $name } { $celsius }°C</b>
alert-routine = 🟡 <b>Low: { $name } { $celsius }°C</b>
alert-repeated = 🔴 <b>No report { $streak } times in a row: the household of { $name }</b>
alert-missed = 🟠 <b>No report: the household of { $name }</b>
alert-unreachable = 📵 <b>Cannot be reached: the household of { $name }</b>
alert-unwell-urgent = 🔴 <b>Unwell: { $name }</b>
alert-unwell-emergency = 🚨 <b>Emergency: { $name }</b>
alert-rechecks = Measured: { $values }
alert-value = { $celsius } °C ({ $time })
alert-where = { $where } (no phone)
alert-where-phone = { $where } · 📞 { $phone }
alert-symptoms = Symptoms: { $symptoms }
alert-corrected = ✏️ { $time }: the family changed it to { $celsius } °C (was { $before } °C), please check
alert-opened = reported at { $time }
alert-latest = Last: { $celsius }°C ({ $time })
alert-family = The others at home: { $values }
alert-slot = { $day }, { $half }
alert-owed = Missing: { $names }
alert-reason = Why: { $why }
alert-handed = Handed to you by { $name }.
alert-not-taken = ↩️ { $name } did not take what you handed over.
alert-passed = Why you: { $people }
alert-passed-one = { $name } { $why }
alert-reopened = 🔁 { $time }: { $who } opened it again (it said: { $outcome })
alert-visited = 🚪 { $time }: { $who } was there
alert-called = ☎️ { $time }: { $who } called them
alert-noted = 📝 { $time } { $who }: { $words }
alert-state-open = ⏳ nobody has it yet
alert-state-handed = ⏳ handed to { $who }, who has until { $until } to take it
alert-state-handed-to-you = ⏳ please take it before { $until }
alert-state-taken = 👤 { $who } has it (result wanted before { $until })
alert-state-snoozed = 💤 { $who } comes back to it at { $until }
alert-state-closed = ✅ { $outcome } ({ $who }, { $time })
passed-off-duty = is off duty
passed-no-account = has not joined
passed-unreachable = cannot be reached
passed-silent = has not answered the last alerts
passed-not-their-turn = is not in turn today
passed-had-their-turn = had the first turn and did not finish in time
alert-your-turn = It is your turn today.
passed-nobody = nobody is appointed
why-no-account = nobody of them has joined
why-account-lost = none of them gets messages
why-blocked = they blocked the bot
why-deactivated = the account was deleted
why-never-started = they never opened the bot
why-not-found = the account is not found
why-kicked = the bot was put out of the group
why-deleted = the group was deleted
why-window-closed = they have not written for too long, and WeChat lets us write no more
why-not-following = they do not follow the account
why-refused = they do not take such messages
why-not-licensed = they have no licence for WeCom
why-forbidden = they cannot be written to
why-rejected = the message could not be sent
why-failed = the message could not be sent for a long time
why-not-delivered = the message had not arrived in time
why-service-was-down = the system was down, nobody was asked

kind-abnormal = temperature
kind-repeated = no report, repeatedly
kind-missed = no report
kind-unreachable = unreachable

button-take = I take it
button-take-all = I take them all
button-pass = Hand over
button-reopen = Open again
button-call = I called them
button-note = A note
button-more = Call, note
button-more-later = Call, note, later
button-snooze = Later
button-visit = Was there
outcome-retest-normal = Second measurement normal
outcome-watched-at-home = Watched at home
outcome-referred = Taken to hospital
outcome-reported-late = The household reported
outcome-reported-by-worker = Reported for them
outcome-fine-but-silent = Fine, forgot to report
outcome-back-in-touch = Back in touch
outcome-not-at-home = Nobody at home

digest-repeated = 🔴 <b>{ $count ->
        [one] 1 household has missed several reports in a row
       *[other] { $count } households have missed several reports in a row
    }</b>
digest-missed = 🟠 <b>{ $count ->
        [one] One household has not reported
       *[other] { $count } households have not reported
    }</b>
digest-unreachable = 📵 <b>{ $count ->
        [one] One household cannot be reached: please knock
       *[other] { $count } households cannot be reached: please knock
    }</b>
digest-line-open = { $index }. { $where } { $name } 📞 { $phone }
digest-line-taken = { $index }. { $where } { $name } · 👤 { $who } has it
digest-line-closed = { $index }. { $where } { $name } · ✅ { $who }
digest-button = { $index }
digest-left = { $count } left.
digest-done = All done.
digest-more = … and { $count } more: press below for all of them.
digest-newer = There is a newer message about this. Please use that one.

gathered-head = 🟠 <b>Much at once, gathered in this one: { $count }</b>
gathered-silent = { $index }. { $grid }: { $count ->
        [one] one household is silent
       *[other] { $count } households are silent
    }
gathered-alarm = { $index }. { $kind } · { $where }
gathered-silent-held = { $index }. { $grid }: { $count ->
        [one] one household is silent
       *[other] { $count } households are silent
    } · 👤 { $who } has it
gathered-silent-over = { $index }. ✅ { $grid }: nobody is silent any more
gathered-alarm-held = { $index }. { $kind } · { $where } · 👤 { $who } has it
gathered-alarm-over = { $index }. ✅ { $kind } · { $where }
gathered-more = … and { $count } more: press below for all of them.
gathered-left = { $count } left.
gathered-done = ✅ All { $count } of this message are done.
list-empty = Nothing is open in this grid any more.

nobody-left = 🚨 <b>Nobody has it: { $kind }</b>
    { $where }, for { $age }.
    Nobody at any level has taken it. Please send somebody now.

alert-dead = 🚨 <b>An alert could not be delivered: { $kind }</b>
    { $where }. It was tried for two hours and given up.
    Please see that somebody has it, and look at the bot's settings and network.

alarm-mended = 🛠 <b>An alarm was nearly forgotten: { $kind }</b>
    { $where }. Its record was wrong; it has been put right and goes on up the chain.
    Please see whether somebody has it now.
alarm-stuck = 🚨 <b>An alarm cannot be passed on: { $kind }</b>
    { $where }. It is tried again every ten minutes.
    Please send somebody now, and have the operators look at the log.

lapsing-one = ⏰ <b>Nearly time: { $kind }, { $name }</b>
    { $where } · 📞 { $phone }
    The result is wanted before { $until }; else it goes on up.
lapsing-head = ⏰ <b>{ $count } alarms in your hands are nearly due</b>
lapsing-line = { $index }. { $where } { $name } · before { $until }
lapsing-done = ✅ Done.
lapsing-gone = This is not in your hands any more.

alarms-none = Nothing needs you.
alarms-head = <b>{ $what }: { $count }</b>, { $waiting } in nobody's hands
alarms-head-some = <b>{ $what }: { $count }</b>
alarms-whose-anybodys = Open
alarms-whose-nobodys = In nobody's hands
alarms-whose-mine = In my hands
alarms-line-open = { $index }. { $what } · { $where } · { $age } ⏳
alarms-line-taken = { $index }. { $what } · { $where } · { $age } · 👤 { $who }
alarms-button-anybodys = { $chosen ->
    [yes] ✓ All { $count }
   *[other] All { $count }
    }
alarms-button-nobodys = { $chosen ->
    [yes] ✓ Nobody's { $count }
   *[other] Nobody's { $count }
    }
alarms-button-mine = { $chosen ->
    [yes] ✓ Mine { $count }
   *[other] Mine { $count }
    }
alarms-by-kind = By kind
alarms-by-area = By area
alarms-picked = ✓ { $name }
alarms-pick-kind = Which kind?
alarms-pick-area = Where?
alarms-pick = { $name } { $count }
alarms-all-kinds = All kinds
alarms-all-areas = All areas

alarm-closed = This is finished already.
alarm-held = { $who } has it already.
alarm-not-held = Please press "I take it" first.
pass-ask = Hand over to whom?
pass-to = { $name }
pass-nobody = Nobody else can take it now. Please take it yourself.
pass-done = Handed to { $name }. If they do not take it, I will tell you.
pass-lost = { $name } cannot be reached now. Please choose somebody else.
reopen-done = Open again: everybody hears of it anew.
reopen-too-late = More than a day has passed: it cannot be opened again.
reopen-over = This is over, there is nothing to open again.
reopen-other = There is a newer one about them already. Please see below.
more-ask = You can also:
call-ask = Noted: you called. What did they say? Write a line, or press one.
call-no-answer = Nobody answered
call-nothing = Nothing to write down
note-ask = What is to be noted? Write a line, or send a photo.
note-wrong = Too long: at most a hundred characters, please.
note-kept = Noted.
note-photo = 📷 a photo
note-photo-kept = The photo is noted.
note-photo-which = You have more than one in hand. Press “Call, note” under the one that it is about, then “A note”, then send the photo.
note-photo-no-door = This one is about no household: a photo has no place there. Please write a line.
snooze-done = Good: I will remind you at { $until }.
snooze-no-more = This cannot be put off. Please deal with it now, or hand it over.

visit-ask = Noted: you were there.
    Please send me what you measured ({ $names }), like: { $example }
visit-wrong = I did not understand. Please send what you measured, like: { $example }
visit-none = Not measured
visit-noted = Good. When it is done, choose the result under that message.
visit-stored = ✓ Reported for them: { $values }
visit-stored-open = ✓ Reported for them: { $values }
    When it is done, choose the result under that message.

today = <b>{ $areas }</b>
    In home quarantine: { $households ->
        [one] one household
       *[other] { $households } households
    }, { $people ->
        [one] one person
       *[other] { $people } people
    }{ $slots }
    Fevers: { $fevers }{ $grave }
    Alarms: in nobody's hands { $waiting }, in hand { $taken }
today-clusters = Places with fevers together: { $count }
today-breaches = Out during quarantine: { $count }
today-repeated = Silent again and again: { $count }
today-slot = { $half }: { $asked } asked, { $answered } answered, { $due } still open, { $missed } silent, { $unreachable } unreachable
worker-coming = { $name } of the grid knows and will contact you now.
worker-coming-phone = { $name } of the grid knows and will contact you now. If it is urgent, call { $phone }

doors-none = No doors to go to.
doors-head = <b>{ $count } { $count ->
        [one] door
       *[other] doors
    } to go to</b>, in the order of the addresses. Press a number to fill one in.
doors-line = { $index }. { $where } · { $names } · 📞 { $phone }
door-ask = <b>{ $where }</b>: { $names }
    Send me what you measured, like: { $example }
    If nothing could be measured, press one.
door-wrong = I did not understand. Please send what you measured, like: { $example }; or press one.
door-not-at-home = Nobody at home
door-refused = Refused
door-in-hospital = In hospital
door-at-the-gate = Measured at the gate
door-on-leave = Away with permission
door-noted = Noted: { $found }.
door-done = They have reported, no need to go.
why-in-hospital = in hospital, excused this time
why-at-the-gate = measured at the gate, excused this time
why-on-leave = away with permission, excused this time
outcome-excused = Excused this time
alert-refused = ❗ Refused to be measured ({ $who }, { $time })

trouble-down = 🚨 <b>Messages do not go out</b>
    The bot { $bot } has delivered nothing since { $since }.
trouble-round = 🚨 <b>{ $area }: many households got no prompt</b>
    { $day }, { $half }: { $undelivered } of { $asked } did not get it.
trouble-lasts = They are not counted as missed or unreachable for now: when it works again they have one more hour, 8 hours after the start at the latest. Please check the bot and the network.
trouble-over = ✅ It works again since { $time }. Who has not answered has one more hour.
trouble-more = { $count } more
kind-delivery-trouble = messages do not arrive
outcome-repaired = Repaired
outcome-told-otherwise = Told by telephone and at the door
outcome-not-ours = The messenger's own trouble, we wait
outcome-arrives-again = Messages arrive again
by-itself = the system
trouble-again = ✅ <b>Messages arrive again</b>
    What did not go out between { $since } and { $time } is being sent. Who has not answered has one more hour.
today-trouble-down = 🚨 The bot { $bot } has delivered nothing since { $since }
today-trouble-round = 🚨 { $area }: { $undelivered } of { $asked } households got no prompt
