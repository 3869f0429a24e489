declare-ask-origin = Where did you come back from? The place is enough, like: Wuhan
declare-wrong-origin = Please send a place, like: Wuhan
declare-ask-arrived = When did you arrive? Press one, or send the date, like 2/8
declare-wrong-arrived = I did not understand the date. Please send a day of the last 30, like 2/8
declare-today = Today
declare-yesterday = Yesterday
declare-two-days = Two days ago
declare-ask-ticket = How did you come? Send the train or flight, like K598. Please keep the ticket.
declare-no-ticket = By my own car
declare-ask-who = Did you come alone, or the whole family?
declare-only-me = Only me
declare-all = The whole family
declare-sent = ✓ Thank you for telling us! Your grid worker knows, and I will tell you as soon as it is decided.
    Until then please stay at home.
declare-waits = Your grid worker is still looking at what your household declared. I will tell you as soon as it is decided. Please stay at home.
declared-approved = { $name }, thank you for telling us. The home quarantine counts from { $first } and ends with { $last }; please report the temperature here twice a day.
    If anything is difficult, write to me: we help.
declared-not-needed = { $name }, your grid worker has looked at it: no quarantine is needed. Thank you for telling us; please wear a mask outside.
declared-wrong = { $name }, something in the declaration does not fit. Please call your grid worker, or send /declare again.
declared-elsewhere = { $name }, you do not live in this grid now. Please declare where you live. Thank you!

declaration = <b>Back from elsewhere</b>: { $name }
    { $where }
    from { $origin }, arrived { $day }, { $ticket }
declaration-no-ticket = by car
declaration-question = Please check. If you approve, the day of arrival is day 1.
declaration-over = The { $days } days were over with { $last }: no quarantine is needed any more.
button-declaration-approve = Approve: quarantine until { $last }
declaration-not-needed = No quarantine needed
declaration-wrong = Something does not fit
declaration-elsewhere = Does not live here
declaration-approved = ✓ { $who } approved: the home quarantine has begun.
declaration-refused = ✓ { $who } has dealt with it: no quarantine begins.
declaration-begun = ✓ The home quarantine has begun and ends with { $last }. The family is told.
declaration-refusal-told = ✓ The family is told why.
declaration-decided = Somebody has dealt with this declaration already.
