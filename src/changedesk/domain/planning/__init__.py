"""Plans: what hangs on what, baselines, and the playbooks that initiatives begin from."""
