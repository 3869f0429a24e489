prompt-morning = <b>Good morning, please take temperatures</b> (before { $until })
prompt-evening = <b>Good evening, please take temperatures</b> (before { $until })
prompt-day = Home quarantine, day { $day } of { $days }
prompt-first-morning = From today on, one measurement in the morning and one in the evening. One of you can send everybody’s; if you cannot measure, or feel ill, tell me at any time.
prompt-first-evening = That was the first day. Hold the thermometer for five minutes before you read it.
prompt-second-day = If you need something, you can also call your grid worker.
prompt-half-way = Half of the days are behind you. Thank you all for staying at home.
prompt-two-left = Nearly there: after today { $left } { $left ->
        [one] day
       *[other] days
    } to go.
prompt-last-morning = Today is the last day. After tonight’s values nobody asks you from tomorrow on; whatever is missing or hurts, tell me today.
prompt-last-evening = This is the last one.
prompt-keeps-open = Your answer keeps this chat open for two days; without one, WeChat lets us write no more.
prompt-example-one = Just answer with the number, like: 36.5
prompt-whom-one = Who: { $name }
prompt-example-named = Just answer, like: { $name } 36.5
prompt-whom = Who: { $names }
prompt-example-family = All in one answer, like: { $first } 36.5 { $second } 36.6
reminder = Nothing has come yet. Please report before { $until }.
recheck = { $name } had { $celsius }°C. Please measure once more and send me the number.

report-stored = ✓ Got it, thank you!
    { $values }
report-part = ✓ Got { $values }
    Still missing: { $names }
report-corrected = ✓ Changed to { $values }
    (it was { $before }, and that is kept too)
report-corrected-part = { report-corrected }
    Still missing: { $names }
nothing-owed = Nothing is asked of you now. You can send a number at any time, like: { $example }
owed-late = From the last time these are missing: { $names }
    You can still send them, like: { $example }

unclear-out-of-range = "{ $quote }" does not look like a temperature. Please look at the thermometer and send it again, like: { $example }
unclear-which-scale = Is "{ $quote }" in Fahrenheit? Then please put an F behind it; if not, measure again, like: { $example }
unclear-inexact = "{ $quote }" is not one exact number. Please read the thermometer and send one number, like: { $example }
unclear-earlier = "{ $quote }" is from before. Please measure now and send that, like: { $example }
unclear-unknown-name = I do not find "{ $quote }" in the register. Please write the name, like: { $example }
unclear-who = Whose is "{ $quote }"? Please add the name, like: { $example }
unclear-too-few = Fewer numbers than people: "{ $quote }". Please add the names, one number each, like: { $example }
unclear-too-many = More numbers than people: "{ $quote }". Please add the names, one number each, like: { $example }
unclear-twice = Two numbers for one person: "{ $quote }". Please send one, like: { $example }

advice-abnormal = <b>{ $name } { $celsius }°C: that is high.</b>
    The grid worker knows and will contact you now.
    Please wear a mask, stay in a room alone, drink, do not go to hospital by yourself. Measure again in an hour.

    Any of these?
advice-emergency = <b>{ $name } { $celsius }°C: this needs help now.</b>
    The grid worker knows. When it is bad, call 120.
    Please wear a mask and stay in a room alone.

    Any of these?
advice-low = { $name } { $celsius }°C: that is low. Hold the thermometer tight and measure again in five minutes.

    Any of these?
symptom-breathless = Short of breath
symptom-chest-pain = Chest pain
symptom-confused = Confused
symptom-cough = Cough
symptom-weak = Weak
symptom-none = None of these
symptom-thanks = Good. { $name }, please rest, and measure again in an hour.
symptom-noted = Noted; the grid worker sees it too. { $name }, please rest.
symptom-emergency = <b>Reported as an emergency.</b>
    When { $name } feels very ill, call 120 now.

status-line = { $name }: day { $day } of { $days }, last { $celsius }, { $left ->
        [0] today is the last day
        [one] { $left } day left
       *[other] { $left } days left
    }
status-not-yet = none yet
status-owed = Still missing: { $names }, until { $until }.
status-owed-late = Missing from the last round: { $names }. You can still send it now.
status-gaps = A × in the picture is a round without an answer.
curve-title = { $name } · day { $day } of { $days }
status-nothing-owed = Everything is reported, thank you!
status-free = { $name }, your household does not need to report every day now.

prompt-so-far = ✓ So far: { $values }
button-whose = { $name }’s temperature 👇
button-other-value = Other
button-fix = ✏️ That was wrong
press-other = Please send me { $name }’s temperature, like: { $name } 37.3
press-already = For { $name } there is { $celsius } already. To change it, send: correction { $name } { $wanted }
press-too-late = That one is over. Please use the newest message, or just send the number.
fix-how = You can correct it until { $until }. Send the right value after the word “correction”, like: correction { $example }
    The first value is kept too.
fix-too-late = The time for corrections is over. Please measure once more and send the new value; your grid worker can help.
report-too-late = ✓ Got { $values }
    The time for corrections is over: this counts as a new measurement, and the first value counts too.
others-told = { $who } has reported, there is nothing left for you to do:
    { $values }

symptom-diarrhoea = Diarrhoea
symptom-no-smell = No smell
symptom-sore-throat = Sore throat
symptom-headache = Headache
symptom-aches = Aches
symptom-vomiting = Nausea, vomiting
symptom-chills = Chills
symptom-runny-nose = Runny nose
complaint-noted = Noted: { $name }, { $symptoms }. Your grid worker knows and will contact you.
    Please measure { $name } now and send me the number.

    Anything else?
complaint-emergency = <b>{ $name }, { $symptoms }: passed on as an emergency.</b>
    If it is bad, call 120 now. Wear a mask, sit up, open a window, and do not leave { $name } alone.

    Anything else?
complaint-whose = { $symptoms }: who is it? Press the name, and I tell your grid worker.
complaint-whose-grave = <b>{ $symptoms }: if somebody feels very ill, call 120 first.</b>
    Who is it? Press the name, and I pass it on at once.
button-nobody = Nobody, I was only asking
complaint-nobody = All right. Whenever somebody feels ill, tell me, e.g. grandpa is coughing. For advice, please call your grid worker.
complaint-thanks = All right, please rest. Tell me whenever something changes.
recheck-stored = ✓ Measured again: { $values }
    (before: { $before }) Your grid worker knows.
recheck-stored-part = { recheck-stored }
    Still missing: { $names }
