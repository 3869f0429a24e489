notice-preview = <b>Please read it once more. This is how it will look:</b>
notice-preview-above = <b>Please read it once more. It will look as it does above.</b>
notice-to = To: { $area } · { $whom }, <b>{ $people ->
        [0] nobody as yet
        [one] one person
       *[other] { $people } people
    }</b>
notice-to-the-group = Once into the group of <b>{ $area }</b>; people outside the group do not see it
notice-with-receipt = Receipt: yes, everybody is asked to press "Got it"
notice-without-receipt = Receipt: no
notice-now = When: now; everybody has it in about { $took }
notice-in-the-morning = When: not at night, from { $time } on; everybody has it about { $took } later
notice-later = When: { $time }
notice-repeated = When: { $days } { $clock }, until { $until }
notice-second = More than { $above } people: a second person has to agree first.
notice-time-over = Its time is over, and it was not sent. Please begin again: /notice
notice-nobody-to-agree = With so many people a second person has to agree, and there is nobody who could. It was not sent. Please ask the level above, or an operator.

audience-households = all households
audience-quarantined = households in quarantine
audience-key-people = households of key people
audience-staff = staff only
audience-volunteers = volunteers

compose-where = Where
compose-who = For whom
compose-when = When
compose-more = More
compose-ask-more = What else?
compose-words = Other words
compose-no-file = No picture
compose-receipt = With receipt
compose-no-receipt = No receipt
compose-to-group = In the group
compose-to-doors = To every door
compose-back = ← Back to the notice
compose-only-a-look = This is only how it looks. When it is sent, people press this one.
compose-ask-who = For whom?
compose-ask-time = When? Press one, or type, for example: tomorrow 15:30
compose-wrong-time = I cannot read that time, or it is over or too far away (90 days at most). For example: tomorrow 15:30
compose-now = Now
compose-at = { $time }
compose-weekly = Some weekdays
compose-ask-days = On which weekdays? Several are possible.
compose-day = { $day }
compose-day-chosen = ✓ { $day }
compose-days-done = These days
compose-ask-clock = At what time?
compose-clock = { $clock }
compose-ask-until = For how long? Press one, or type the last day, for example: 2020-03-15
compose-wrong-last = I cannot read that day, or it is over or too far away (90 days at most), or nothing would be sent until then. For example: 2020-03-15
compose-lasting = { $days } days
weekdays-every = Every day
weekday-0 = Mon
weekday-1 = Tue
weekday-2 = Wed
weekday-3 = Thu
weekday-4 = Fri
weekday-5 = Sat
weekday-6 = Sun

place-ask = Where to? Now it is <b>{ $area }</b>. Press one, or type a name.
place-here = ✓ To { $name }
place-below = ↓ { $name }
place-up = ↑ { $name }
place-several = Which one?
place-found = { $name } ({ $above })
place-wrong = None of your areas has this name.
place-too-many = Too many are called that. Please type more of it.

notice-file-first = I have it. Now send me what you want to say.
notice-file-coming = Getting the picture. When it is here, you look at the notice.
notice-file-refused = That cannot go with it: a picture (10 MB at most) or a PDF (20 MB at most) can. Send another one, or go on without.
notice-file-gone = That could not be fetched. Send it again, or go on without.

plan-button = Planned ({ $count })
plan-none = No notice is planned.
plan-list = <b>Notices still to come</b>
    { $lines }
plan-line = { $number }. { $time } · { $area }{ $state ->
        [waiting] {" "}· somebody has to agree
       *[planned] {""}
    }: { $body }
plan-call-off = Call it off
plan-call-off-one = Call off { $number }
plan-off = Good, it is called off.
plan-ask = <b>{ $author } wants to send this to many people. Please read it.</b> It goes out when you agree.
plan-asked = The notice of { $author }:
plan-yes = I agree, send it
plan-no = I do not agree
plan-agreed = ✓ Thank you. Agreed.
plan-decided = That is decided already. Nothing was changed.
plan-ask-why = Why not? Say a word, and I pass it on.
plan-wrong-why = One sentence please, 200 characters at most.
plan-said-no = Good, it was not sent, and they know.
plan-waiting = ⏳ A second person has to agree until { $time }. Nothing is sent before.
plan-planned = 🕒 It is planned for { $time }.
plan-sent = ✓ It is out.
plan-called-off = It was called off.
plan-refused = ✗ { $who } does not agree: { $why }
plan-lapsed = Nobody agreed until { $time }. It was not sent.
plan-late = Its time was over. It was not sent.
plan-told-refused = ✗ { $who } does not agree to "{ $body }": { $why }
plan-told-lapsed = Nobody agreed, and "{ $body }" was not sent. To send it, begin again: /notice
plan-told-late = "{ $body }" was not sent in time: the machine had stopped, and more than two hours late it is of no use. To send it, begin again: /notice

phrase-button = Often sent
phrase-which = Which one?
phrase-name = { $name }
phrase-name-file = 📎 { $name }
phrase-name-water = Water is cut off
phrase-water = The pipes are being repaired: there is no water { $when }. Please store some beforehand, and close the taps.
phrase-name-test = Testing
phrase-test = Nucleic acid test { $when }. Please bring your identity card, wear a mask, come down when your grid worker says so, and keep a metre apart.
phrase-name-disinfect = Disinfecting
phrase-disinfect = Stairs and yards are disinfected { $when }. Please close doors and windows, keep children and old people inside, and take in the laundry.
phrase-name-supplies = Supplies
phrase-supplies = Rice, flour and vegetables come to your entrance { $when }. In quarantine you need not come down: we leave them at your door. For medicine, call your grid worker.
phrase-ask-blank = When? For example: today from 2 to 6 p.m.
phrase-wrong-blank = Shorter please, for example: today from 2 to 6 p.m.
phrase-ask-name = Give it a name. Next time it is one press under "Often sent".
phrase-wrong-name = 30 characters at most, please.
phrase-kept = ✓ Kept: <b>{ $name }</b>. { $area } and everything below has it.
phrase-drop = Delete it
phrase-dropped = "{ $name }" is deleted.
phrase-gone = It is not there any more.
