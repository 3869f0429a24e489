"""The program: settings, start and stop, updates in, messages out."""
