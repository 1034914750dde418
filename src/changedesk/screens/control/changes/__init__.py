"""Changes: found, asked for, read, moved on."""
