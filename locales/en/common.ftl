list-mark = , {""}
half-morning = morning
half-evening = evening
the-household = the household
no-phone = no phone

button-cancel = Cancel
button-back = ← Back
button-resume = Continue
button-earlier = ← Earlier
button-later = Later →
button-show = Show

apology = Sorry, that went wrong here. It is written down to be looked at. Please send it again.
not-understood = I did not understand. To report, just send the number, like 36.5. To see what you can do, send: /help
civil-welcome = You are welcome. Take care.
civil-good = Good.
civil-nothing-to-cancel = There is nothing to cancel.
not-understood-staff = I did not understand. { $who ->
        [head] What waits for you: send /alerts. To tell people something: send /notice. { "" }
        [worker] What waits for you: send /alerts. Where to go: send /doors. { "" }
        [gate] Somebody went out: send /breach. A certificate: send /check. { "" }
       *[other] {""}
    }To see what you can do, send: /help
not-text-what = { $kind ->
        [voice] I cannot listen to voice messages.
        [sticker] I cannot read stickers.
        [video] I cannot watch videos.
       *[other] I cannot read this.
    }
not-text-asked = { not-text-what } <b>Please type the temperature.</b>
    { $people ->
        [1] For example: { $example }
       *[other] The whole family in one message, for example: { $example }
    }
not-text-form = { not-text-what } Please type your answer to what is asked above, or press a button.
not-text = { not-text-what } { $who ->
        [stranger] To join, please scan the code at your door or from your grid worker.
        [head] Please type. What waits for you: send /alerts. To tell people something: send /notice. To see what you can do: /help
        [worker] Please type. What waits for you: send /alerts. Where to go: send /doors. To see what you can do: /help
        [gate] Please type. Somebody went out: send /breach. A certificate: send /check
       *[other] Please type what you need. To see what you can do, send: /help
    }
not-yours = This is not yours to change. Nothing was changed.
not-joined = You have not joined yet. Please scan the code from your grid worker.
staff-only = This is for staff.

start-unknown = Hello! I am gridbot.
    To join, please scan the code at your door or from your grid worker.
start-unknown-member = Hello! I am gridbot.
    Your account is not in the roster: { $member }
    Please tell it to whoever keeps the roster. If you have an invite, send its line here; it begins with /start.
start-known = { $name }, you have joined already. To report, just send the number, like 36.5.

help-volunteer = When volunteers are needed I tell you here; just press "Got it".
    Also: /language · /stop
help-stranger = I am gridbot. I help the people of a grid to report temperatures and get notices.
    To join, please scan the code from your grid worker.
help-resident = Report: just send the number, like 36.5
    The whole family: Wang Fang 36.5 Li Jun 36.6
    A mistake: just send it again

    Back from elsewhere: /declare
    Somebody in quarantine went out: /breach
    Also: /status · /report · /family · /language · /stop
help-gate = /breach: somebody in quarantine went out
    /check: whether a certificate of release is valid
    /language: 中文, English
help-staff = /alerts: what needs you
    /doors: the doors to go to
    /find: somebody, by name, door or the end of their number
    /quarantine: somebody’s quarantine, by name
    /breach: somebody in quarantine went out
    /check: a certificate of release
    /today: today's figures
    /invite: let workers and residents in
    /export: the register, or today's temperatures (Excel)
    /duty: on and off duty
    /language: 中文, English
    /here: with two chats, where you are told

    When somebody has a fever, is silent or cannot be reached, I come to you at once.
help-own-group = /group: bind the grid's own group
help-own-policy = /policy: when temperatures are asked for, whom an alarm climbs to
help-head = /alerts: what needs you
    /doors: the doors to go to
    /brief: the day at a glance
    /notice: a notice to residents or staff below you
    /sent: who has not read one; correct, withdraw
    /directive: directives, and how far they are{ $own }
    /find: somebody, by name, door or the end of their number
    /quarantine: somebody’s quarantine, by name
    /breach: somebody in quarantine went out
    /check: a certificate of release
    /today: today's figures
    /invite: let workers and residents in
    /export: the register, or today's temperatures (Excel)
    /duty: on and off duty
    /language: 中文, English
    /here: with two chats, where you are told

    When somebody has a fever, is silent or cannot be reached, I come to you at once.

language-ask = 用哪种语言？ / Which language?
language-zh-cn = 中文
language-en = English
language-set = Good: English from now on.

stopped = Good: no more ordinary notices.
    Orders, and the two reminders a day of home quarantine, cannot be stopped: they still come. To start again, send /start

form-cancelled = Fine, cancelled.
form-gone = That step is over.
form-waiting = You have not finished yet. Go on?
form-lapsed = What you had begun is cancelled. Come back when you need it.

command-report = Report temperatures
command-status = Days left, and what is owed
command-family = Who is in the register here
command-help = How it works
command-language = 中文 / English
command-today = Today's figures (staff)
command-alerts = What needs you (staff)
command-doors = Doors to go to (staff)
command-notice = A notice to the grid (grid head)
command-duty = On and off duty (staff)
command-stop = No more notices
age-minutes = { $minutes } min
age-hours = { $hours } h{ $minutes ->
        [0] {""}
       *[other] {" "}{ $minutes } min
    }
age-days = { $days } d{ $hours ->
        [0] {""}
       *[other] {" "}{ $hours } h
    }
age-seconds = { $seconds } s
command-brief = The day in brief (grid heads)
