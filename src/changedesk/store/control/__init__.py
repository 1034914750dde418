"""Change control on disk."""
