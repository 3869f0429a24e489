join-ask-name = Welcome to <b>{ $area }</b>!
    What is your name?
join-wrong-name = Please send the name only, like: Wang Fang
join-ask-room = Which door is yours? Send the number, like: 3, or: building 3, unit 2, room 401
join-wrong-room = I did not understand the room. Like: 3, or: 401
join-nobody = Thank you, it is noted. Nobody of { $area } can confirm it right now; your grid worker will contact you.
join-refused = The grid worker says that you do not live in this grid. Please ask your grid worker.

joined-resident = { $name }, you have joined. { $where }
    I will ask for temperatures in the morning and in the evening: just answer with the number.
joined-gate = { $name }, you have joined at the gate of <b>{ $area }</b>.
    When somebody in quarantine goes out, send /breach; to check a certificate of release, send /check.
joined-grid-worker = { $name }, you have joined as grid worker of <b>{ $area }</b>.
    When somebody has a fever, is silent or cannot be reached, I tell you at once. Send /help to see what you can do.
joined-grid-head = { $name }, you have joined as grid head of <b>{ $area }</b>.
    Send /notice to tell the whole grid something; alarms that nobody takes come to you.
joined-community = { $name }, you have joined as staff of the community <b>{ $area }</b>.
joined-street = { $name }, you have joined as staff of the street office <b>{ $area }</b>.
joined-district = { $name }, you have joined as staff of the district <b>{ $area }</b>.
joined-city = { $name }, you have joined as city staff of <b>{ $area }</b>.
joined-volunteer = { $name }, thank you! You are a volunteer of <b>{ $area }</b>.
    When help is needed, I tell you here.
joined-operator = { $name }, you have joined as operator of <b>{ $area }</b>.

invite-forged = This code is not right. Please ask your grid worker for a new one.
invite-expired = This code is too old. Please ask your grid worker for a new one.
invite-used-up = This code has been used. Please ask your grid worker for a new one.

approval-approved = ✓ { $who } agreed
approval-refused = ✗ { $who } said: not of this grid
approval-decided = { $status ->
        [approved] Somebody has agreed already.
       *[refused] Somebody has said already that they are not of this grid.
    }
button-admit = I know them: agree
button-refuse = Not of this grid
