"""The people side: impact, readiness, gaps and their order, sponsors, saturation, the change plan."""
