"""Imports on disk: rows staged beside the desk, applied in one transaction, and what was there before."""
