"""`python -m bench [NAME [OPTIONS]]`: the measurements, one a figure; each prints what it measured and how."""

import sys
from itertools import takewhile

from bench import (
    broadcast,
    city_round,
    clients,
    directive,
    fever,
    honesty,
    intake,
    kill,
    looking,
    lost,
    notice,
    opening,
    processes,
    replies,
    rivals,
    silent,
    upwards,
    waiting,
    webhooks,
)
from bot.logs import set_up_logs

BENCHES = {
    "intake": intake.main,
    "replies": replies.main,
    "opening": opening.main,
    "webhooks": webhooks.main,
    "clients": clients.main,
    "broadcast": broadcast.main,
    "rivals": rivals.main,
    "kill": kill.main,
    "processes": processes.main,
    "lost": lost.main,
}
LONG = {
    "notice": notice.main,
    "directive": directive.main,
    "city_round": city_round.main,
    "waiting": waiting.main,
    "honesty": honesty.main,
    "looking": looking.main,
    "fever": fever.main,
    "silent": silent.main,
    "upwards": upwards.main,
}
"""With options of their own; run only when they are named: they take minutes."""

if __name__ == "__main__":
    set_up_logs("WARNING", as_json=False)
    # An option is the measurement's own: python -m bench processes --minutes 1
    chosen = list(takewhile(lambda word: not word.startswith("-"), sys.argv[1:])) or list(BENCHES)
    if chosen[0] in LONG:
        LONG[chosen[0]](sys.argv[2:])
        sys.exit()
    for name in chosen:
        if name not in BENCHES:
            sys.exit(f"no such measurement: {name} (there are: {', '.join([*BENCHES, *LONG])})")
        BENCHES[name]()
