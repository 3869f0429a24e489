"""What is decided: pure functions and frozen dataclasses; `now` is an argument."""
