"""One initiative: lanes, gates, decisions, plan and playbook, scorecard and report."""
