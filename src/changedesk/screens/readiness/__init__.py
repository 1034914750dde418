"""The ranking of readiness gaps, and what is done about one."""
