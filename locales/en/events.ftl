event-round = new round
event-reminder = reminders
event-closing = round closes
event-end = end of a quarantine
event-escalation = alarm climbs
event-message = message due
event-notice = notice goes out
event-form = form lapses
