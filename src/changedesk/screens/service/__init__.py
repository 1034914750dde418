"""What runs: services, clients as their provider sees them, and handovers."""
