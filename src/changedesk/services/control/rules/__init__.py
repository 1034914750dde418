"""What a client holds its changes to: its approval policies, its catalogue of standard changes, its profile."""
