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
