"""The parts of the one door, a module for each matter: what a screen may ask and do."""
