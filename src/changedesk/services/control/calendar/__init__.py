"""When changes run: windows, freezes, business hours, free times, how full people are."""
