"""The demonstration: a town to play with."""
