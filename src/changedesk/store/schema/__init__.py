"""The tables of a desk, a module for each step of the migrations."""
