"""The terminal: taken over, sent to, given back."""
