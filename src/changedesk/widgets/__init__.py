"""Reusable pieces of screens; they know values, not services."""
