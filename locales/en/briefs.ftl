brief-head = <b>{ $area }, { $day }</b> (up to { $time })
brief-asked = Asked { $asked ->
        [one] once
       *[other] { $asked } times
    }, answered { $answered } ({ $percent }%)
brief-trouble = Fever { $abnormal } · missed { $missed } · unreachable { $unreachable }
brief-open = { $open ->
        [one] One alarm
       *[other] { $open } alarms
    } open, { $waiting } in nobody's hands, the oldest for { $age }
brief-none-open = Every alarm is finished.
brief-response = Until somebody took one: { $fastest } at best, { $slowest } at worst
brief-fevers = Fever: { $names }
brief-missed = Missed: { $names }
brief-unreachable = Unreachable: { $names }
brief-and-more = { $names } and others, { $count } in all
brief-worst = Worth a look: { $areas }
brief-part = { $area } ({ $percent }% answered, { $open } open)
brief-week = { $area }: answered, day by day
brief-below = { $area }: answered, alarms open
brief-bar = { $percent }%
brief-bar-open = { $percent }% · { $open }
brief-legend-answered = answered
brief-legend-missed = missed
brief-legend-unreachable = unreachable
brief-legend-due = not due yet
brief-not-yours = Briefs are for grid heads and above.
