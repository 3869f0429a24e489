"""What a person can say."""
