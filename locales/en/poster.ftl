poster-title = Scan to join and report temperatures
poster-step-one = Open Telegram and scan the code above
poster-step-two = Press START, type your name and your door
poster-step-three = When you are asked, one number is enough: 36.5
poster-help = No phone? Tell your grid worker, who comes to your door.
poster-help-phone = No phone? Call { $phone }
poster-until = Valid until { $until }
