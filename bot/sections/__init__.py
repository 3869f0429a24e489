"""The settings by what they are about: one group of `GRIDBOT_GROUP__…` each, read by `bot/settings.py`."""
