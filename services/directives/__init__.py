"""A directive on its way down: issued, told, confirmed, added to, passed on, reminded, passed over, reported (指令)."""
