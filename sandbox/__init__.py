"""A messenger on your own machine: a Telegram Bot API server and a chat page."""
