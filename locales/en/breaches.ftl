alert-breach = 🚷 <b>Out during quarantine: the household of { $name }</b>
alert-breach-told = Told by { $ways }
breach-by-seen = { $count ->
        [one] staff who saw it ({ $time })
       *[other] staff who saw it, { $count } times (last { $time })
    }
breach-by-gate = { $count ->
        [one] the gate ({ $time })
       *[other] the gate, { $count } times (last { $time })
    }
breach-by-neighbour = { $count ->
        [one] a neighbour ({ $time })
       *[other] neighbours, { $count } times (last { $time })
    }
kind-breach = out during quarantine
outcome-back-home = Back at home
outcome-permitted = Permitted, explained
outcome-police = Handed to the police
outcome-not-true = Not true
command-breach = Somebody in quarantine went out
command-check = Check a certificate of release

button-breach = Went out
button-breach-seen = I saw it
button-breach-gate = The gate says so
button-breach-neighbour = A neighbour says so
button-breach-sure = Yes, somebody went out there
breach-ask = Who went out? Send the door or a name, for example: building 2, 301
breach-ask-door = At which door did somebody go out? Send building and room, for example: building 2, 301.
    Only the staff of your grid see it; nobody is told that it was you.
breach-which = Which one is it?
breach-no-door = “{ $text }” was not found. Send building and room as on the door, for example: building 2, 301
breach-too-many = { $count } doors match. Please send building, unit and room.
breach-large = Your area is large: this does not say which household. Send the door, like building 2, 301, or the whole name.
breach-sure = { $where }: is it this one?
breach-by-whom = Somebody of { $where } went out. Who saw it?
breach-told = ✓ It is an alert now; somebody of the grid will look into it.
breach-joined = ✓ There is an alert about this household already; this was added to it.
breach-thanks = ✓ Thank you, the staff of the grid know. Nobody is told that it was you.
breach-no-quarantine = Nobody there is in quarantine now: there is nothing to report.
breach-nowhere = This is for residents and staff who have joined. Send /start first.
