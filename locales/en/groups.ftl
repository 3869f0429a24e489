command-group = Bind the grid's group (grid heads)

group-which = The group of which grid?
group-not-allowed = Binding a group is for the grid head.
group-no-link = I cannot make a link just now. Please send /group again in a few minutes.
group-link = Give me the group of <b>{ $area }</b>:
    1. Open the link below
    2. Choose your grid's group
    3. Press "Add"; I will tell you here whether it worked
    The link holds for a day, and only for you.
    { $link }
group-link-old = That link is too old. Send /group for a new one, and add me again.
group-refused = That link is not yours. To bind this group, its grid head sends me /group in private.
group-already = This group is that of <b>{ $area }</b> already.
group-taken = This is the group of <b>{ $area }</b>. A group belongs to one grid: unbind it there first.
group-swap-ask = <b>{ $area }</b> has another group. Take this one instead?
group-button-swap = Take this one
group-button-keep = Keep the old one
group-bound = ✓ This is now the group of <b>{ $area }</b>.
    A notice can be posted there from now on.
    Reminders still go to every door; to post one in the group instead, press below.
group-state-off = <b>{ $area }</b> has its group.
    Reminders: to every door
group-state-on = <b>{ $area }</b> has its group.
    Reminders: one post in the group
group-button-on = Remind in the group
group-button-off = Remind at every door
group-button-other = Another group
group-button-unbind = Unbind
group-unbound = Done: { $area } has no group any more. Notices and reminders go to every door.
group-lost = ⚠ I cannot write to the group of <b>{ $area }</b>: I was removed, or the group is gone.
    It is unbound, and what had not been posted goes to every door. To bind one again: /group
group-post-lost = ⚠ A message could not be posted in the group of <b>{ $area }</b>; it goes to every door.

group-hello = Hello, I am gridbot. This is the group of <b>{ $area }</b>.
    Here I only post the grid's notices and reminders.
    Please write no temperatures and no names here; report to me in private:
    { $link }
group-in-private = Please report to me in private, not in the group:
    { $link }
group-notice = 📢 <b>Notice of { $area }</b>
    { $time }
group-read = ✓ { $read } have read it
group-reminder-morning = This morning <b>{ $households }</b> { $households ->
        [one] household has
       *[other] households have
    } not reported yet.
    Please report to me in private by { $until }:
    { $link }
group-reminder-evening = This evening <b>{ $households }</b> { $households ->
        [one] household has
       *[other] households have
    } not reported yet.
    Please report to me in private by { $until }:
    { $link }

funnel-group-waiting = 📢 Your notice will be posted in the group
funnel-group-posted = 📢 Your notice is in the group
funnel-group-read = Read by { $read }
