"""One initiative on disk: its lanes, gates, plan, work and figures."""
