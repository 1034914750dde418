"""The calendar: what lies when on which service, and whom it hits."""
