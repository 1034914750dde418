"""Proving a desk: the chain, the file, and decisions against the events that tell of them."""
