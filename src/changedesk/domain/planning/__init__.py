"""Plans: what depends on what, baselines, and the playbooks that initiatives begin from."""
