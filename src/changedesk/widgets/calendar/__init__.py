"""The calendar: its axis of days and its tracks."""
