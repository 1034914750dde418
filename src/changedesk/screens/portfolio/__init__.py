"""The portfolio: where each initiative stands, and which one needs somebody today."""
