"""The use cases of change control."""
