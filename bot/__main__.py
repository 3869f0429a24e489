"""`python -m bot`: the same as the command `gridbot`."""

from bot.cli import main

main()
