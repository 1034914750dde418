"""The people side: impact, readiness, gaps in their order, saturation, the change plan."""
