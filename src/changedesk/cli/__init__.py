"""The command line: the same use cases without the dashboard."""
