"""Verbs that take files in and write them out."""
