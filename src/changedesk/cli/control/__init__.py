"""Verbs of change control."""
