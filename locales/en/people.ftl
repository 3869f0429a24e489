button-share-number = 📱 Send my phone number
share-number-too = Or press "Send my phone number" below.
join-ask-who = Several people are registered with this number. Who are you?
join-wrong-who = Please press a name, or type it.
button-person = { $name }
number-not-own = This is not your own number. Press "Send my phone number" below, or type your name.
number-unknown = The register has no such number here. Never mind: please type your name, as it is in the register.
number-nobody = The register has no such number. Please scan the code at your door or from your grid worker.

start-again = { $name }, you are registered at { $where }. What would you like to do?
button-move = I have moved to { $area }
button-other = Report for somebody without a phone
button-live-here = I live in { $area }
start-again-nowhere = { $name }, the register has no home of yours. What would you like to do?
move-ask-who = Who moves?
move-wrong-who = Please press one: only me, or all of us
move-only-me = Only me
move-all = All of us
move-ask-room = Which door in { $area }? Send its number, for example: 3
move-waiting = The grid worker of { $area } has been asked; you will hear at once.
moved-away = { $name } has moved from { $left } to { $where }; the grid worker there takes over.{ $alarms ->
        [0] {""}
       *[other] {" "}Alarms still open: { $alarms }. Please finish or hand them over.
    }
spoken-for = This chat also reports for people of other households: { $names }
button-not-for = No longer for { $name }
spoken-for-no-more = I no longer ask here for { $name }. Please make sure that somebody else reports.
spoken-for-told = { $name } will also report your temperature from their phone. If that is wrong, please tell your grid worker.
other-ask-name = For whom? Please send the name, as it is in the register.
other-ask-room = Which door? Send its number, for example: 5
other-ask-call = What do you call them? For example: grandpa
other-waiting = Thank you! The register does not know them yet; the grid worker of { $area } has been asked.
other-joined = From now on you are asked for { $name } ({ $where }) too.
    Write the name with the value, for example: { $name } 36.5
self-waiting = Thank you! The register does not know you yet. The grid worker has been asked, and you will hear at once.

approval-self = <b>Somebody asks to join { $area }</b>
    { $name } · { $room }
    The register does not know them. Do you?
approval-other = <b>Somebody registers a relative in { $area }</b>
    { $name } · { $room }
    They have no phone; a relative will report. Do you know them?
approval-move = <b>Somebody moves to { $area }</b>
    { $name } · { $room }
    Do you know them?

another-phone = { $name }, your registration was opened on another phone, or in another app, too. Not you?
button-not-me = That is not me
stranger-gone = That phone has been disconnected, and your grid worker was told.
stranger-put-out = ⚠ { $name } says that somebody used their registration; it was disconnected. Please call them.
phone-before = You had joined on another phone, or in another app, before. Both work; I write where you wrote last.
button-old-phone = I do not use the old phone any more
button-way-here = Write to me here
button-way-last = Write where I wrote last
way-here = Good: I write to you here from now on.
    When this chat cannot be reached, I try your other one at once.
way-last = Good: I write to you wherever you wrote last.
way-only = This is your only chat: everything comes here anyway.
phone-retired = Nothing goes to the old phone any more.
phone-put-away = This phone gets no more messages of gridbot: on the new phone you said that the old one is out of use. Was that not you?
robbed-told = Your grid worker has been told and will call to find out.
robbed-nobody = It is noted, but no grid worker can see it now. Please call your grid worker.
phone-robbed = ⚠ { $name } says that the new phone is not theirs. Please call and find out; if it is wrong, put it out.
button-put-out = Put that phone out
stranger-put-out-done = That phone is out. They should scan the code again to join.
phone-gone = That phone is gone already; nothing to do.

report-for-whom = You report for several homes. Please write the name, for example: { $example }
why-moved = moved away
