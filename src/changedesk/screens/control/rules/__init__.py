"""What clients require of their changes: policies, and the catalogue of standard changes."""
