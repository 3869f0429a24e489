"""A service account of WeChat: its API, its sealed callbacks, and how often it may write to whom."""
