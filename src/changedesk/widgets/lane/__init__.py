"""The lanes of an initiative side by side, with the gates between them."""
