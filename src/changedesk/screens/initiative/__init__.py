"""One initiative: its lanes, gates, decisions and measures, and how a new one begins."""
