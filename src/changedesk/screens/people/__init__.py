"""The people side: who is hit, how hard, how ready they are, and how much change they bear at once."""
