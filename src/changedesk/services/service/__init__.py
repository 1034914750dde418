"""What runs: services, their improvements, handovers, and clients as their provider sees them."""
