"""The commands of `gridbot`, one module each."""
