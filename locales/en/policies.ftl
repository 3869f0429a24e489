policy-ask-area = The policies of which area?
policy-wrong-area = Please press one of the areas.
policy-ask-group = <b>Policies of { $area }</b>
    Which group? In brackets: how many this area chose itself; the others come from above.
policy-group-rounds = Rounds and times{ $own ->
        [0] { "" }
       *[other] { " " }({ $own })
    }
policy-group-thresholds = Degrees and symptoms{ $own ->
        [0] { "" }
       *[other] { " " }({ $own })
    }
policy-group-quiet = Quiet hours, briefs, notices{ $own ->
        [0] { "" }
       *[other] { " " }({ $own })
    }
policy-group-alarms = Alarms: who is told{ $own ->
        [0] { "" }
       *[other] { " " }({ $own })
    }
policy-group-clusters = Clusters{ $own ->
        [0] { "" }
       *[other] { " " }({ $own })
    }
policy-group-quarantine = Quarantine{ $own ->
        [0] { "" }
       *[other] { " " }({ $own })
    }
policy-group-other = Others{ $own ->
        [0] { "" }
       *[other] { " " }({ $own })
    }
button-policy-again = See the policies again
policy-ask-name = <b>Policies of { $area }</b>
    { $lines }

    Which one is to change? It holds from the next round on, and who changed it is written down.
policy-line = { $name }: { $value }
policy-line-by = { $name }: { $value } (chosen by { $by })
policy-wrong-name = Please press one of them.
policy-ask-value = { $name } is { $value } now. What shall it be? Send it in the same spelling.
policy-ask-ladder = { $name }: who is told, and how many minutes they have before it goes up, is now
    { $steps }

    To change it send all six, from the grid worker to the city, with commas:
    { $value }
    10×2 tells them twice and waits 10 minutes each time; - leaves this one out; + tells them together with the next above. It holds for alerts that open from then on.
    { $night }
policy-ladder-night = If it is to be different at night, write “night” after it and six more, e.g. 10,10,15,30,30,60 night 20,-,30,-,-,60
policy-ladder-waits = At night nobody is rung for these, they wait for the morning: no six steps for the night.
policy-steps-night = At night:
policy-day-and-night = { $day } night { $night }
policy-wrong-ladder = Six steps, with commas: grid worker, grid head, community, street, district, city. Each is written in minutes (at most 30 for an emergency, 120 for fevers and clusters, 1440 for the others), ×2 for how often (at most 5), - for nobody, + for together with the next above. For example: 10×2,10,15,30,30,60. For what rings at night, “night” and six more may follow.
policy-step = { $times ->
        [1] · { $who }: { $minutes } min
       *[other] · { $who }: { $minutes } min, told { $times } times
    }
policy-step-nobody = · { $who }: not told
policy-step-together = · { $who }: together with the next above
policy-changed-ladder = ✓ { $area }: { $name } is { $value } for alerts that open from now on; those that are open stay as they are.
policy-wrong-value = That does not fit. A time is written 08:00, a duration as minutes, a temperature in °C, symptoms by their names, with commas, workers “all are told”, “in turns by day” or “in turns by week”.
policy-changed = ✓ { $area }: { $name } is { $value } from the next round on.
policy-not-yours = Policies are changed by the community and above.

policy-morning = Morning round at
policy-evening = Evening round at
policy-remind-after = Minutes to the reminder
policy-miss-after = Minutes until missed
policy-quiet-from = Quiet from
policy-quiet-to = Quiet until
policy-recheck-after = Minutes to the second measurement
policy-correct-within = Minutes for corrections
policy-snooze-for = Minutes an alarm may be put off
policy-snoozes = How often an alarm may be put off
policy-repeated-after = Missed reports in a row that are serious
policy-cluster-size = Fevers in one place that are a cluster
policy-cluster-hours = Hours within which they count together
policy-confirm-above = People above whom two agree to a notice
policy-symptoms = Symptoms asked about
policy-turns = Several workers of a grid
turns-share = all are told
turns-day = in turns by day
turns-week = in turns by week
policy-low = Low below °C
policy-abnormal = Fever from °C
policy-emergency = Emergency from °C
policy-lowest = Believed from °C
policy-highest = Believed up to °C
policy-quarantine-days = days of a quarantine
policy-ladder-emergency = Emergencies
policy-ladder-abnormal = Fevers
policy-ladder-low = Low temperatures
policy-ladder-unreachable = Unreachable households
policy-ladder-missed = Missed reports
policy-ladder-repeated = Repeatedly missed reports
policy-ladder-breach = Quarantine breaches
policy-ladder-cluster = Clusters of fevers
policy-ladder-no-one-on-duty = Nobody on duty
policy-ladder-delivery-trouble = Messages that do not arrive
policy-changed-days = ✓ { $area }: { $name } is now { $value }, for quarantines that begin from now on; those that run stay as they are.
policy-brief-at = Daily brief at
policy-off = none
