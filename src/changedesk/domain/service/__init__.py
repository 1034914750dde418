"""Running services: their figures, what is agreed, handover, improvements."""
