"""Single records: made, changed, taken back; drafts, and two people at one record."""
