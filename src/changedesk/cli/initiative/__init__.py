"""Verbs of initiatives: read, measured, forecast, worked on."""
