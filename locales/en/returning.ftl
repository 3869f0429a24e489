back-head = Welcome back! While you were away:
back-notices = 📢 Notices: { $count }. The newest: { $first }
back-alarms = 🔔 Open alarms in your grid: { $count }.
button-missed = Read the notices ({ $count })
button-open-alarms = See what needs you ({ $count })
missed-none = There are no unread notices.
