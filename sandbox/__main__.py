"""python -m sandbox."""

import sys

from sandbox.command import main

sys.exit(main())
