"""Measurements: performance is measured here, never asserted by wall clock in a test."""
