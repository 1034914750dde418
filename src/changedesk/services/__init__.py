"""Use cases: authorise, apply the rule, write with its audit event. The only door for screens and command line."""
