"""What happens by the clock, and who runs it."""
