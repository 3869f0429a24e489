board-title = The board today
board-brand = gridbot
board-time = Figures of
board-language = Language
board-where = You are looking at
board-whole = Everything

board-quarantine = Home quarantine
board-households = households
board-people-count = { $people ->
    [one] { $people } person
   *[other] { $people } people
}
board-answers = Temperatures, { $half }
board-of = of { $asked }
board-not-begun = Nobody has been asked yet today
board-percent = { $percent }%
board-fevers = Fevers
board-fevers-none = Nobody has a fever today
board-fevers-some = reported today, or not finished yet
board-clusters = { $count ->
        [one] 1 place with several fevers
       *[other] { $count } places with several fevers
    }
board-breaches = { $count ->
        [one] 1 household out during quarantine
       *[other] { $count } households out during quarantine
    }
board-repeated = { $count ->
        [one] 1 household silent again and again
       *[other] { $count } households silent again and again
    }
board-persons = { $fevers ->
    [one] person
   *[other] people
}
board-waiting = Alarms nobody has taken
board-waiting-unit = { $waiting ->
    [one] alarm
   *[other] alarms
}
board-oldest = the oldest has waited { $age }
board-all-taken = every alarm is in good hands
board-taken = { $taken } in hand


board-table = Figures at every level, today
board-area = Area
board-column-households = Homes
board-column-people = People
board-alarms = Alarms
board-asked = Asked
board-answered = Answered
board-due = Open
board-missed = Missed
board-unreachable = Unreach.
board-column-fevers = Fevers
board-column-waiting = Not taken
board-column-taken = In hand
board-share = Progress
board-bar = { $answered } answered, { $due } still open, { $missed } missed, { $unreachable } unreachable
board-slot-waits = not begun
board-slot-none = nobody to ask

board-show-to = Show down to
board-level-city = City
board-level-district = Districts
board-level-street = Streets
board-level-community = Communities
board-level-grid = Grids
board-fold = Fold or unfold what lies below

board-only-telling = Only areas with somebody in quarantine, a temperature to report or an alarm are listed. The board has numbers only, no names.
board-nothing = Nobody is in home quarantine today.
board-no-areas = No roster has been imported yet, so there are no areas to show.
board-stale = The server does not answer. These are the figures of { $time }, not of now; trying again.
board-no-area = There is no such area
board-no-area-help = The area code in the address is not in the roster; it may have changed.
board-back = Show everything
