"""Verbs of services: go-lives, reports, handovers, improvements."""
