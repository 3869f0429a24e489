quarantine-ask = Who? Please send the name, e.g. Wang Fang
quarantine-which = { $count } people are called { $name }. Which one?
quarantine-nobody = Nobody called { $name } is registered in your areas.
quarantine-none = { $name } · { $where }
    Not in quarantine now.
quarantine-shown = <b>{ $name }</b> · { $where }
    Day { $day } of { $days }, until { $last }{ $excused }
button-quarantine-begin = Quarantine for { $days } days from today
button-quarantine-longer = { $days } days longer
button-quarantine-end = End it today
quarantine-ended-done = ✓ The quarantine of { $name } is over, the family has been told.
quarantine-longer = The quarantine of { $name } is { $days } days longer, { $whole } days altogether.
    Please call your grid worker if you have questions. Thank you for holding out.
quarantine-ended = { $name }, your quarantine is over before its time: nobody asks for your temperature any more.
    Thank you for these days! Write to me whenever you feel ill.
why-released = the quarantine is over
button-measure-again = Ask for a value now
measure-again = Grid worker { $who } asks for a new measurement of { $name } now: please send a photo of the thermometer together with the number.
measure-again-asked = ✓ The family of { $name } has been asked for a new value and a photo.
measure-again-nobody = No phone of { $name }’s household can be reached: please call, or go there.
