command-start = Begin
bot-description = Households in quarantine report their temperatures here twice a day, and their grid worker hears at once when somebody needs help.
    Scan the code on the poster in your building, or open the link that your grid worker sent you.
bot-about = Temperatures, notices, and your grid worker when you need one.

menu-report = Report
menu-home = My home
menu-status = Status
menu-family = Family
menu-more = More
menu-help = Help
menu-language = Language
menu-stop = Be left alone
menu-alerts = To do
menu-grid = My grid
menu-today = Today
menu-doors = Doors
menu-find = Find somebody
menu-breach = Somebody went out
menu-duty = On and off duty
menu-notice = Write a notice
menu-sent = Sent notices
menu-directive = Directives
menu-invite = Let somebody join
