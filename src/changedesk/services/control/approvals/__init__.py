"""Decisions: whose vote is owed, what it is given on, casting it, the board that casts it together."""
