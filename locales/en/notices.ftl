notice-ask = A notice to <b>{ $area }</b>: send me what you want to say.
    A picture or a file may go with it.
notice-wrong = That is too long: 3000 characters at most, please.
notice-which = A notice for which area?
notice-area = { $name }
notice-send = Send
notice-send-order = Send as an order, to those who asked for quiet too
notice-confirm-wrong = Press "Send" under the newest one to send it, or "Cancel".
notice-not-allowed = Notices are for grid heads and the community.

notice-head = 📢 <b>Notice of { $area }</b>
    { $author } · { $time }
notice-head-order = ❗️ <b>Order of { $area }</b>
    { $author } · { $time }
button-read = Got it
notice-read = ✓ You have read it ({ $time })
funnel = 📢 Your notice is out, to { $people } people
funnel-spreading = More are still being added …
funnel-sent = Delivered { $sent } of { $people }
funnel-read = Read { $read } of { $people } ({ $homes_read } of { $homes } households)
funnel-read-people = Read { $read } of { $people }
funnel-confirmed = Agreed to by { $who }
button-keep-phrase = Keep as a template
funnel-failed = Cannot be delivered: { $failed } ({ $why })
