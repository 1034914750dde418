"""Are people using it, and was it worth it: counts over time, what is to be expected of them, and what they bring."""
