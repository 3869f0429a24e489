"""An application of WeCom: its API, its sealed callbacks, its cards, and what it drops without a word."""
