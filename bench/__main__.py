"""`python -m bench [NAME]`: the measurements, one a figure; each prints what it measured and how."""

import sys

from bench import broadcast, clients, intake, kill, opening, processes, rivals, webhooks
from bot.logs import set_up_logs

BENCHES = {
    "intake": intake.main,
    "opening": opening.main,
    "webhooks": webhooks.main,
    "clients": clients.main,
    "broadcast": broadcast.main,
    "rivals": rivals.main,
    "kill": kill.main,
    "processes": processes.main,
}

if __name__ == "__main__":
    set_up_logs("WARNING", as_json=False)
    # An option is the measurement's own: python -m bench processes --minutes 1
    chosen = [one for one in sys.argv[1:] if one in BENCHES or one.isalpha()] or list(BENCHES)
    for name in chosen:
        if name not in BENCHES:
            sys.exit(f"no such measurement: {name} (there are: {', '.join(BENCHES)})")
        BENCHES[name]()
