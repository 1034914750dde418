"""The load on the service desk around a go-live: what is usual, what to expect, when hypercare may end."""
