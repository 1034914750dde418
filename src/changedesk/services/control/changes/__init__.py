"""One change from the first draft to its end: what is asked for, what it needs, doing it, all that is known of it."""
