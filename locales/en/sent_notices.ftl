notice-corrected = ✏️ <b>Corrected { $time }</b>
notice-withdrawn = <b>This notice was withdrawn: please forget it.</b>
notice-corrected-anew = ✏️ <b>Correction: this replaces the notice of { $area } of { $time }</b>
notice-withdrawn-anew = <b>The notice of { $area } of { $time } was withdrawn, please forget it</b>: { $first }
notice-withdrawn-file = <b>This notice was withdrawn: please forget it.</b> The picture or file is void too: please do not pass it on.
notice-withdrawn-anew-file = <b>The notice of { $area } of { $time } was withdrawn, please forget it</b>: { $first }
    The picture or file is void too: please do not pass it on.
notice-reminder = ⏰ <b>You have not read this notice yet; when you have, press “Got it”</b>

funnel-node = 📢 <b>{ $area }: notice of { $origin }</b> ({ $time }) { $first }
funnel-paused = ⏸ <b>Paused: “Resume” goes on</b>
funnel-stopped = ⏹ <b>Stopped: what was not sent never will be</b>
funnel-withdrawn = ↩️ <b>Withdrawn: receipts are not counted any more</b>
funnel-corrected = ✏️ Corrected { $time }
funnel-dropped = Never sent: { $dropped }
funnel-left-out = Not on the list yet, and never sent: { $people }
funnel-waiting = Still to be sent: { $waiting }
funnel-pace = { $rate } a minute, about { $left } to go
funnel-why = { $why } { $people }
funnel-why-others = others

button-notice-pause = ⏸ Pause
button-notice-resume = ▶️ Resume
button-notice-stop = ⏹ Stop
button-notice-sure-stop = ⏹ Stop it for good
button-notice-correct = ✏️ Correct
button-notice-withdraw = ↩️ Withdraw
button-notice-sure-withdraw = ↩️ Withdraw this notice
button-notice-history = History
button-notice-below = The levels below
button-notice-who = Who has not
button-notice-remind = Remind those
button-notice-doors = List for the doors
button-notice-file = As a file

notice-sure-stop = { $sent } people have it; that stays. The { $waiting } to whom it was not sent yet will not get it. Stop?
notice-sure-withdraw = { $waiting ->
        [0] The { $sent } people who have it will see “withdrawn”.
       *[other] The { $sent } people who have it will see “withdrawn”; it is not sent to the other { $waiting }.
    }{ $file ->
        [yes] {" "}The picture or file goes too where it is less than two days old; older ones, and those in WeChat, stay and are said to be void.
       *[no] {""}
    }{" "}Withdraw it?
notice-done-pause = ⏸ Paused: not one more is sent. “Resume” goes on.
notice-done-resume = ▶️ It goes on.
notice-done-stop = ⏹ Stopped. What was not sent never will be; what was sent stands.
notice-done-withdraw = ↩️ Withdrawn. Whoever has it will see that.{ $file ->
        [yes] {" "}The picture or file is deleted where it can be, and said to be void where it cannot. All of it stays on record.
       *[no] {""}
    }
notice-done-correct = ✏️ Corrected. Whoever has it will see the new text; the old one stays on record.
notice-not-possible = That is not possible any more.
notice-correct-ask = The text as it is:

    { $body }

    Send me the whole notice as it should be.{ $file ->
        [yes] {" "}The picture or file stays as it is: to change it, withdraw the notice and send it anew.
       *[no] {""}
    }
notice-correct-words-only = Only the words can be corrected, not a picture or a file. { $file ->
        [yes] The one that was sent stays: to change it, withdraw the notice and send it anew.
       *[no] To add one, withdraw the notice and send it anew.
    }
notice-correct-preview = <b>It becomes:</b>

    { $body }

    The { $sent } people who have it will see the correction too.{ $file ->
        [yes] {" "}The picture or file stays as it is: to change it, withdraw the notice and send it anew.
       *[no] {""}
    }
notice-correct-send = Correct it
notice-correct-wrong = Press "Correct it", or "Cancel".
notice-correct-same = That is what it says already; nothing was changed.

notices-button = Sent notices
notices-head = <b>Notices</b>, the newest first
notices-none = No notice yet.
notices-line = { $index }. { $area } { $time }: { $first } (read { $read } of { $people })
notices-line-state = { $index }. { $area } { $time }: { $first } ({ $state }, read { $read } of { $people })
notice-state-paused = paused
notice-state-stopped = stopped
notice-state-withdrawn = withdrawn
notice-card-head = 📢 <b>Notice of { $area }</b>
    { $author } · { $time }
notice-card-file = 📎 { $kind ->
        [picture] a picture
       *[file] { $name }
    }
notice-event-corrected = ✏️ <b>{ $time } { $name } corrected it:</b>
notice-event-paused = ⏸ { $time } { $name } paused it
notice-event-resumed = ▶️ { $time } { $name } let it go on
notice-event-stopped = ⏹ { $time } { $name } stopped it
notice-event-withdrawn = ↩️ { $time } { $name } withdrew it
notice-event-reminded = ⏰ { $time } { $name } reminded those who had not read it

notice-below-head = <b>{ $area }</b>: { $first }
    The slowest first:
notice-below-line = { $index }. { $area } read { $read } of { $people }, { $homes_read } of { $homes } households
notice-below-button = { $area }
notice-below-none = Nobody below has this notice yet.
notice-who-head = <b>{ $area }: { $count } have not read it</b>: { $first }
notice-doors-head = <b>{ $area }: nobody of { $count } households has read it</b>: { $first }
notice-unread-line = { $index }. { $where } { $names }
notice-unread-line-why = { $index }. { $where } { $names } ({ $why })
notice-all-read = Everybody of { $area } has read it.
notice-remind-begun = ⏰ Good: whoever has it and has not read it is reminded now.
notice-remind-too-soon = They were reminded at { $last }; again after { $again }.

export-unread = Households that have not read a notice
sheet-number = No.
sheet-door = Where
sheet-people = Who lives there
sheet-why = Why
sheet-found = What was found

event-sweep = a notice is changed
event-funnel = how a notice goes
command-sent = Sent notices: correct, withdraw, who has not read

notices-together = 📢 <b>{ $count } notices</b>
notices-together-changed = ✏️ <b>Something changed: this replaces them</b>
button-read-all = Got them all
