"""Change control: requests, policies and votes, freezes and conflicts, and the one state machine that they move through."""
