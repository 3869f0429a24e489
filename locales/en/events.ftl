event-round = temperatures are asked
event-reminder = reminders
event-closing = the silent are counted
event-escalation = an alarm climbs
event-message = a message that waited
event-notice = a notice goes to its doors
event-form = an unfinished form lapses
