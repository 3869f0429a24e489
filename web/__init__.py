"""What leaders see and machines call."""
