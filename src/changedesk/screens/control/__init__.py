"""Change control: approvals, the board, changes, policies, reviews and what they taught."""
