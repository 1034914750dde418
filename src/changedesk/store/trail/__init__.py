"""The audit trail: events, what they seal, and how they are found."""
