"""The portfolio: every initiative in view, by how much it needs attention."""
