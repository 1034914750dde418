"""Lists of any length: what they are fed with, and how the rows that are seen are drawn."""
