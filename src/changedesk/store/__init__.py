"""The desk on disk: one SQLite file, one write door, the audit chain. Only this room knows SQL."""
