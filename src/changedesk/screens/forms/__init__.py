"""Forms: what is typed, completed, checked, kept as a draft, and saved."""
