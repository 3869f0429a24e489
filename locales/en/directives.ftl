command-directive = Directives: issue one, see how far they are (staff)
directive-not-allowed = Directives are for the community and those above it.
directive-which = Directives: ✏️ write one, or look at the latest.
directive-new = ✏️ { $area }
directive-one = No. { $number } ({ $area })
directive-write = A directive for every level below <b>{ $area }</b>: send me the text.
    It goes down level by level, and nobody can change it.
directive-too-long = That is too long: 2000 characters at most, please.
directive-choose = Please press one of the buttons.
directive-how = Is it urgent? Urgent ones go to everyone at once, at night too.
directive-ordinary = Level by level
directive-urgent = 🚨 To everyone at once
directive-to = How far down?
directive-to-doors = To every household
directive-to-staff = To the grids only (staff)
directive-within = How long may each level take to confirm? (Nights do not count, unless it is urgent)
directive-in-30 = 30 minutes
directive-in-60 = 1 hour
directive-in-120 = 2 hours
directive-in-240 = 4 hours
directive-preview = <b>Please read it once more:</b>

    { $body }

    From: { $area }
    { $how ->
        [urgent] 🚨 Urgent: to everyone at once, at night too; each level only confirms
       *[other] Level by level; at night it waits for the morning
    }
    Below: { $nodes }
    { $to ->
        [doors] Households: { $households }
       *[other] Staff only, no households
    }
    Time for each level: { $within }
directive-send = Issue it
directive-head = 📜 <b>Directive no. { $number }</b>{ $urgent ->
        [yes] {" "}🚨 urgent
       *[other] {""}
    }
directive-number = 📜 <b>Directive no. { $number }</b>
directive-from = Original · <b>{ $area }</b> ({ $author }, { $time }):
directive-origin = [Directive no. { $number }] { $area } ({ $author }):
directive-added = ➕ Added by { $area } ({ $author }):
directive-reminded = ⏰ This directive still waits for you to confirm it.
directive-ask = <b>{ $here }</b>: please confirm it and pass it on by <b>{ $until }</b>.
directive-ask-doors = <b>{ $here }</b>: please confirm it and send it to the households by <b>{ $until }</b>.
directive-ask-staff = <b>{ $here }</b>: please confirm it by <b>{ $until }</b>.
directive-ask-urgent = <b>{ $here }</b>: everyone has it already. Please confirm by <b>{ $until }</b> that you do.
directive-with-deputy = ➡️ { $who } is asked to confirm it now; you still can.
directive-deputy = ➡️ { $who } has not confirmed it: please do.
directive-issued = { $urgent ->
        [yes] ✓ Sent to everyone; each level is confirming it.
       *[other] ✓ Issued; it goes down level by level.
    }
directive-confirmed = ✓ Confirmed by { $who } ({ $time })
directive-passed = ⬇️ Passed on ({ $time })
directive-passed-doors = ⬇️ Sent to the households ({ $time })
directive-not-passed = Not passed on yet. At { $until } it goes on by itself, as it is.
directive-not-passed-doors = Not sent to the households yet. At { $until } it goes out by itself, as it is.
directive-past-here = ⚠️ Nobody of { $here } confirmed it in time; it went on without you ({ $time }), and those above know.
directive-past-urgent-here = ⚠️ Nobody of { $here } confirmed it in time ({ $time }); those above know.
directive-below = <b>Below you:</b>
directive-level = { $level }: confirmed { $confirmed } of { $nodes }{ $waiting ->
        [0] {""}
       *[other] {" "}· waiting { $waiting }
    }{ $past ->
        [0] {""}
       *[other] {" "}· ⚠️ by nobody { $past }
    }
directive-waits = Waiting for:
directive-all-confirmed = ✓ Every level has confirmed.
directive-late-line = · { $area }: { $who } { $phone }
directive-late-nobody = · { $area }: nobody can answer for it
directive-late-head = Not confirmed at { $count }:
directive-late-none = Nobody is being waited for now.
directive-past-below = ⚠️ Nobody confirmed in time in { $count ->
        [one] one place
       *[other] { $count } places
    }; the directive went on past them:
directive-past-urgent = ⚠️ Nobody confirmed in time in { $count ->
        [one] one place
       *[other] { $count } places
    }:
directive-past-unheard = ⚠️ Nobody confirmed the directive of { $area } in time in { $count ->
        [one] one place
       *[other] { $count } places
    }. Neither { $author }, who issued it, nor anybody between can be reached, so you are told:
directive-past-none = ✓ All who were late have confirmed now.
directive-button-pass = Got it, pass it on
directive-button-pass-doors = Got it, send to households
directive-button-words = Got it, add words first
directive-button-confirm = Got it
directive-button-now = Pass it on
directive-button-doors-now = Send to the households
directive-button-add = Add words
directive-button-late = Who has not
directive-button-remind = Remind them
directive-words = What do you want to add? It stands below the original, which stays as it is.
    Send it to me, 300 characters at most.
directive-words-long = That is too long: 300 characters at most, please.
directive-words-preview = <b>Please read it once more:</b>

    { $body }

    ➕ Added by { $area }:
    { $words }
directive-words-send = Add it and send it on
directive-words-added = Good: added, and sent on.
directive-gone-on = It has gone on already; nothing can be added any more.
directive-already = { $who } has confirmed it already.
directive-told-again = { $count ->
        [0] They were reminded just now, or there is nobody to remind.
       [one] Good: one place is reminded again.
       *[other] Good: { $count } places are reminded again.
    }
event-directive = A directive goes on
directive-state-coming = on its way
directive-state-told = told, not confirmed
directive-state-reminded = reminded, not confirmed
directive-state-with-deputy = with the deputy, not confirmed
directive-state-confirmed = confirmed, not passed on
directive-state-done = confirmed
directive-state-gone-past = confirmed by nobody, gone past
directive-state-late = confirmed late
