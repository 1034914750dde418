"""Go-live: what hits the service desk, what answers it, and when hypercare may end."""
