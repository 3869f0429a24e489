"""`python -m bench [NAME]`: the measurements, one a figure; each prints what it measured and how."""

import sys

from bench import intake, opening

BENCHES = {"intake": intake.main, "opening": opening.main}

if __name__ == "__main__":
    chosen = sys.argv[1:] or list(BENCHES)
    for name in chosen:
        if name not in BENCHES:
            sys.exit(f"no such measurement: {name} (there are: {', '.join(BENCHES)})")
        BENCHES[name]()
